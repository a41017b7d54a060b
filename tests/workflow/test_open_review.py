"""open_review: one case of work on one claim at a time, invisible to readers."""

from __future__ import annotations

from typing import Any

import pytest

from claims import documents
from claims.models import Claim, Review, User
from claims.vocabulary import ClaimKind, ReviewReason, ReviewState
from claims.workflow import close_review, merge_claims, open_review
from tests import factories
from tests.workflow.observing import refused, stale_columns


def test_a_review_is_opened(claim: Claim, contributor: User) -> None:
    review = open_review(
        claim, reason=ReviewReason.READER_REPORT, note="See the letter.", by=contributor
    )
    assert Review.objects.get() == review
    assert (review.state, review.reason) == (ReviewState.OPEN, ReviewReason.READER_REPORT)
    assert (review.note, review.opened_by, review.assignee) == (
        "See the letter.",
        contributor,
        None,
    )
    assert stale_columns(review) == []


def test_a_review_writes_no_history(published: Claim, contributor: User) -> None:
    before, document = published.head_number, documents.current(published)
    open_review(published, reason=ReviewReason.RECHECK_DUE, by=contributor)
    published.refresh_from_db()
    assert published.head_number == before
    assert documents.current(published) == document


def test_a_claim_has_one_review_in_progress(claim: Claim, contributor: User) -> None:
    open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)
    with refused("already has a review in progress"):
        open_review(claim, reason=ReviewReason.NEW_EVIDENCE, by=contributor)


def test_a_closed_review_makes_room_for_the_next(claim: Claim, reviewer: User) -> None:
    first = open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    close_review(first, reason="Too early.", by=reviewer)
    second = open_review(claim, reason=ReviewReason.NEW_EVIDENCE, by=reviewer)
    assert second.pk != first.pk


@pytest.mark.parametrize("kind", [ClaimKind.FORECAST, ClaimKind.OPINION])
def test_what_cannot_be_checked_is_not_reviewed(kind: ClaimKind, contributor: User) -> None:
    claim = factories.ClaimFactory(kind=kind)
    with refused("not checkable"):
        open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def test_a_claim_that_was_merged_away_is_not_reviewed(claim: Claim, editor: User) -> None:
    merge_claims(claim, into=factories.ClaimFactory(), reason="Same.", by=editor)
    with refused("merged into another"):
        open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"reason": "boredom"}, "reason", "is none of"),
        ({"reason": ReviewReason.NEW_CLAIM, "note": "x" * 2001}, "note", "at most 2,000"),
    ],
)
def test_bad_input_is_refused(
    claim: Claim, contributor: User, fields: Any, field: str, match: str
) -> None:
    with refused(match, field=field):
        open_review(claim, **fields, by=contributor)
