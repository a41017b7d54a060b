"""What goes with the last value that named a claimant: all that the desk states of them. Part of a redaction."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from claims.models import Affiliation, Claimant, ClaimantAlias, ClaimantMerger
from claims.workflow.aliases import reindex_claims_of

ERASED = "[redacted]"


def forget_claimant(claimant: Claimant) -> None:
    """Make `claimant` nameless: their name, other names, affiliations, and why they were merged.

    Whoever is the same stays named where values of their own name them, but for the forgotten name.
    """
    copies = Q(claimant=claimant) | Q(claimant__in=claimant.same, name__iexact=claimant.name)
    claimant.name, claimant.role = f"{ERASED} {claimant.public_id}", ""
    claimant.save(update_fields=["name", "role"])
    numbered = Concat(Value(f"{ERASED} "), Cast(F("pk"), CharField()))
    _blank(ClaimantAlias.objects.filter(copies), name=numbered)
    _blank(Affiliation.objects.filter(claimant=claimant), role=ERASED, body="")
    mergers = ClaimantMerger.objects.filter(Q(claimant=claimant) | Q(into=claimant))
    mergers.update(reason=ERASED)
    reindex_claims_of(claimant)


def _blank(rows: QuerySet[Any], **values: Any) -> None:
    rows.filter(withdrawn_at__isnull=False).update(withdrawal_reason=ERASED)
    rows.update(**values)
