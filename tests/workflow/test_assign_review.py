"""assign_review: a review is given to somebody who can propose a verdict."""

from __future__ import annotations

import pytest

from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, Review, User
from claims.vocabulary import ReviewReason, ReviewState
from claims.workflow import assign_review, open_review
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def opened(claim: Claim, contributor: User) -> Review:
    return open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def test_a_review_is_assigned(opened: Review, reviewer: User, second_reviewer: User) -> None:
    assert assign_review(opened, to=second_reviewer, by=reviewer) is opened
    assert (opened.state, opened.assignee) == (ReviewState.ASSIGNED, second_reviewer)
    assert stale_columns(opened) == []


def test_a_review_can_change_hands(opened: Review, reviewer: User, second_reviewer: User) -> None:
    assign_review(opened, to=second_reviewer, by=reviewer)
    assign_review(opened, to=reviewer, by=second_reviewer)
    assert opened.assignee == reviewer


def test_somebody_who_cannot_propose_is_not_given_a_review(
    opened: Review, reviewer: User, contributor: User
) -> None:
    with refused("may not propose verdicts", field="to"):
        assign_review(opened, to=contributor, by=reviewer)
    assert stale_columns(opened) == []


def test_somebody_who_has_left_is_not_given_a_review(
    opened: Review, reviewer: User, second_reviewer: User
) -> None:
    User.objects.filter(pk=second_reviewer.pk).update(is_active=False)
    with refused("may not propose verdicts", field="to"):
        assign_review(opened, to=User.objects.get(pk=second_reviewer.pk), by=reviewer)


def test_a_proposed_verdict_is_not_reassigned(review: Review, reviewer: User) -> None:
    with refused("possible now: approve verdict, close review, return review"):
        assign_review(review, to=reviewer, by=reviewer)
    assert stale_columns(review) == []


def test_whoever_is_given_a_review_is_told(
    opened: Review, reviewer: User, second_reviewer: User
) -> None:
    assign_review(opened, to=second_reviewer, by=reviewer)
    told = Notice.objects.get()
    assert (told.person, told.kind, told.by) == (second_reviewer, NoticeKind.ASSIGNED, reviewer)
    assert (told.claim, told.review) == (opened.claim, opened)


def test_whoever_takes_a_review_knows(opened: Review, reviewer: User) -> None:
    assign_review(opened, to=reviewer, by=reviewer)
    assert not Notice.objects.exists()


def test_nobody_is_given_twice_what_they_have(
    opened: Review, reviewer: User, second_reviewer: User
) -> None:
    assign_review(opened, to=second_reviewer, by=reviewer)
    with refused("is assigned to", field="to"):
        assign_review(opened, to=second_reviewer, by=reviewer)
