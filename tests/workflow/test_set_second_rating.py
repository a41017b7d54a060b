"""set_second_rating: whether a second person rates a claim before they know what was proposed."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.desk_vocabulary import RatingState
from claims.models import Claim, Review, User
from claims.vocabulary import ReviewReason
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def opened(claim: Claim, contributor: User) -> Review:
    """A review in which nothing was proposed."""
    return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def test_a_second_rating_is_asked_for(opened: Review, reviewer: User) -> None:
    assert workflow.set_second_rating(opened, needed=True, by=reviewer) is opened
    assert (opened.needs_second_rating, opened.rating_state) == (True, RatingState.FIRST)
    assert stale_columns(opened) == []


def test_it_is_not_asked_for_any_more(opened: Review, reviewer: User) -> None:
    workflow.set_second_rating(opened, needed=True, by=reviewer)
    workflow.set_second_rating(opened, needed=False, by=reviewer)
    assert (opened.needs_second_rating, opened.rating_state) == (False, RatingState.NOT_ASKED)


def test_what_would_stay_as_it_is_is_refused(opened: Review, reviewer: User) -> None:
    with refused("No second rating is asked for.", field="needed"):
        workflow.set_second_rating(opened, needed=False, by=reviewer)
    workflow.set_second_rating(opened, needed=True, by=reviewer)
    with refused("A second rating is asked for already.", field="needed"):
        workflow.set_second_rating(opened, needed=True, by=reviewer)


def test_it_is_settled_before_a_verdict_is_proposed(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    with refused("This is settled before a verdict is proposed; one was."):
        workflow.set_second_rating(review, needed=True, by=reviewer)
    workflow.return_review(review, reason="Look again.", by=second_reviewer)
    with refused("This is settled before a verdict is proposed; one was."):
        workflow.set_second_rating(review, needed=True, by=reviewer)


def test_a_review_that_has_ended_asks_nobody(opened: Review, reviewer: User) -> None:
    workflow.close_review(opened, reason="A duplicate.", by=reviewer)
    with refused("This review is closed; its work is done."):
        workflow.set_second_rating(opened, needed=True, by=reviewer)
