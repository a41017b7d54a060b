"""A claim's evidence as its page lists it: by stance, each piece with what it shares and carries."""

from __future__ import annotations

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from claims.documents import Document
from claims.layout.words import GROUPS, NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as its group lists it."""

    part: Document
    shares_with: list[int]
    relied_on: bool
    came_later: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence of one stance, or the sentence that there is none."""

    stance: str
    title: StrOrPromise
    none: StrOrPromise
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the verdict rests on: how many pieces, and how many origins that do not rest on each other."""

    pieces: int
    origins: int


def groups_of(document: Document) -> list[Group]:
    """Return the evidence for, against and in context; a side on which nothing was found says so."""
    groups = [
        Group(
            stance,
            title,
            NO_EVIDENCE.get(stance, ""),
            [_piece(p, document) for p in document["evidence"] if p["stance"] == stance],
        )
        for stance, title in GROUPS.items()
    ]
    found = any(group.pieces for group in groups)
    return [group for group in groups if found and (group.pieces or group.none)]


def basis_of(document: Document) -> Basis | None:
    """Return what the verdict in force rests on; None where there is no verdict, or it names nothing."""
    rests_on = _rests_on(document)
    origins = {part["origin"] for part in document["evidence"] if part["entry"] in rests_on}
    return Basis(len(rests_on), len(origins)) if rests_on else None


def _piece(part: Document, document: Document) -> Piece:
    verdict = document["verdict"]
    others = [
        other["entry"]
        for other in document["evidence"]
        if other["origin"] == part["origin"] and other["entry"] != part["entry"]
    ]
    return Piece(
        part=part,
        shares_with=others,
        relied_on=part["entry"] in _rests_on(document),
        came_later=bool(verdict) and part["entry"] > verdict["entry"],
    )


def _rests_on(document: Document) -> list[int]:
    verdict = document["verdict"]
    return verdict["rests_on"] if verdict else []
