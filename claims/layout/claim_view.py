"""What the claim page adds to a claim's document: groups, joins and the story of its history.

Nothing here knows more than the document: every line is made of its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.documents import Document
from claims.layout.timeline import StatusAct, Timeline, status_acts, timeline_of
from claims.layout.words import GROUPS, STORIES
from claims.vocabulary import Act, Cause


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence as its group lists it."""

    part: Document
    shared_with: int | None
    relied_on: bool
    came_later: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The evidence of one stance."""

    stance: str
    title: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history and the thing it is about."""

    entry: Document
    title: str
    wording: Document | None
    appearance: Document | None
    evidence: Document | None
    act: StatusAct | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A verdict that corrected the one before it."""

    act: StatusAct
    before: StatusAct | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A document, laid out for the page."""

    groups: list[Group]
    lines: list[Line]
    timeline: Timeline | None
    corrections: list[Correction]
    withdrawal: Document | None
    published_alone: Document | None
    judged_wording: Document | None
    withdrawn_evidence: list[Document]
    wording: Document


def view_of(document: Document) -> ClaimView:
    """Return what the page shows of `document` beside the document itself."""
    history = document["history"]
    return ClaimView(
        groups=_groups(document),
        lines=_lines(document),
        timeline=timeline_of(history),
        corrections=_corrections(status_acts(history)),
        withdrawal=_withdrawal(document),
        published_alone=_published_alone(document),
        judged_wording=_judged_wording(document),
        withdrawn_evidence=_withdrawn_evidence(document),
        wording=document["wordings"][-1],
    )


def _groups(document: Document) -> list[Group]:
    groups = [
        Group(
            stance,
            title,
            [_piece(p, document) for p in document["evidence"] if p["stance"] == stance],
        )
        for stance, title in GROUPS.items()
    ]
    return [group for group in groups if group.pieces]


def _piece(part: Document, document: Document) -> Piece:
    verdict = document["verdict"]
    return Piece(
        part=part,
        shared_with=part["origin"] if part["origin"] != part["entry"] else None,
        relied_on=bool(verdict) and part["entry"] in verdict["rests_on"],
        came_later=bool(verdict) and part["entry"] > verdict["entry"],
    )


def _lines(document: Document) -> list[Line]:
    wordings = _by_entry(document["wordings"])
    appearances = _by_entry(document["appearances"])
    evidence = _by_entry(document["evidence"])
    acts = {act.number: act for act in status_acts(document["history"])}
    return [
        Line(
            entry=entry,
            title=STORIES[entry["act"]],
            wording=wordings.get(entry["number"]),
            appearance=appearances.get(_place_of(entry)),
            evidence=evidence.get(entry["number"]) or evidence.get(entry["about"]),
            act=acts.get(entry["number"]),
        )
        for entry in document["history"]
    ]


def _place_of(entry: Document) -> Any:
    """Return the number of the entry whose appearance an entry brought or took back."""
    taken_back = entry["act"] == Act.APPEARANCE_WITHDRAWN
    return entry["about"] if taken_back else entry["number"]


def _by_entry(parts: Sequence[Document]) -> dict[Any, Document]:
    return {part["entry"]: part for part in parts}


def _corrections(acts: Sequence[StatusAct]) -> list[Correction]:
    before = [None, *acts]
    return [
        Correction(act, earlier)
        for earlier, act in zip(before, acts, strict=False)
        if act.entry.get("cause") == Cause.CORRECTION
    ]


def _withdrawal(document: Document) -> Document | None:
    """Return the act that took the last verdict back, while no other stands in its place."""
    if document["verdict"]:
        return None
    voided = [entry for entry in document["history"] if entry["act"] == Act.VERDICT_VOIDED]
    return voided[-1] if voided else None


def _published_alone(document: Document) -> Document | None:
    """Return the act by which one person published the verdict shown."""
    if not document["verdict_published_by_one"]:
        return None
    number = document["verdict"]["entry"]
    entries: dict[int, Document] = {entry["number"]: entry for entry in document["history"]}
    return entries[number]


def _judged_wording(document: Document) -> Document | None:
    """Return the earlier wording that the verdict was given on, where it waits for re-confirmation."""
    if not document["verdict_on_earlier_wording"]:
        return None
    version = document["verdict"]["wording_version"]
    wordings: dict[int, Document] = {part["version"]: part for part in document["wordings"]}
    return wordings[version]


def _withdrawn_evidence(document: Document) -> list[Document]:
    """Return the pieces that the verdict rests on and that were withdrawn since."""
    rests_on = document["verdict"]["rests_on"] if document["verdict"] else []
    return [
        part for part in document["evidence"] if part["withdrawn"] and part["entry"] in rests_on
    ]
