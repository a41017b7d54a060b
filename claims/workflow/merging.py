"""The verb for duplicates: merge_claims."""

from __future__ import annotations

from contextlib import ExitStack

from django.db import transaction
from django.utils.translation import gettext as _

from claims.history.recorder import locked
from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import Act, Verb
from claims.workflow.acting import acting
from claims.workflow.inputs import clean_text
from claims.workflow.refusals import RuleBroken, require


def merge_claims(claim: Claim, *, into: Claim, reason: str, by: User) -> HistoryEntry:
    """End `claim` as a duplicate of `into`. Both histories stay; the old address leads to the survivor.

    Raises RuleBroken for a claim merged into itself or into one that was merged away or discarded, for a published
    claim merged into an unpublished one (readers would be led nowhere), and while a review of the duplicate is in
    progress.
    """
    require(by, Verb.MERGE_CLAIMS)
    note = clean_text("reason", reason, required=True)
    if claim.pk == into.pk:
        raise RuleBroken(_("A claim cannot be merged into itself."), field="into")
    with transaction.atomic():
        held = {one.pk: locked(one) for one in sorted((claim, into), key=lambda one: one.pk)}
        if held[into.pk].merged_into_id is not None:
            raise RuleBroken(
                _("That claim was merged into another itself; merge into the one that remains."),
                field="into",
            )
        if held[into.pk].discarded_at is not None:
            raise RuleBroken(_("That claim was discarded."), field="into")
        with ExitStack() as stack:
            ending = stack.enter_context(acting(claim, by=by, verb=Verb.MERGE_CLAIMS))
            lasting = stack.enter_context(acting(into, by=by, verb=Verb.MERGE_CLAIMS))
            _check(ending.claim, lasting.claim)
            lasting.record(Act.CLAIM_ABSORBED, other_claim=ending.claim, note=note)
            return ending.record(Act.CLAIM_MERGED, other_claim=lasting.claim, note=note)


def _check(ending: Claim, lasting: Claim) -> None:
    if ending.is_published and not lasting.is_published:
        raise RuleBroken(_("The surviving claim is not published yet."), field="into")
    if ending.reviews.active().exists():
        raise RuleBroken(_("Close the review in progress on the duplicate first."))
