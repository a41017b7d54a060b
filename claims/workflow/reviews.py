"""Verbs on reviews: open_review, assign_review, return_review, close_review. All of it is internal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import documents
from claims.desk_vocabulary import NoticeKind
from claims.history.recorder import locked
from claims.models import Claim, MethodVersion, Review, User
from claims.models.compiled_rows import CompiledRows
from claims.vocabulary import ACTIVE_REVIEW_STATES, ReviewReason, ReviewState, Verb
from claims.workflow.conflicts import conflict_with
from claims.workflow.inputs import clean_choice, clean_text
from claims.workflow.machine import next_state
from claims.workflow.notifying import notify
from claims.workflow.opinions import knows_what_was_proposed
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.rules import (
    is_checkable,
    may_end_without_verdict,
    published_alone_by,
    takes_acts,
)

STORED = CompiledRows[Review](Review, lambda key: Review.objects.filter(pk=key).order_by())


def open_review(claim: Claim, *, reason: ReviewReason, by: User, note: str = "") -> Review:
    """Open a case of work on `claim`.

    Raises RuleBroken when one is in progress, the claim was merged away or discarded, or its kind is not checkable.
    """
    require(by, Verb.OPEN_REVIEW)
    with transaction.atomic():
        held = locked(claim)
        is_checkable(held.kind)
        takes_acts(held)
        if held.reviews.active().exists():
            raise RuleBroken(_("This claim already has a review in progress."))
        if reason == ReviewReason.OVERRIDE:
            told = _("Only a verdict that one person publishes opens a review for this reason.")
            raise RuleBroken(told, field="reason")
        return begin(
            held,
            reason=clean_choice("reason", reason, ReviewReason),
            note=clean_text("note", note),
            method=MethodVersion.objects.in_force(),
            opened_by=by,
        )


def begin(claim: Claim, **columns: Any) -> Review:
    """Bring a review of `claim`, which is locked, into being, and let readers know: the only place that does."""
    review = Review.objects.create(claim=claim, **columns)
    documents.keep_around(claim.pk)
    return review


def assign_review(review: Review, *, to: User, by: User) -> Review:
    """Give the review to somebody who can propose a verdict, and tell them.

    Raises RuleBroken for somebody who cannot, who declared a conflict of interest, who published the verdict in force
    alone, or who has it already.
    """
    with moving(review, Verb.ASSIGN_REVIEW, by=by) as state:
        _may_take(to, review)
        if review.state == state and review.assignee_id == to.pk:
            said = _("This review is assigned to %(name)s already.") % {"name": to.public_name}
            raise RuleBroken(said, field="to")
        review.state, review.assignee = state, to
        review.save(update_fields=["state", "assignee"])
        notify([to], NoticeKind.ASSIGNED, claim=review.claim, review=review, by=by)
    return review


def _may_take(to: User, review: Review) -> None:
    if not (to.is_active and to.has_perm(f"claims.{Verb.PROPOSE_VERDICT}")):
        said = _("%(name)s may not propose verdicts.") % {"name": to.public_name}
        raise RuleBroken(said, field="to")
    if published_alone_by(review.claim) == to.pk:
        said = _("%(name)s published the verdict in force alone; somebody else must look at it.")
        raise RuleBroken(said % {"name": to.public_name}, field="to")
    if about := conflict_with(to, review.claim):
        words = {"name": to.public_name, "about": about}
        said = _("%(name)s declared a conflict of interest on %(about)s.") % words
        raise RuleBroken(said, field="to")


def return_review(review: Review, *, reason: str, by: User) -> Review:
    """Give a proposed verdict back to its proposer, with the reason.

    Raises RuleBroken while the claim is rated blind and `by` has not rated it.
    """
    with moving(review, Verb.RETURN_REVIEW, by=by) as state:
        knows_what_was_proposed(review, by)
        note = clean_text("reason", reason, required=True)
        proposal = review.proposals.select_related("by").latest("pk")
        proposal.returned_because = note
        proposal.save(update_fields=["returned_because"])
        review.state = state
        review.save(update_fields=["state"])
        told = [proposal.by]
        notify(told, NoticeKind.RETURNED, claim=review.claim, review=review, by=by)
    return review


def close_review(review: Review, *, reason: str, by: User) -> Review:
    """End a review without a verdict, with the reason.

    Raises RuleBroken while a verdict is in force that one person published: that takes a verdict by two to end.
    """
    with moving(review, Verb.CLOSE_REVIEW, by=by) as state:
        may_end_without_verdict(review.claim)
        settle(review, state, by=by, note=clean_text("reason", reason, required=True))
    return review


def reread(review: Review) -> None:
    """Read a review anew under its claim's lock."""
    STORED.refresh(review)


@contextmanager
def moving(review: Review, verb: Verb, *, by: User) -> Iterator[ReviewState]:
    """Yield the state that `verb` leads to, with the review fresh under its claim's lock.

    Raises PermissionDenied or RuleBroken before anything is touched.
    """
    require(by, verb)
    with transaction.atomic():
        locked(review.claim)
        reread(review)
        yield next_state(review, verb)
        if review.state not in ACTIVE_REVIEW_STATES:
            documents.keep_around(review.claim_id)


def settle(
    review: Review, state: ReviewState, *, by: User, note: str, entry_number: int | None = None
) -> None:
    """Write down how a review ended, and with which entry of the history where it did with one."""
    review.state, review.decided_by, review.decided_at = state, by, timezone.now()
    review.decision_note, review.entry_number = note, entry_number
    names = ["state", "decided_by", "decided_at", "decision_note", "entry_number"]
    review.save(update_fields=names)
