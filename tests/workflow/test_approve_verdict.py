"""approve_verdict: what makes a verdict public, and who may not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents
from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, Review, User
from claims.vocabulary import Act, Cause, ReviewReason, ReviewState, Stance, VerificationStatus
from claims.workflow import (
    RuleBroken,
    VerdictDraft,
    approve_verdict,
    assign_review,
    import_verdict,
    open_review,
    propose_verdict,
    return_review,
    reword_claim,
    void_verdict,
    withdraw_evidence,
)
from tests import factories


def test_the_proposer_cannot_approve(review: Review, reviewer: User) -> None:
    with pytest.raises(PermissionDenied, match="somebody else"):
        approve_verdict(review, by=reviewer)
    review.refresh_from_db()
    assert review.state == ReviewState.PROPOSED
    assert review.claim.published_at is None


def test_the_proposer_and_whoever_had_the_review_are_told(
    claim: Claim, reviewer: User, second_reviewer: User, editor: User
) -> None:
    review = open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    assign_review(review, to=editor, by=editor)
    draft = VerdictDraft(status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A log")
    propose_verdict(review, draft, by=reviewer)
    approve_verdict(review, by=second_reviewer)
    notices = Notice.objects.filter(kind=NoticeKind.APPROVED, review=review, by=second_reviewer)
    assert {notice.person for notice in notices} == {reviewer, editor}


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


def test_a_verdict_proposed_on_no_evidence_does_not_rest_on_what_came_later(
    claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    review = factories.proposed_review(claim, VerificationStatus.UNCONFIRMED, proposer=reviewer)
    factories.EvidenceFactory(claim=claim, stance=Stance.REFUTES, by=reviewer)
    verdict = approve_verdict(review, by=second_reviewer)
    assert not verdict.rests_on.exists()


def test_a_first_verdict_that_came_second_is_not_called_the_first(
    review: Review, importer: User, second_reviewer: User
) -> None:
    brought = VerdictDraft(status=VerificationStatus.DISPUTED, rationale="r")
    import_verdict(review.claim, brought, effective_on=None, origin="Archive", by=importer)
    assert approve_verdict(review, by=second_reviewer).cause == Cause.NEW_EVIDENCE


def test_what_was_voided_meanwhile_is_not_confirmed_again(
    published: Claim, reviewer: User, second_reviewer: User, editor: User
) -> None:
    again = factories.proposed_review(published, VerificationStatus.CONFIRMED, proposer=reviewer)
    void_verdict(published, reason="A mistake.", by=editor)
    assert approve_verdict(again, by=second_reviewer).cause == Cause.CORRECTION


@pytest.mark.parametrize("cause", [Cause.CORRECTION, Cause.REWORDING])
def test_a_cause_that_somebody_chose_stays_while_it_can_be_true(
    published: Claim, reviewer: User, second_reviewer: User, cause: Cause
) -> None:
    status = VerificationStatus.UNCONFIRMED
    review = open_review(published, reason=ReviewReason.CORRECTION, by=reviewer)
    draft = VerdictDraft(status=status, rationale="r", would_settle="w", cause=cause)
    propose_verdict(review, draft, by=reviewer)
    assert approve_verdict(review, by=second_reviewer).cause == cause
