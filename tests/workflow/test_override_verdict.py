"""override_verdict: one person publishes, says why, and somebody else must carry the follow-up through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents, workflow
from claims.desk_vocabulary import Priority
from claims.models import ROLE_VERBS, Claim, Review, User
from claims.vocabulary import (
    Act,
    Cause,
    ClaimKind,
    RedactionReason,
    ReviewReason,
    ReviewState,
    Role,
    Verb,
)
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import VerdictDraft, override_verdict
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns

DRAFT = VerdictDraft(
    status=Status.UNCONFIRMED, rationale="Nobody has seen it.", would_settle="A photograph."
)
WHY = "Shared a million times since noon."


def now_of(claim: Claim) -> dict[str, Any]:
    document = documents.current(claim)
    assert document is not None
    return document


def follow_up(claim: Claim) -> Review:
    return claim.reviews.active().get()


def carried_through(claim: Claim, proposer: User, approver: User) -> None:
    """Take the follow-up to a verdict by two."""
    review = follow_up(claim)
    workflow.propose_verdict(review, DRAFT, by=proposer)
    workflow.approve_verdict(review, by=approver)


def test_it_is_the_next_entry_with_its_reason(claim: Claim, editor: User) -> None:
    verdict = override_verdict(claim, DRAFT, reason=WHY, by=editor)
    entry = last_entry(claim)
    assert verdict.entry == entry
    assert (entry.act, entry.note) == (Act.VERDICT_OVERRIDE, WHY)
    assert (verdict.status, verdict.cause) == (Status.UNCONFIRMED, Cause.FIRST_VERDICT)
    assert claim.status == Status.UNCONFIRMED
    assert stale_columns(claim) == []


def test_readers_are_told_that_one_person_published_it_and_why(claim: Claim, editor: User) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    document = now_of(claim)
    assert document["verdict_published_by_one"] is True
    verdict = document["verdict"]
    assert verdict["published_by_one"] == {"by": editor.public_name, "reason": WHY}
    assert (verdict["proposed_by"], verdict["approved_by"]) == (None, None)
    assert not verdict["imported"]
    line = document["history"][-1]
    assert (line["act_label"], line["status"]) == ("Verdict given by one person", "unconfirmed")


def test_a_review_for_somebody_else_is_opened_with_it(claim: Claim, editor: User) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    review = follow_up(claim)
    assert (review.reason, review.state) == (ReviewReason.OVERRIDE, ReviewState.OPEN)
    assert (review.priority, review.assignee, review.opened_by) == (Priority.URGENT, None, editor)


def test_a_verdict_by_two_others_ends_the_notice(
    claim: Claim, editor: User, reviewer: User, second_reviewer: User
) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    carried_through(claim, reviewer, second_reviewer)
    document = now_of(claim)
    assert document["verdict_published_by_one"] is False
    assert document["verdict"]["published_by_one"] is None
    assert document["verdict"]["cause"] == Cause.RECONFIRMATION
    assert document["history"][-2]["reason"] == WHY


def test_whoever_published_alone_cannot_approve_what_follows(
    claim: Claim, editor: User, reviewer: User
) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    review = follow_up(claim)
    workflow.propose_verdict(review, DRAFT, by=reviewer)
    with refused("published the verdict in force alone", error=PermissionDenied):
        workflow.approve_verdict(review, by=editor)


def test_whoever_published_alone_may_propose_what_somebody_else_approves(
    claim: Claim, editor: User, reviewer: User
) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    carried_through(claim, editor, reviewer)
    assert now_of(claim)["verdict"]["approved_by"] == reviewer.public_name


def test_whoever_published_alone_is_not_assigned_the_follow_up(
    claim: Claim, editor: User, reviewer: User
) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    with refused("somebody else must look at it", field="to"):
        workflow.assign_review(follow_up(claim), to=editor, by=reviewer)
    assert workflow.assign_review(follow_up(claim), to=reviewer, by=editor).assignee == reviewer


def test_the_follow_up_is_not_closed_without_a_verdict(
    claim: Claim, editor: User, reviewer: User
) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    with refused("ends with a verdict that two people give"):
        workflow.close_review(follow_up(claim), reason="Fine as it is.", by=reviewer)
    workflow.void_verdict(claim, reason="Wrong.", by=editor)
    workflow.close_review(follow_up(claim), reason="Nothing is left of it.", by=reviewer)
    assert not claim.reviews.active().exists()


def test_a_review_in_progress_becomes_the_follow_up_with_what_was_proposed(
    review: Review, editor: User, reviewer: User, second_reviewer: User
) -> None:
    claim = review.claim
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    assert follow_up(claim) == review
    review.refresh_from_db()
    assert (review.reason, review.state) == (ReviewReason.OVERRIDE, ReviewState.PROPOSED)
    verdict = workflow.approve_verdict(review, by=second_reviewer)
    assert (verdict.status, verdict.cause) == (Status.CONFIRMED, Cause.NEW_EVIDENCE)
    assert now_of(claim)["verdict"]["proposed_by"] == reviewer.public_name


@pytest.mark.parametrize("mine", [True, False])
def test_a_review_in_progress_leaves_the_hands_of_whoever_publishes_alone(
    claim: Claim, editor: User, reviewer: User, *, mine: bool
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    workflow.assign_review(review, to=editor if mine else reviewer, by=reviewer)
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    review.refresh_from_db()
    state = ReviewState.OPEN if mine else ReviewState.ASSIGNED
    assert (review.state, review.assignee) == (state, None if mine else reviewer)


def test_a_second_one_keeps_the_one_follow_up(
    claim: Claim, editor: User, second_editor: User
) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    override_verdict(claim, DRAFT, reason="New pictures.", by=second_editor)
    assert claim.reviews.count() == 1
    assert now_of(claim)["verdict"]["published_by_one"]["reason"] == "New pictures."
    workflow.assign_review(follow_up(claim), to=editor, by=editor)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(DRAFT, would_settle=""), "would_settle"),
        (replace(DRAFT, rationale=" "), "rationale"),
        (replace(DRAFT, status=Status.CONFIRMED), "evidence"),
        (replace(DRAFT, status=Status.DISPUTED), "evidence"),
    ],
)
def test_haste_does_not_bend_the_rules_on_evidence(
    claim: Claim, editor: User, draft: VerdictDraft, field: str
) -> None:
    with refused("", field=field):
        override_verdict(claim, draft, reason=WHY, by=editor)


def test_it_rests_on_evidence_that_stands(claim: Claim, editor: User) -> None:
    piece = factories.EvidenceFactory(claim=claim, stance="refutes", by=editor)
    draft = replace(DRAFT, status=Status.DISPUTED, evidence=[piece])
    override_verdict(claim, draft, reason=WHY, by=editor)
    assert now_of(claim)["verdict"]["rests_on"] == [piece.entry.number]


@pytest.mark.parametrize("reason", ["", " \n"])
def test_it_needs_a_reason(claim: Claim, editor: User, reason: str) -> None:
    with refused("may not be empty", field="reason"):
        override_verdict(claim, DRAFT, reason=reason, by=editor)


def test_what_is_not_checkable_gets_none(editor: User) -> None:
    claim = factories.ClaimFactory(kind=ClaimKind.OPINION, by=editor)
    with refused("not checkable"):
        override_verdict(claim, DRAFT, reason=WHY, by=editor)


def test_a_conflict_of_interest_binds_here_too(claim: Claim, editor: User) -> None:
    workflow.declare_conflict(claim=claim, reason="My sister.", by=editor)
    with refused("conflict", error=PermissionDenied):
        override_verdict(claim, DRAFT, reason=WHY, by=editor)


def test_an_import_does_not_replace_it(claim: Claim, editor: User, importer: User) -> None:
    override_verdict(claim, DRAFT, reason=WHY, by=editor)
    with refused("an import does not replace it", field="status"):
        workflow.import_verdict(claim, DRAFT, effective_on=None, origin="Archive", by=importer)


def test_nobody_opens_a_review_for_this_reason_by_hand(claim: Claim, reviewer: User) -> None:
    with refused("Only a verdict that one person publishes", field="reason"):
        workflow.open_review(claim, reason=ReviewReason.OVERRIDE, by=reviewer)


def test_a_reviewer_cannot(claim: Claim, reviewer: User) -> None:
    with refused("You may not", error=PermissionDenied):
        override_verdict(claim, DRAFT, reason=WHY, by=reviewer)


def test_what_it_says_is_erased_from_the_proposals_that_repeat_it(
    claim: Claim, editor: User, second_editor: User, reviewer: User
) -> None:
    verdict = override_verdict(claim, DRAFT, reason=WHY, by=editor)
    proposal = workflow.propose_verdict(follow_up(claim), DRAFT, by=reviewer)
    request = workflow.propose_redaction(
        verdict.entry,
        fields=["verdict.rationale", "note"],
        reason=RedactionReason.SAFETY,
        by=editor,
    )
    workflow.redact_text(request, by=second_editor)
    proposal.refresh_from_db()
    assert proposal.rationale == "[redacted]"
    assert now_of(claim)["verdict"]["published_by_one"]["reason"] is None


def test_other_roles_are_not_offered_it() -> None:
    assert [role for role in Role if Verb.OVERRIDE_VERDICT in ROLE_VERBS[role]] == [Role.EDITOR]
