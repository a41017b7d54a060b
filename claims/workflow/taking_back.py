"""Verbs that take back what was recorded by mistake: withdraw_appearance, discard_claim. Both stay on record."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.models import Appearance, Claim, HistoryEntry, User
from claims.vocabulary import Act, Verb
from claims.workflow import rules
from claims.workflow.acting import acting
from claims.workflow.inputs import clean_text
from claims.workflow.refusals import RuleBroken

# Part of the history, so in the register's one language and not in that of whoever acts.
BY_MISTAKE = gettext_noop("Recorded by mistake.")


def withdraw_appearance(
    appearance: Appearance, *, by: User, reason: str = BY_MISTAKE
) -> HistoryEntry:
    """Take back a place where a claim was said to be found; it stays visible with the reason.

    Raises RuleBroken when it was withdrawn already or the reason is missing; PermissionDenied when `by` may only
    take back their own last act, and this is not it.
    """
    claim = appearance.claim
    with acting(claim, by=by, verb=Verb.WITHDRAW_APPEARANCE) as recorder:
        place = recorder.state.appearances[appearance.entry.number]
        if not place.stands:
            raise RuleBroken(_("This appearance was withdrawn already."))
        rules.may_take_back(place.entry, recorder.state, by)
        note = clean_text("reason", reason, required=True)
        return recorder.record(Act.APPEARANCE_WITHDRAWN, about=place.entry.number, note=note)


def discard_claim(claim: Claim, *, by: User, reason: str = BY_MISTAKE) -> HistoryEntry:
    """End a claim that was never published: it leaves every list and takes no further act but a redaction.

    Raises RuleBroken when readers have seen it, a review of it is in progress, or the reason is missing;
    PermissionDenied when `by` may only take back their own last act, and recording the claim was not it.
    """
    with acting(claim, by=by, verb=Verb.DISCARD_CLAIM) as recorder:
        rules.may_take_back(recorder.state.entries[0], recorder.state, by)
        if recorder.state.published_at is not None:
            raise RuleBroken(
                _(
                    "This claim was published, so it stays: void its verdict, or merge it into another."
                )
            )
        if recorder.claim.reviews.active().exists():
            raise RuleBroken(_("Close the review in progress on this claim first."))
        note = clean_text("reason", reason, required=True)
        return recorder.record(Act.CLAIM_DISCARDED, note=note)
