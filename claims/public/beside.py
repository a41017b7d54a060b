"""What stands beside a claim for readers, and is no part of its document: topics, a review in progress, related claims.

It is shown as it is now, on the page as it is now: none of it is in the history, so no page of the past can hold it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.desk_vocabulary import RelationKind
from claims.models import Claim, ClaimDocument, ClaimRelation
from claims.models.compiled_rows import CompiledRows
from claims.wikidata import address_of

# The groups in their order: the kind, whether it was stated of the claim that is looked at, and the heading.
GROUPS: tuple[tuple[RelationKind, tuple[bool, ...], StrOrPromise], ...] = (
    (RelationKind.CONTRADICTS, (True, False), _("Claims that contradict it")),
    (RelationKind.REPEATS, (True,), _("Claims that it repeats")),
    (RelationKind.REPEATS, (False,), _("Claims that repeat it")),
    (RelationKind.NARROWER, (True,), _("Broader claims")),
    (RelationKind.NARROWER, (False,), _("Narrower claims")),
)
readable = CompiledRows(ClaimRelation, ClaimRelation.objects.readable_with)


@dataclass(frozen=True, slots=True)
class Group:
    """The related claims of one kind, each as lists show it."""

    title: StrOrPromise
    claims: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one claim, and the marks of all of it that can change."""

    around: dict[str, Any] = field(default_factory=dict)
    related: list[Group] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    claimant_url: str = ""


NOTHING = Beside()


def beside(claim: Claim) -> Beside:
    """Return what stands beside a published claim that was fetched with its document and identity; one query."""
    relations = readable.rows(claim.pk)
    kept = claim.document.around
    item: str = cast(Any, claim).claimant_item
    marks = marks_of(kept, item, [_shown(one, claim) for one in relations])
    identity = address_of(item) if item else ""
    return Beside(json.loads(kept), _groups(relations, claim), marks, identity)


def _groups(relations: Iterable[ClaimRelation], claim: Claim) -> list[Group]:
    found: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for one in relations:
        summary = json.loads(_document(one, claim).summary)
        found.setdefault((one.kind, one.is_stated_of(claim)), []).append(summary)
    groups = [
        Group(title, [each for side in sides for each in found.get((kind, side), [])])
        for kind, sides, title in GROUPS
    ]
    return [group for group in groups if group.claims]


def _document(relation: ClaimRelation, claim: Claim) -> ClaimDocument:
    return relation.beyond(claim).document


def _shown(relation: ClaimRelation, claim: Claim) -> tuple[str, bool, str]:
    return relation.kind, relation.is_stated_of(claim), _document(relation, claim).sha256


def marks_of(around: str, item: str, relations: Iterable[tuple[str, bool, str]]) -> list[str]:
    """Return what changes with anything that stands beside a claim: what is stored around it, the claimant's item of
    Wikidata, and of each relation the kind, whether it was stated of this claim, and the digest of the other's.
    """
    shown = "".join(f"{kind} {stated} {sha256}\n" for kind, stated, sha256 in relations)
    return [around, hashlib.sha256(shown.encode()).hexdigest(), item]
