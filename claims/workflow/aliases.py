"""Verbs on the other names of claimants: add_alias, withdraw_alias. The desk finds claimants by them; internal."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Claimant, ClaimantAlias, User
from claims.search import index
from claims.vocabulary import Verb
from claims.workflow.inputs import SHORT, clean_text
from claims.workflow.refusals import RuleBroken, require


def add_alias(claimant: Claimant, *, name: str, by: User) -> ClaimantAlias:
    """Record another name of `claimant`, such as a transliteration; claims keep the names they were recorded with.

    Raises RuleBroken for a name they are known by already, also by way of a merger, and for a claimant who was
    merged into another.
    """
    require(by, Verb.ADD_ALIAS)
    clean = clean_text("name", " ".join(name.split()), limit=SHORT, required=True)
    with transaction.atomic():
        held = held_claimant(claimant)
        if any(
            one.is_called(clean) for one in Claimant.objects.with_names().filter(pk__in=held.same)
        ):
            raise RuleBroken(_("The claimant is known by this name already."), field="name")
        alias = ClaimantAlias.objects.create(claimant=held, name=clean, added_by=by)
        reindex_claims_of(held)
    return alias


def withdraw_alias(alias: ClaimantAlias, *, reason: str, by: User) -> ClaimantAlias:
    """Take another name back; the desk sees that it was there, and why not any more.

    Raises RuleBroken when the reason is missing or it was withdrawn already.
    """
    require(by, Verb.WITHDRAW_ALIAS)
    said = clean_text("reason", reason, required=True)
    with transaction.atomic():
        held = ClaimantAlias.objects.select_for_update(of=("self",)).get(pk=alias.pk)
        if held.withdrawn_at is not None:
            raise RuleBroken(_("This name was withdrawn already."))
        alias.withdrawn_at, alias.withdrawn_by = timezone.now(), by
        alias.withdrawal_reason = said
        alias.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        reindex_claims_of(held.claimant)
    return alias


def held_claimant(claimant: Claimant) -> Claimant:
    """Return `claimant` fresh under their lock. Raises RuleBroken when they were merged into another."""
    held = Claimant.objects.select_for_update(of=("self",)).get(pk=claimant.pk)
    if held.merged_into_id is not None:
        raise RuleBroken(_("This claimant was merged into another; work on that one."))
    return held


def reindex_claims_of(claimant: Claimant) -> None:
    """Have the desk find the claims of `claimant`, and of all who are the same, by the names known now."""
    index.reindex(Claim.objects.by_claimant(claimant).values_list("pk", flat=True))
