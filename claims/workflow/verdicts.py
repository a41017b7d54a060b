"""Verbs on verdicts: propose_verdict, approve_verdict, void_verdict, import_verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from claims.desk_vocabulary import NoticeKind
from claims.history.recorder import Recorder
from claims.history.replay import replay
from claims.history.state import State
from claims.models import Claim, Evidence, HistoryEntry, Proposal, Review, User, Verdict, Wording
from claims.models.compiled import Compiled
from claims.models.compiled_rows import CompiledRows
from claims.models.made import made
from claims.models.verdict import TEXTS
from claims.vocabulary import Act, Cause, Verb, VerificationStatus
from claims.workflow import rules
from claims.workflow.acting import acting
from claims.workflow.checklist import everything_checked
from claims.workflow.conflicts import free_of_conflict
from claims.workflow.drafts import VerdictDraft
from claims.workflow.inputs import LONG, SHORT, clean_choice, clean_past_day, clean_text
from claims.workflow.machine import next_state
from claims.workflow.notifying import notify
from claims.workflow.opinions import knows_what_was_proposed, ratings_stand_behind
from claims.workflow.rating import rate_by_proposing
from claims.workflow.rechecks import plan_next_look
from claims.workflow.refusals import RuleBroken
from claims.workflow.reviews import moving, reread, settle

PROPOSED = CompiledRows[Proposal](
    Proposal,
    lambda review: Proposal.objects.filter(review=review).select_related("by").order_by("-pk")[:1],
)
PROPOSED_ON = Compiled[tuple[int]](
    Proposal.evidence.through,
    lambda proposal: (
        Proposal.evidence.through.objects.filter(proposal=proposal)
        .order_by("evidence")
        .values_list("evidence")
    ),
    kinds=(int,),
)


def propose_verdict(review: Review, draft: VerdictDraft, *, by: User) -> Proposal:
    """Propose a verdict for somebody else to approve.

    Raises PermissionDenied when `by` declared a conflict of interest, RuleBroken naming what the status still
    needs, what of the checklist is open, or that the kind of claim is not checkable.
    """
    with moving(review, Verb.PROPOSE_VERDICT, by=by) as proposed:
        free_of_conflict(by, review.claim)
        state = replay(review.claim)
        draft = cleaned(draft, required=("rationale",))
        rules.is_checkable(state.wording.kind)
        everything_checked(review)
        pieces = rules.standing(state, draft.evidence)
        rules.evidence_carries(draft, pieces)
        proposal = Proposal.objects.create(
            review=review,
            wording=state.wording,
            status=draft.status,
            cause=draft.cause or derived_cause(state, draft.status),
            by=by,
            **{name: getattr(draft, name) for name in TEXTS},
        )
        proposal.evidence.set(pieces)
        review.state = proposed
        review.save(update_fields=["state"])
        rate_by_proposing(review, proposal)
    return proposal


def approve_verdict(review: Review, *, by: User, note: str = "") -> Verdict:
    """Publish the proposed verdict of `review`.

    Raises PermissionDenied when `by` may not approve, proposed it, published the one in force alone or declared a
    conflict of interest; RuleBroken naming what is missing when the evidence no longer carries the status, the
    claim was reworded meanwhile, or ratings that were asked for are missing or do not stand behind it.
    """
    claim = review.claim
    with acting(claim, by=by, verb=Verb.APPROVE_VERDICT) as recorder:
        reread(review)
        state = next_state(review, Verb.APPROVE_VERDICT)
        proposal = PROPOSED.get(review.pk)
        rules.four_eyes(proposal, by)
        rules.another_follows(rules.given_alone_by(recorder.state), by)
        free_of_conflict(by, recorder.claim)
        knows_what_was_proposed(review, by)
        ratings_stand_behind(review, proposal)
        rules.wording_is_current(proposal, recorder.state)
        draft = draft_of(proposal, _proposed_on(proposal, recorder.state))
        draft = replace(draft, cause=true_cause(draft, recorder.state))
        pieces = rules.still_standing(recorder.state, draft.evidence)
        rules.evidence_carries(draft, pieces)
        verdict = give(recorder, Act.VERDICT_GIVEN, draft, pieces, proposed_by=proposal.by)
        number = verdict.entry.number
        settle(review, state, by=by, note=clean_text("note", note), entry_number=number)
        plan_next_look(recorder.claim)
        told = [proposal.by, review.assignee]
        notify(told, NoticeKind.APPROVED, claim=claim, review=review, by=by)
    return verdict


def void_verdict(claim: Claim, *, reason: str, by: User) -> HistoryEntry:
    """Take the verdict in force back; the claim stays public, without a status, until a new one is given."""
    with acting(claim, by=by, verb=Verb.VOID_VERDICT) as recorder:
        if recorder.state.verdict is None:
            raise RuleBroken(_("This claim has no verdict in force."))
        note = clean_text("reason", reason, required=True)
        number = recorder.state.verdict.entry.number
        return recorder.record(Act.VERDICT_VOIDED, about=number, note=note)


def import_verdict(
    claim: Claim, draft: VerdictDraft, *, effective_on: date | None, origin: str, by: User
) -> Verdict:
    """Record a verdict given elsewhere, visibly so: `origin` names where, `effective_on` when.

    Four eyes and the rules on evidence bind this register's own verdicts; an imported one is its origin's word.
    Raises RuleBroken naming the field at fault, and where this register ever gave a verdict itself.
    """
    with acting(claim, by=by, verb=Verb.IMPORT_VERDICT) as recorder:
        pieces = rules.standing(recorder.state, draft.evidence)
        return put_imported_verdict(
            recorder, draft, pieces, effective_on=effective_on, origin=origin
        )


def put_imported_verdict(
    recorder: Recorder,
    draft: VerdictDraft,
    pieces: Sequence[Evidence],
    *,
    effective_on: date | None,
    origin: str,
) -> Verdict:
    """Record an imported verdict in an act that is under way."""
    rules.is_checkable(recorder.state.wording.kind)
    rules.nobody_gave_one_here(recorder.state)
    origin = clean_text("origin", origin, limit=SHORT, required=True)
    day = clean_past_day("effective_on", effective_on)
    draft = cleaned(draft, required=())
    return give(recorder, Act.VERDICT_IMPORTED, draft, pieces, effective_on=day, origin=origin)


def derived_cause(state: State, status: str) -> Cause:
    """Return why a verdict of `status` would be given now, unless somebody says otherwise."""
    if not state.verdicts:
        return Cause.FIRST_VERDICT
    last = state.verdict
    if last is None:
        return Cause.CORRECTION
    if last.row.wording.version != state.wording.version:
        return Cause.RECONFIRMATION if last.row.status == status else Cause.REWORDING
    return Cause.RECONFIRMATION if last.row.status == status else Cause.NEW_EVIDENCE


def true_cause(draft: VerdictDraft, state: State) -> Cause:
    """Return the cause of a proposal, derived anew where acts since it was made have made it untrue."""
    if draft.cause in possible_causes(state, draft.status):
        return draft.cause
    return derived_cause(state, draft.status)


def possible_causes(state: State, status: str) -> set[Cause]:
    """Return the causes that can be true of a verdict of `status` given now."""
    if not state.verdicts:
        return {Cause.FIRST_VERDICT}
    causes = {Cause.NEW_EVIDENCE, Cause.CORRECTION, Cause.REWORDING}
    return causes | {Cause.RECONFIRMATION} if state.status == status else causes


def draft_of(proposal: Proposal, evidence: Iterable[Evidence] | None = None) -> VerdictDraft:
    """Return what a proposal proposes; `evidence` is what it rests on, where that was read already."""
    return VerdictDraft(
        status=VerificationStatus(proposal.status),
        cause=Cause(proposal.cause),
        evidence=tuple(proposal.evidence.all() if evidence is None else evidence),
        **{name: getattr(proposal, name) for name in TEXTS},
    )


def _proposed_on(proposal: Proposal, state: State) -> list[Evidence]:
    """Return the evidence a proposal rests on, as it was read with the history."""
    known = {piece.row.pk: piece.row for piece in state.evidence.values()}
    keys = [key for (key,) in PROPOSED_ON.rows(proposal.pk)]
    return [known.get(key) or Evidence.objects.get(pk=key) for key in keys]


def verdict_row(draft: VerdictDraft, wording: Wording, *, cause: Cause) -> Verdict:
    """Return a verdict that says on `wording` what `draft` says, unsaved, by nobody yet."""
    texts = {name: getattr(draft, name) or None for name in TEXTS}
    return made(Verdict, wording=wording, status=draft.status, cause=cause, **texts)


def cleaned(draft: VerdictDraft, *, required: Sequence[str]) -> VerdictDraft:
    """Return the draft as it can become history. Raises RuleBroken naming the field at fault."""
    texts: dict[str, Any] = {
        name: clean_text(name, getattr(draft, name), limit=LONG, required=name in required)
        for name in TEXTS
    }
    status = clean_choice("status", draft.status, VerificationStatus)
    cause = clean_choice("cause", draft.cause, Cause) if draft.cause else None
    return replace(draft, status=status, cause=cause, **texts)


def give(
    recorder: Recorder,
    act: Act,
    draft: VerdictDraft,
    pieces: Sequence[Evidence],
    *,
    effective_on: date | None = None,
    proposed_by: User | None = None,
    origin: str = "",
    note: str = "",
) -> Verdict:
    """Record a verdict in an act that is under way."""
    cause = draft.cause or derived_cause(recorder.state, draft.status)
    row = verdict_row(draft, recorder.state.wording, cause=cause)
    row.proposed_by = proposed_by
    row.proposed_by_name = proposed_by.public_name if proposed_by else None
    row.origin = origin
    recorder.record(act, row, rests_on=pieces, effective_on=effective_on, note=note)
    return row
