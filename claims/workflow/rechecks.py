"""Looking again: the verb set_recheck, and what follows from days that have come and pages that changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import RecheckCause, SourceState
from claims.history.recorder import locked
from claims.models import Claim, ClaimTopic, Evidence, Recheck, SourceWatch, User
from claims.models.compiled import Compiled
from claims.vocabulary import CHECKABLE_KINDS, ReviewReason, Verb
from claims.workflow.inputs import clean_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.reviews import begin
from claims.workflow.rules import is_checkable

FURTHEST = timedelta(days=3660)
GONE_AFTER = 2
CAUSE_OF = {
    SourceState.CHANGED: RecheckCause.SOURCE_CHANGED,
    SourceState.GONE: RecheckCause.SOURCE_GONE,
}

PLANNED = Compiled[tuple[int]](
    Recheck, lambda claim: Recheck.objects.filter(claim=claim).values_list("pk"), kinds=(int,)
)
INTERVALS = Compiled[tuple[int | None]](
    ClaimTopic,
    lambda claim: (
        ClaimTopic.objects.filter(claim=claim, topic__recheck_days__isnull=False)
        .order_by()
        .values_list("topic__recheck_days")
    ),
    kinds=(int,),
)


@transaction.atomic
def set_recheck(claim: Claim, *, due_on: date | None, by: User, note: str = "") -> Recheck | None:
    """Say on which day `claim` is to be looked at again; None: on none.

    Raises RuleBroken for a day that is past or more than ten years off, and for a claim that cannot be checked or
    takes no further act.
    """
    require(by, Verb.SET_RECHECK)
    held = locked(claim)
    is_checkable(held.kind)
    if held.merged_into_id or held.discarded_at:
        raise RuleBroken(_("Nothing more happens to this claim."))
    if due_on is None:
        _forget(held)
        return None
    today = timezone.now().date()
    if not today - timedelta(days=1) <= due_on <= today + FURTHEST:
        raise RuleBroken(_("Give a day from today on, at most ten years off."), field="due_on")
    return _plan(held, due_on, RecheckCause.BY_HAND, note=clean_text("note", note), by=by)


def plan_next_look(claim: Claim) -> None:
    """After a verdict: what was due is done, and the shortest interval of the claim's topics begins anew."""
    if PLANNED.any(claim.pk):
        _forget(claim)
    shortest = min((days for (days,) in INTERVALS.rows(claim.pk) if days), default=None)
    if shortest is not None:
        day = timezone.now().date() + timedelta(days=shortest)
        _plan(claim, day, RecheckCause.TOPIC)


def open_due_reviews(day: date) -> int:
    """Open a review of every claim whose day has come. Returns how many were opened.

    Where one is in progress the day waits; where the claim takes no more acts it is dropped.
    """
    due = Recheck.objects.due(day).values_list("pk", flat=True)
    return sum(_open_due_review(Claim(pk=pk), day) for pk in list(due))


@transaction.atomic
def _open_due_review(claim: Claim, day: date) -> bool:
    held = locked(claim)
    planned = Recheck.objects.of(held).due(day).first()
    if planned is None or held.reviews.active().exists():
        return False
    ended = held.merged_into_id or held.discarded_at or held.kind not in CHECKABLE_KINDS
    if not ended:
        note = ": ".join(filter(None, (str(planned.get_cause_display()), planned.note)))
        begin(
            held,
            reason=ReviewReason.RECHECK_DUE,
            note=note,
            opened_by=planned.set_by or User.objects.register_itself(),
        )
    _forget(held)
    return not ended


@transaction.atomic
def note_look(
    evidence: Evidence, found: SourceState, *, at: datetime, sketch: str = ""
) -> SourceWatch:
    """Note what was found at the address of `evidence`; a page that changed or is gone makes its claim due.

    A page counts as gone when it was not there twice in a row; it is told once.
    """
    before = SourceWatch.objects.filter(evidence=evidence).first()
    missed = (before.missed if before else 0) + 1 if found == SourceState.GONE else 0
    state = SourceState.UNREACHABLE if 0 < missed < GONE_AFTER else found
    kept = sketch or (before.sketch if before else "")
    values = {"looked_at": at, "state": state, "missed": missed, "sketch": kept}
    watch, _made = SourceWatch.objects.update_or_create(evidence=evidence, defaults=values)
    news = before is None or before.state != state
    if state in CAUSE_OF and news:
        _plan(evidence.claim, at.date(), CAUSE_OF[state], note=str(evidence.entry))
    return watch


def _plan(
    claim: Claim, day: date, cause: RecheckCause, *, note: str = "", by: User | None = None
) -> Recheck:
    values = {"due_on": day, "cause": cause, "note": note, "set_by": by}
    return Recheck.objects.update_or_create(claim=claim, defaults=values)[0]


def _forget(claim: Claim) -> None:
    planned = Recheck.objects.of(claim)
    planned.delete()
