"""schedule_review: by which day a review is to end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims import workflow
from claims.models import Claim, Review, User
from claims.vocabulary import ReviewReason
from tests.workflow.observing import refused, stale_columns


def days_from_now(days: int) -> date:
    return timezone.now().date() + timedelta(days=days)


@pytest.fixture
def opened(claim: Claim, contributor: User) -> Review:
    """A review without a due day."""
    return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


@pytest.mark.parametrize("days", [-1, 0, 1, 3660])
def test_a_review_is_given_a_day(opened: Review, reviewer: User, days: int) -> None:
    due_on = days_from_now(days)
    assert workflow.schedule_review(opened, due_on=due_on, by=reviewer) is opened
    assert opened.due_on == due_on
    assert stale_columns(opened) == []


def test_the_day_can_be_taken_away(opened: Review, reviewer: User) -> None:
    workflow.schedule_review(opened, due_on=days_from_now(3), by=reviewer)
    workflow.schedule_review(opened, due_on=None, by=reviewer)
    assert Review.objects.get().due_on is None


@pytest.mark.parametrize(
    ("days", "reason"), [(-2, "This day is past."), (3661, "more than ten years off")]
)
def test_a_day_nobody_can_keep_is_refused(
    opened: Review, reviewer: User, days: int, reason: str
) -> None:
    with refused(reason, field="due_on"):
        workflow.schedule_review(opened, due_on=days_from_now(days), by=reviewer)


def test_what_would_stay_as_it_is_is_refused(opened: Review, reviewer: User) -> None:
    with refused("It is due on this day already.", field="due_on"):
        workflow.schedule_review(opened, due_on=None, by=reviewer)


def test_a_review_that_has_ended_is_due_no_more(opened: Review, reviewer: User) -> None:
    workflow.close_review(opened, reason="A duplicate.", by=reviewer)
    with refused("This review is closed; its work is done."):
        workflow.schedule_review(opened, due_on=days_from_now(1), by=reviewer)
