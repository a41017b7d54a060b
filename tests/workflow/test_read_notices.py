"""read_notices: one's own, all or some; nobody reads for somebody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, User
from claims.workflow.notifying import notify


@pytest.fixture
def told(claim: Claim, reviewer: User, editor: User) -> None:
    """Two notices for the reviewer, one for the editor."""
    notify([reviewer, editor], NoticeKind.MENTIONED, claim=claim)
    notify([reviewer], NoticeKind.ASSIGNED, claim=claim)


def unread_of(person: User) -> int:
    return Notice.objects.of(person).unread().count()


def test_all_of_ones_own_are_read_and_nobody_elses(
    told: None, reviewer: User, editor: User
) -> None:
    assert workflow.read_notices(by=reviewer) == 2
    assert (unread_of(reviewer), unread_of(editor)) == (0, 1)
    assert workflow.read_notices(by=reviewer) == 0


def test_one_can_be_read_alone(told: None, reviewer: User) -> None:
    latest = Notice.objects.of(reviewer)[0]
    assert workflow.read_notices(by=reviewer, only=[latest.pk]) == 1
    assert unread_of(reviewer) == 1


def test_somebody_elses_notice_stays_unread(told: None, reviewer: User, editor: User) -> None:
    theirs = Notice.objects.of(editor).get()
    assert workflow.read_notices(by=reviewer, only=[theirs.pk]) == 0
    assert unread_of(editor) == 1


def test_somebody_without_a_desk_reads_nothing(told: None, reviewer: User) -> None:
    reviewer.is_staff = False
    with pytest.raises(PermissionDenied, match="may not work"):
        workflow.read_notices(by=reviewer)
