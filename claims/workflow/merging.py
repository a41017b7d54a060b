"""The verbs for duplicates: merge_claims, merge_claimants."""

from __future__ import annotations

from contextlib import ExitStack

from django.db import transaction
from django.utils.translation import gettext as _

from claims.history.recorder import locked
from claims.models import Claim, Claimant, ClaimantMerger, HistoryEntry, User
from claims.vocabulary import Act, Verb
from claims.workflow.acting import acting
from claims.workflow.aliases import reindex_claims_of
from claims.workflow.following import hand_over_followers
from claims.workflow.inputs import clean_text
from claims.workflow.linking import hand_over_item
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.telling import changed


def merge_claims(claim: Claim, *, into: Claim, reason: str, by: User) -> HistoryEntry:
    """End `claim` as a duplicate of `into`. Both histories stay; the old address leads to the survivor,
    and whoever followed the one by e-mail follows the other.

    Raises RuleBroken for a claim merged into itself or into one that was merged away or discarded, for a published
    claim merged into an unpublished one (readers would be led nowhere), and while a review of the duplicate is in
    progress.
    """
    require(by, Verb.MERGE_CLAIMS)
    note = clean_text("reason", reason, required=True)
    with transaction.atomic():
        held = {one.pk: locked(one) for one in sorted((claim, into), key=lambda one: one.pk)}
        _takes_another_in(held[claim.pk], held[into.pk])
        with ExitStack() as stack:
            ending = stack.enter_context(acting(claim, by=by, verb=Verb.MERGE_CLAIMS))
            lasting = stack.enter_context(acting(into, by=by, verb=Verb.MERGE_CLAIMS))
            may_merge_claims(ending.claim, lasting.claim)
            hand_over_followers(ending.claim, to=lasting.claim)
            lasting.record(Act.CLAIM_ABSORBED, other_claim=ending.claim, note=note)
            return ending.record(Act.CLAIM_MERGED, other_claim=lasting.claim, note=note)


def _takes_another_in(ending: Claim, lasting: Claim) -> None:
    if ending.pk == lasting.pk:
        raise RuleBroken(_("A claim cannot be merged into itself."), field="into")
    if lasting.merged_into_id is not None:
        told = _("That claim was merged into another itself; merge into the one that remains.")
        raise RuleBroken(told, field="into")
    if lasting.discarded_at is not None:
        raise RuleBroken(_("That claim was discarded."), field="into")


def may_merge_claims(ending: Claim, lasting: Claim) -> None:
    """Raise RuleBroken where `ending`, freshly read and still standing, cannot be merged into `lasting`."""
    _takes_another_in(ending, lasting)
    if ending.is_published and not lasting.is_published:
        raise RuleBroken(_("The surviving claim is not published yet."), field="into")
    if ending.reviews.active().exists():
        raise RuleBroken(_("Close the review in progress on the duplicate first."))


def merge_claimants(claimant: Claimant, *, into: Claimant, reason: str, by: User) -> ClaimantMerger:
    """Say that `claimant` and `into` are the same, who goes by the record of `into` from now on.

    Nothing is moved or copied but the Wikidata item, which the survivor takes over: claims keep the names they were
    recorded with, and lists, names and affiliations are read of both, so that what is erased of one is gone for both.
    The old public address leads to the survivor's.
    Raises RuleBroken for a claimant merged into themselves, when either was merged away already, for two kinds or two
    items of Wikidata, and for one whom readers can see merged into one they cannot (they would be led nowhere).
    """
    require(by, Verb.MERGE_CLAIMANTS)
    note = clean_text("reason", reason, required=True)
    with transaction.atomic():
        rows = Claimant.objects.select_for_update(of=("self",)).order_by("pk")
        held = {one.pk: one for one in rows.filter(pk__in=[claimant.pk, into.pk])}
        may_merge_claimants(held[claimant.pk], held[into.pk])
        Claimant.objects.filter(merged_into=claimant).update(merged_into=into)
        claimant.merged_into = into
        claimant.save(update_fields=["merged_into"])
        hand_over_item(held[claimant.pk], held[into.pk])
        merger = ClaimantMerger.objects.create(claimant=claimant, into=into, reason=note, by=by)
        reindex_claims_of(held[into.pk])
        changed(held[into.pk])
    for one in (claimant, into):
        one.wikidata = held[one.pk].wikidata
        vars(one).pop("same", None)  # the caller's instance may have looked before
    return merger


def may_merge_claimants(ending: Claimant, lasting: Claimant) -> None:
    """Raise RuleBroken where `ending`, freshly read, cannot be merged into `lasting`."""
    if ending.pk == lasting.pk:
        raise RuleBroken(_("A claimant cannot be merged into themselves."), field="into")
    if ending.merged_into_id is not None:
        raise RuleBroken(_("This claimant was merged into another already."))
    if lasting.merged_into_id is not None:
        told = _("That claimant was merged into another; merge into the one that remains.")
        raise RuleBroken(told, field="into")
    if ending.kind != lasting.kind:
        kinds = {"one": ending.get_kind_display(), "other": lasting.get_kind_display()}
        told = _("They are of different kinds (%(one)s, %(other)s) and so cannot be the same.")
        raise RuleBroken(told % kinds, field="into")
    if ending.wikidata and lasting.wikidata:
        items = {"one": ending.wikidata, "other": lasting.wikidata}
        told = _(
            "They are two items of Wikidata (%(one)s, %(other)s): take the wrong link away first."
        )
        raise RuleBroken(told % items, field="into")
    public = Claimant.objects.named_in_public()
    if public.filter(pk=ending.pk).exists() and not public.filter(pk=lasting.pk).exists():
        told = _("Readers can see this claimant, but not that one yet: merge the other way round.")
        raise RuleBroken(told, field="into")
