"""The verbs on how claims stand to one another: relate_claims, withdraw_relation. No part of either's history."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import RelationKind
from claims.history.recorder import locked
from claims.models import Claim, ClaimRelation, User
from claims.models.relation import EXCLUSIVE
from claims.vocabulary import Verb
from claims.workflow.inputs import clean_choice, clean_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.rules import takes_acts


def relate_claims(
    claim: Claim, other: Claim, *, kind: RelationKind, reason: str, by: User
) -> ClaimRelation:
    """State that `claim` repeats, contradicts or is narrower than `other`, and why.

    Readers see it on the pages of both, once both are published. Raises RuleBroken for a claim related to itself,
    when either was merged away or discarded, when that is stated of the two already, whichever way round, and when
    one would both repeat and contradict the other.
    """
    require(by, Verb.RELATE_CLAIMS)
    kind, said = (
        clean_choice("kind", kind, RelationKind),
        clean_text("reason", reason, required=True),
    )
    with transaction.atomic():
        held, far = _held(claim, other)
        if held.pk == far.pk:
            raise RuleBroken(_("A claim does not stand to itself in any way."), field="other")
        takes_acts(held)
        _takes_part(far)
        _is_news(held, far, kind)
        return ClaimRelation.objects.create(
            claim=held, other=far, kind=kind, reason=said, added_by=by
        )


def withdraw_relation(relation: ClaimRelation, *, reason: str, by: User) -> ClaimRelation:
    """Take back what was stated of two claims; the desk sees that it was there, and why not any more.

    Raises RuleBroken when the reason is missing or it was withdrawn already.
    """
    require(by, Verb.WITHDRAW_RELATION)
    said = clean_text("reason", reason, required=True)
    with transaction.atomic():
        _held(relation.claim, relation.other)
        if ClaimRelation.objects.get(pk=relation.pk).withdrawn_at is not None:
            raise RuleBroken(_("This was withdrawn already."))
        relation.withdrawn_at, relation.withdrawn_by = timezone.now(), by
        relation.withdrawal_reason = said
        relation.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    return relation


def _held(one: Claim, another: Claim) -> tuple[Claim, Claim]:
    """Return both claims fresh under their locks, taken in an order that cannot deadlock."""
    held = {claim.pk: locked(claim) for claim in sorted((one, another), key=lambda each: each.pk)}
    return held[one.pk], held[another.pk]


def _takes_part(other: Claim) -> None:
    if other.merged_into_id is not None:
        told = _("That claim was merged into another; name the one that remains.")
        raise RuleBroken(told, field="other")
    if other.discarded_at is not None:
        raise RuleBroken(_("That claim was discarded."), field="other")


def _is_news(claim: Claim, other: Claim, kind: RelationKind) -> None:
    """Raise RuleBroken where what stands between the two already rules out one more of this kind."""
    stated = ClaimRelation.objects.standing().between(claim, other)
    kinds = set(stated.values_list("kind", flat=True))
    if kind in kinds:
        told = _("This is stated of the two claims already, or the other way round.")
        raise RuleBroken(told, field="kind")
    if kind in EXCLUSIVE and kinds & set(EXCLUSIVE):
        told = _("A claim cannot both repeat and contradict another: withdraw the one first.")
        raise RuleBroken(told, field="kind")
