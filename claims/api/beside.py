"""What stands beside a claim and is no part of its history: who its claimant is elsewhere, and related claims."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from claims.desk_vocabulary import RelationKind
from claims.document_parts import Part
from claims.models import Claim, Claimant, ClaimRelation

# A relation in a word, read from the claim that is looked at: as it was stated, and turned round.
RELATIONS: dict[tuple[str, bool], str] = {
    (RelationKind.REPEATS, True): "repeats",
    (RelationKind.REPEATS, False): "repeated_by",
    (RelationKind.CONTRADICTS, True): "contradicts",
    (RelationKind.CONTRADICTS, False): "contradicts",
    (RelationKind.NARROWER, True): "narrower_than",
    (RelationKind.NARROWER, False): "broader_than",
}


def identify(claimants: Iterable[Part | None]) -> None:
    """Add to each reference to a claimant what kind they are, and what Wikidata calls them; one query for all."""
    named = [one for one in claimants if one]
    known = Claimant.objects.identities({one["id"] for one in named})
    for one in named:
        kind, item = known[one["id"]]
        one |= {"kind": kind, "wikidata": item or None}


def related_parts(claim: Claim) -> list[Part]:
    """Return the listed claims that are related to one, each as lists show it with how it stands; one query."""
    return [
        {
            "relation": RELATIONS[one.kind, one.is_stated_of(claim)],
            "claim": orjson.loads(one.beyond(claim).document.summary),
        }
        for one in ClaimRelation.objects.readable_with(claim)
    ]
