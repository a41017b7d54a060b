"""prioritise_review: how pressing a review is."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.desk_vocabulary import Priority
from claims.models import Claim, Review, User
from claims.vocabulary import ReviewReason
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def opened(claim: Claim, contributor: User) -> Review:
    """A review of usual priority."""
    return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def test_a_review_is_given_a_priority(opened: Review, reviewer: User) -> None:
    assert workflow.prioritise_review(opened, priority=Priority.URGENT, by=reviewer) is opened
    assert opened.priority == Priority.URGENT
    assert stale_columns(opened) == []


def test_a_proposed_verdict_can_become_pressing(review: Review, second_reviewer: User) -> None:
    workflow.prioritise_review(review, priority=Priority.HIGH, by=second_reviewer)
    assert Review.objects.get().priority == Priority.HIGH


def test_what_would_stay_as_it_is_is_refused(opened: Review, reviewer: User) -> None:
    with refused("The priority is “Normal” already.", field="priority"):
        workflow.prioritise_review(opened, priority=Priority.NORMAL, by=reviewer)


@pytest.mark.parametrize("priority", [0, 5, -1, "urgent", None])
def test_what_is_no_priority_is_refused(opened: Review, reviewer: User, priority: Any) -> None:
    with refused("This is no priority.", field="priority"):
        workflow.prioritise_review(opened, priority=priority, by=reviewer)


def test_a_review_that_has_ended_presses_nobody(opened: Review, reviewer: User) -> None:
    workflow.close_review(opened, reason="A duplicate.", by=reviewer)
    with refused("This review is closed; its work is done."):
        workflow.prioritise_review(opened, priority=Priority.LOW, by=reviewer)
