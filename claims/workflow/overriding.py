"""The verb for emergencies: override_verdict, a verdict that one person publishes, and the review that must follow."""

from __future__ import annotations

from claims.desk_vocabulary import Priority
from claims.models import Claim, User, Verdict
from claims.vocabulary import Act, ReviewReason, ReviewState, Verb
from claims.workflow import rules
from claims.workflow.acting import acting
from claims.workflow.conflicts import free_of_conflict
from claims.workflow.drafts import VerdictDraft
from claims.workflow.inputs import clean_text
from claims.workflow.reviews import begin
from claims.workflow.verdicts import cleaned, give


def override_verdict(claim: Claim, draft: VerdictDraft, *, reason: str, by: User) -> Verdict:
    """Publish a verdict alone, with the reason for it, until somebody else carries the follow-up review through.

    The rules on evidence hold as for any verdict. A review in progress becomes the follow-up, its proposal and all;
    where there is none, one is opened. Raises PermissionDenied when `by` declared a conflict of interest, RuleBroken
    naming what the status still needs, or that the reason is missing.
    """
    with acting(claim, by=by, verb=Verb.OVERRIDE_VERDICT) as recorder:
        free_of_conflict(by, recorder.claim)
        draft = cleaned(draft, required=("rationale",))
        rules.is_checkable(recorder.state.wording.kind)
        pieces = rules.standing(recorder.state, draft.evidence)
        rules.evidence_carries(draft, pieces)
        note = clean_text("reason", reason, required=True)
        verdict = give(recorder, Act.VERDICT_OVERRIDE, draft, pieces, note=note)
        _follow_up(recorder.claim, by=by)
    return verdict


def _follow_up(claim: Claim, *, by: User) -> None:
    """Have an urgent review in progress that is not in the hands of whoever published the verdict alone."""
    review = claim.reviews.active().first()
    if review is None:
        begin(claim, reason=ReviewReason.OVERRIDE, priority=Priority.URGENT, opened_by=by)
        return
    review.reason, review.priority = ReviewReason.OVERRIDE, Priority.URGENT
    if review.assignee_id == by.pk:
        review.assignee = None
        if review.state == ReviewState.ASSIGNED:
            review.state = ReviewState.OPEN
    review.save(update_fields=["reason", "priority", "assignee", "state"])
