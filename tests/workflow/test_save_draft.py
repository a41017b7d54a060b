"""save_draft: what one typed on one form, whole, for oneself; and its end after a month."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import workflow
from claims.models import Draft, User
from claims.workflow.manners import prune_drafts
from tests.workflow.observing import refused

PAGE = "/admin/claims/claim/1/reword/"


def kept(person: User, page: str = PAGE) -> dict[str, str]:
    return dict(Draft.objects.of(person, page).values_list("field", "value"))


def test_a_draft_replaces_the_one_before(reviewer: User) -> None:
    workflow.save_draft(PAGE, {"wording": "One", "reason": "Old"}, by=reviewer)
    workflow.save_draft(PAGE, {"wording": "Two"}, by=reviewer)
    assert kept(reviewer) == {"wording": "Two"}


def test_a_draft_is_of_one_person_and_one_form(reviewer: User, editor: User) -> None:
    workflow.save_draft(PAGE, {"wording": "Mine"}, by=reviewer)
    workflow.save_draft(PAGE, {"wording": "Theirs"}, by=editor)
    assert kept(reviewer) == {"wording": "Mine"}
    assert kept(reviewer, "/admin/claims/claim/2/reword/") == {}


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("/" * 301, {"a": "b"}),
        (PAGE, {"a" * 101: "b"}),
        (PAGE, {"a": "b" * 20_001}),
        (PAGE, {str(n): "" for n in range(61)}),
    ],
)
def test_more_than_a_form_can_hold_is_refused(
    reviewer: User, page: str, values: dict[str, str]
) -> None:
    with refused("more than a draft can hold"):
        workflow.save_draft(page, values, by=reviewer)


def test_a_stranger_keeps_nothing(reviewer: User) -> None:
    reviewer.is_staff = False
    with pytest.raises(PermissionDenied):
        workflow.save_draft(PAGE, {"a": "b"}, by=reviewer)


def test_what_nobody_touched_for_a_month_ends(reviewer: User) -> None:
    workflow.save_draft(PAGE, {"wording": "Old"}, by=reviewer)
    prune_drafts(kept=timedelta(days=30))
    assert kept(reviewer) == {"wording": "Old"}
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        prune_drafts(kept=timedelta(days=30))
    assert kept(reviewer) == {}
