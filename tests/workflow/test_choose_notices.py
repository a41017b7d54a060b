"""choose_notices: each person's choice, kept once for each kind."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import NoticeKind
from claims.models import NoticeChoice, User

ONLY_BELL = dict.fromkeys(NoticeKind, (True, False))


def test_a_choice_replaces_the_one_before(reviewer: User) -> None:
    workflow.choose_notices(ONLY_BELL, by=reviewer, daily_digest=True)
    workflow.choose_notices({NoticeKind.RETURNED: (False, True)}, by=reviewer, daily_digest=True)
    choices = {one.kind: (one.in_bell, one.by_mail) for one in NoticeChoice.objects.all()}
    assert choices == {**ONLY_BELL, NoticeKind.RETURNED: (False, True)}
    assert User.objects.get(pk=reviewer.pk).daily_digest


def test_it_is_nobody_elses_choice(reviewer: User, editor: User) -> None:
    workflow.choose_notices(ONLY_BELL, by=reviewer, daily_digest=False)
    assert not NoticeChoice.objects.filter(person=editor).exists()


def test_somebody_who_was_deactivated_chooses_nothing(reviewer: User) -> None:
    reviewer.is_active = False
    with pytest.raises(PermissionDenied, match="may not work"):
        workflow.choose_notices(ONLY_BELL, by=reviewer, daily_digest=False)
