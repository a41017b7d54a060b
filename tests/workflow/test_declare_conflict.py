"""declare_conflict: somebody keeps out of the verdicts on a claim, or on all claims of a claimant."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from claims import workflow
from claims.models import Claim, Claimant, ConflictOfInterest, Review, User
from claims.vocabulary import ReviewReason, VerificationStatus
from claims.workflow import VerdictDraft
from tests import factories
from tests.workflow.observing import refused, stale_columns

UNCONFIRMED = VerdictDraft(
    status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A record."
)


@pytest.fixture
def claimant(db: None) -> Claimant:
    """Somebody who makes claims."""
    return factories.ClaimantFactory(name="Ada Berg")


@pytest.fixture
def theirs(claimant: Claimant) -> Claim:
    """A claim of theirs."""
    return factories.ClaimFactory(claimant=claimant)


def opened(claim: Claim, by: User) -> Review:
    return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=by)


def merge(claimant: Claimant, into: Claimant) -> None:
    """Note that two claimants are one, as the register does: the rows stay."""
    Claimant.objects.filter(pk=claimant.pk).update(merged_into=into)


def test_a_conflict_is_declared_on_a_claim_or_a_claimant(
    claim: Claim, claimant: Claimant, reviewer: User
) -> None:
    one = workflow.declare_conflict(claim=claim, reason=" My brother works there. ", by=reviewer)
    two = workflow.declare_conflict(claimant=claimant, reason="A cousin.", by=reviewer)
    assert (one.person, one.subject, one.reason) == (reviewer, claim, "My brother works there.")
    assert (two.declared_by, two.subject, two.ended_at) == (reviewer, claimant, None)
    assert stale_columns(two) == []


def test_it_is_about_exactly_one_thing(claim: Claim, claimant: Claimant, reviewer: User) -> None:
    both: dict[str, Any] = {"claim": claim, "claimant": claimant}
    for about in ({}, both):
        with refused("Say which claim, or which claimant.", field="about"):
            workflow.declare_conflict(reason="r", by=reviewer, **about)
        with pytest.raises(IntegrityError), transaction.atomic():
            ConflictOfInterest.objects.create(
                person=reviewer, reason="r", declared_by=reviewer, **about
            )


def test_it_needs_its_reason(claim: Claim, reviewer: User) -> None:
    with refused("This may not be empty.", field="reason"):
        workflow.declare_conflict(claim=claim, reason=" ", by=reviewer)


def test_it_is_declared_once(claim: Claim, reviewer: User, second_reviewer: User) -> None:
    workflow.declare_conflict(claim=claim, reason="r", by=reviewer)
    with refused("This conflict of interest is known already.", field="about"):
        workflow.declare_conflict(claim=claim, reason="other words", by=reviewer)
    workflow.declare_conflict(claim=claim, reason="r", by=second_reviewer)


def test_whoever_declared_one_is_assigned_no_review(
    claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    review = opened(claim, reviewer)
    workflow.declare_conflict(claim=claim, reason="r", by=second_reviewer)
    told = f"{second_reviewer.public_name} declared a conflict of interest on this claim."
    with refused(told, field="to"):
        workflow.assign_review(review, to=second_reviewer, by=reviewer)


def test_whoever_declared_one_proposes_nothing(theirs: Claim, reviewer: User) -> None:
    review = opened(theirs, reviewer)
    workflow.declare_conflict(claimant=theirs.claimant, reason="r", by=reviewer)
    told = "You declared a conflict of interest on this claimant."
    with refused(told, error=PermissionDenied):
        workflow.propose_verdict(review, UNCONFIRMED, by=reviewer)


def test_whoever_declared_one_approves_nothing(review: Review, second_reviewer: User) -> None:
    workflow.declare_conflict(claim=review.claim, reason="r", by=second_reviewer)
    told = "You declared a conflict of interest on this claim."
    with refused(told, error=PermissionDenied):
        workflow.approve_verdict(review, by=second_reviewer)


@pytest.mark.parametrize("steps", [1, 2])
def test_a_conflict_on_a_claimant_reaches_whoever_was_found_to_be_the_same(
    theirs: Claim, claimant: Claimant, reviewer: User, steps: int
) -> None:
    others = [factories.ClaimantFactory() for _ in range(steps)]
    for one, into in zip([claimant, *others], others, strict=False):
        merge(one, into)
    claims = [factories.ClaimFactory(claimant=one) for one in others]
    workflow.declare_conflict(claimant=others[-1], reason="r", by=reviewer)
    for review in [opened(claim, reviewer) for claim in (theirs, *claims)]:
        with refused("on this claimant", error=PermissionDenied):
            workflow.propose_verdict(review, UNCONFIRMED, by=reviewer)


def test_a_conflict_on_who_was_merged_away_reaches_the_one_that_remains(
    theirs: Claim, claimant: Claimant, reviewer: User
) -> None:
    earlier = factories.ClaimantFactory(name="A. Berg")
    workflow.declare_conflict(claimant=earlier, reason="r", by=reviewer)
    merge(earlier, claimant)
    review = opened(theirs, reviewer)
    with refused("on this claimant", error=PermissionDenied):
        workflow.propose_verdict(review, UNCONFIRMED, by=reviewer)


def test_a_conflict_on_a_duplicate_reaches_the_claim_that_lives_on(
    claim: Claim, reviewer: User, editor: User
) -> None:
    survivor = factories.ClaimFactory()
    workflow.declare_conflict(claim=claim, reason="r", by=reviewer)
    workflow.merge_claims(claim, into=survivor, reason="The same.", by=editor)
    review = opened(survivor, reviewer)
    with refused("on this claim", error=PermissionDenied):
        workflow.propose_verdict(review, UNCONFIRMED, by=reviewer)


def test_it_binds_no_other_claim_and_no_other_person(
    theirs: Claim, claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    workflow.declare_conflict(claimant=theirs.claimant, reason="r", by=reviewer)
    workflow.propose_verdict(opened(claim, reviewer), UNCONFIRMED, by=reviewer)
    workflow.propose_verdict(opened(theirs, reviewer), UNCONFIRMED, by=second_reviewer)


def test_what_waits_for_approval_leaves_out_what_one_keeps_out_of(
    review: Review, second_reviewer: User
) -> None:
    waiting = Review.objects.awaiting_approval_by
    assert list(waiting(second_reviewer)) == [review]
    workflow.declare_conflict(claim=review.claim, reason="r", by=second_reviewer)
    assert list(waiting(second_reviewer)) == []


def test_a_claim_without_a_claimant_is_not_left_out_with_a_claimant(
    review: Review, claimant: Claimant, second_reviewer: User
) -> None:
    workflow.declare_conflict(claimant=claimant, reason="r", by=second_reviewer)
    assert list(Review.objects.awaiting_approval_by(second_reviewer)) == [review]
