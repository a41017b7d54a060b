"""What the claim page adds to a claim's document: groups, joins and the story of its history.

Nothing here knows more than the document: every line is made of its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_stubs_ext import StrOrPromise

from claims.documents import Document
from claims.layout import standing
from claims.layout.evidence import Basis, Group, basis_of, groups_of
from claims.layout.sayings import Chorus, choruses_of, place_of_statement
from claims.layout.standing import Before, Correction
from claims.layout.timeline import StatusAct, Timeline, mark_of, status_acts, timeline_of
from claims.layout.words import STORIES
from claims.vocabulary import Act


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history, the thing it is about, its mark in the picture, and the page as of then.

    `before` is the number of the entry before it, where readers saw the page then; else 0.
    """

    entry: Document
    title: StrOrPromise
    wording: Document | None
    appearance: Document | None
    evidence: Document | None
    act: StatusAct | None
    mark: str
    then: str
    before: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A document, laid out for the page."""

    wording: Document
    stated: Document | None
    choruses: list[Chorus]
    groups: list[Group]
    basis: Basis | None
    contacts: list[Document]
    lines: list[Line]
    timeline: Timeline | None
    in_effect_since: datetime | None
    before: Before | None
    corrections: list[Correction]
    withdrawal: Document | None
    published_alone: Document | None
    judged_wording: Document | None
    withdrawn_evidence: list[Document]
    absorbed: list[Document]
    redactions: list[Document]


def view_of(document: Document) -> ClaimView:
    """Return what the page shows of `document` beside the document itself."""
    history = document["history"]
    stances = {part["entry"]: part["stance"] for part in document["evidence"]}
    return ClaimView(
        wording=document["wordings"][-1],
        stated=place_of_statement(document),
        choruses=choruses_of(document),
        groups=groups_of(document),
        basis=basis_of(document),
        contacts=[one for one in document["contacts"] if not one["superseded_by"]],
        lines=_lines(document, stances),
        timeline=timeline_of(history, said_on=document["said_on"], stances=stances),
        in_effect_since=standing.in_effect_since(document),
        before=standing.before(document),
        corrections=standing.corrections(status_acts(history)),
        withdrawal=standing.withdrawal(document),
        published_alone=standing.published_alone(document),
        judged_wording=standing.judged_wording(document),
        withdrawn_evidence=standing.withdrawn_evidence(document),
        absorbed=standing.entries_of(document, Act.CLAIM_ABSORBED),
        redactions=standing.entries_of(document, Act.TEXT_REDACTED),
    )


def _lines(document: Document, stances: dict[int, str]) -> list[Line]:
    wordings = _by_entry(document["wordings"])
    appearances = _by_entry(document["appearances"])
    evidence = _by_entry(document["evidence"])
    acts = {act.number: act for act in status_acts(document["history"])}
    then, history = standing.pages_then(document), document["history"]
    return [
        Line(
            entry=entry,
            title=STORIES[entry["act"]],
            wording=wordings.get(entry["number"]),
            appearance=appearances.get(_place_of(entry)),
            evidence=evidence.get(entry["number"]) or evidence.get(entry["about"]),
            act=acts.get(entry["number"]),
            mark=mark_of(entry, stances),
            then=then.get(entry["number"], ""),
            before=earlier["number"] if earlier and earlier["number"] in then else 0,
        )
        for earlier, entry in zip([None, *history], history, strict=False)
    ]


def _place_of(entry: Document) -> Any:
    """Return the number of the entry whose appearance an entry brought or took back."""
    taken_back = entry["act"] == Act.APPEARANCE_WITHDRAWN
    return entry["about"] if taken_back else entry["number"]


def _by_entry(parts: Sequence[Document]) -> dict[Any, Document]:
    return {part["entry"]: part for part in parts}
