"""close_review: a review ends without a verdict, with the reason."""

from __future__ import annotations

from claims.models import Review, User
from claims.vocabulary import ReviewState
from claims.workflow import approve_verdict, close_review
from tests.workflow.observing import everything, refused, stale_columns


def test_a_review_is_closed_with_who_when_and_why(review: Review, second_reviewer: User) -> None:
    close_review(review, reason="Duplicate.", by=second_reviewer)
    assert (review.state, review.decided_by, review.decision_note) == (
        ReviewState.CLOSED,
        second_reviewer,
        "Duplicate.",
    )
    assert review.decided_at is not None
    assert stale_columns(review) == []


def test_closing_writes_no_history(review: Review, reviewer: User) -> None:
    before = everything()
    close_review(review, reason="Duplicate.", by=reviewer)
    after = everything()
    assert [label for label in after if after[label] != before[label]] == ["claims.Review"]


def test_closing_needs_a_reason(review: Review, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        close_review(review, reason=" ", by=reviewer)
    assert review.state == ReviewState.PROPOSED


def test_a_review_that_led_to_a_verdict_is_not_closed(
    review: Review, second_reviewer: User
) -> None:
    approve_verdict(review, by=second_reviewer)
    with refused("its work is done"):
        close_review(review, reason="Late.", by=second_reviewer)
