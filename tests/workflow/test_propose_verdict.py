"""propose_verdict: one person says what the verdict should be; nothing is public yet."""

from __future__ import annotations

from typing import Any

import pytest

from claims import documents
from claims.models import Claim, Proposal, Review, User
from claims.vocabulary import Cause, ClaimKind, ReviewReason, ReviewState, Stance
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import (
    VerdictDraft,
    open_review,
    propose_verdict,
    return_review,
    reword_claim,
    void_verdict,
    withdraw_evidence,
)
from tests import factories
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def opened(claim: Claim, contributor: User) -> Review:
    return open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def unconfirmed(**fields: Any) -> VerdictDraft:
    texts = {"rationale": "Nothing found.", "would_settle": "A record."}
    return VerdictDraft(status=Status.UNCONFIRMED, **{**texts, **fields})


def test_a_proposal_holds_the_whole_verdict(opened: Review, reviewer: User) -> None:
    piece = factories.EvidenceFactory(claim=opened.claim, stance=Stance.CONTEXT)
    draft = unconfirmed(known="K", not_known="N", single_source_reason="S", evidence=[piece])
    proposal = propose_verdict(opened, draft, by=reviewer)
    stored = Proposal.objects.get()
    assert stored == proposal
    assert (stored.status, stored.rationale, stored.by) == (
        Status.UNCONFIRMED,
        "Nothing found.",
        reviewer,
    )
    assert (stored.known, stored.not_known, stored.would_settle) == ("K", "N", "A record.")
    assert list(stored.evidence.all()) == [piece]
    assert stored.wording.version == 1
    assert opened.state == ReviewState.PROPOSED
    assert stale_columns(opened) == []


def test_a_proposal_is_internal(published: Claim, reviewer: User) -> None:
    before, document = published.head_number, documents.current(published)
    review = open_review(published, reason=ReviewReason.RECHECK_DUE, by=reviewer)
    propose_verdict(review, unconfirmed(), by=reviewer)
    published.refresh_from_db()
    assert (published.head_number, published.status) == (before, Status.CONFIRMED)
    assert documents.current(published) == document


def test_without_a_choice_the_verdict_rests_on_all_that_stands(
    opened: Review, reviewer: User
) -> None:
    pieces = [factories.EvidenceFactory(claim=opened.claim) for _ in range(3)]
    withdraw_evidence(pieces[0], reason="Retracted.", by=reviewer)
    proposal = propose_verdict(opened, unconfirmed(), by=reviewer)
    assert set(proposal.evidence.all()) == set(pieces[1:])


def test_a_returned_proposal_is_followed_by_another(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    return_review(review, reason="Say more.", by=second_reviewer)
    second = propose_verdict(review, unconfirmed(), by=reviewer)
    assert review.latest_proposal() == second
    assert review.proposals.count() == 2


@pytest.mark.parametrize(
    ("before", "status", "cause"),
    [
        ("nothing", Status.UNCONFIRMED, Cause.FIRST_VERDICT),
        ("verdict", Status.UNCONFIRMED, Cause.NEW_EVIDENCE),
        ("verdict", Status.CONFIRMED, Cause.RECONFIRMATION),
        ("verdict, reworded", Status.CONFIRMED, Cause.RECONFIRMATION),
        ("verdict, reworded", Status.UNCONFIRMED, Cause.REWORDING),
        ("verdict, voided", Status.CONFIRMED, Cause.CORRECTION),
    ],
)
def test_the_cause_follows_from_what_went_before(
    claim: Claim, reviewer: User, editor: User, before: str, status: Status, cause: Cause
) -> None:
    if "verdict" in before:
        factories.give_verdict(claim)
    if "reworded" in before:
        reword_claim(claim, wording="Another.", reason="r", by=reviewer)
    if "voided" in before:
        void_verdict(claim, reason="r", by=editor)
    review = factories.proposed_review(claim, status, proposer=reviewer)
    proposal = review.latest_proposal()
    assert proposal is not None
    assert proposal.cause == cause


def test_a_cause_that_is_named_is_kept(published: Claim, reviewer: User) -> None:
    review = open_review(published, reason=ReviewReason.CORRECTION, by=reviewer)
    proposal = propose_verdict(review, unconfirmed(cause=Cause.CORRECTION), by=reviewer)
    assert proposal.cause == Cause.CORRECTION


def test_the_refusal_says_what_the_status_needs(opened: Review, reviewer: User) -> None:
    with refused("two independent origins", field="evidence"):
        propose_verdict(opened, VerdictDraft(status=Status.CONFIRMED, rationale="r"), by=reviewer)
    assert opened.state == ReviewState.OPEN
    assert stale_columns(opened) == []


def test_evidence_of_another_claim_carries_nothing(opened: Review, reviewer: User) -> None:
    foreign = factories.EvidenceFactory()
    with refused("not standing evidence of this claim", field="evidence"):
        propose_verdict(opened, unconfirmed(evidence=[foreign]), by=reviewer)


def test_withdrawn_evidence_carries_nothing(opened: Review, reviewer: User) -> None:
    piece = factories.EvidenceFactory(claim=opened.claim)
    withdraw_evidence(piece, reason="Retracted.", by=reviewer)
    with refused("not standing evidence of this claim", field="evidence"):
        propose_verdict(opened, unconfirmed(evidence=[piece]), by=reviewer)


def test_a_claim_reworded_into_an_opinion_gets_no_verdict(opened: Review, reviewer: User) -> None:
    reword_claim(
        opened.claim, wording="It is nice.", reason="r", kind=ClaimKind.OPINION, by=reviewer
    )
    with refused("opinions are not checkable"):
        propose_verdict(opened, unconfirmed(), by=reviewer)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"rationale": " "}, "rationale", "may not be empty"),
        ({"rationale": "x" * 20_001}, "rationale", "at most 20,000"),
        ({"known": "nul\0"}, "known", "U+0000"),
        ({"would_settle": " "}, "would_settle", "must say what would settle"),
        ({"status": "true"}, "status", "is none of"),
        ({"cause": "whim"}, "cause", "is none of"),
    ],
)
def test_bad_input_is_refused(
    opened: Review, reviewer: User, fields: Any, field: str, match: str
) -> None:
    draft = {"status": Status.UNCONFIRMED, "rationale": "r", "would_settle": "w", **fields}
    with refused(match, field=field):
        propose_verdict(opened, VerdictDraft(**draft), by=reviewer)
    assert stale_columns(opened) == []
