"""approve_verdict: what makes a verdict public, and who may not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents
from claims.models import Claim, Review, User
from claims.vocabulary import Act, ReviewState, VerificationStatus
from claims.workflow import (
    RuleBroken,
    approve_verdict,
    return_review,
    reword_claim,
    withdraw_evidence,
)


def test_the_proposer_cannot_approve(review: Review, reviewer: User) -> None:
    with pytest.raises(PermissionDenied, match="somebody else"):
        approve_verdict(review, by=reviewer)
    review.refresh_from_db()
    assert review.state == ReviewState.PROPOSED
    assert review.claim.published_at is None


def test_a_second_person_publishes_the_verdict(review: Review, second_reviewer: User) -> None:
    verdict = approve_verdict(review, by=second_reviewer)
    claim = Claim.objects.get(pk=review.claim_id)
    assert claim.status == verdict.status == VerificationStatus.CONFIRMED
    assert claim.is_published
    assert claim.entries.latest("number").act == Act.VERDICT_GIVEN
    document = documents.current(claim)
    assert document is not None
    assert document["verdict"]["rationale"] == "What was found."


def test_evidence_withdrawn_meanwhile_stops_the_verdict(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    withdraw_evidence(review.claim.evidence.all()[0], reason="Retracted.", by=reviewer)
    with pytest.raises(RuleBroken, match="not standing evidence"):
        approve_verdict(review, by=second_reviewer)


def test_a_rewording_meanwhile_stops_the_verdict(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    reword_claim(review.claim, wording="Another wording.", reason="Precision.", by=reviewer)
    with pytest.raises(RuleBroken, match="reworded"):
        approve_verdict(review, by=second_reviewer)


def test_a_returned_verdict_cannot_be_approved(review: Review, second_reviewer: User) -> None:
    return_review(review, reason="Say more.", by=second_reviewer)
    with pytest.raises(RuleBroken, match="returned"):
        approve_verdict(review, by=second_reviewer)
