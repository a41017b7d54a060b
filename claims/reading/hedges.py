"""What a sentence passes on without a reporting verb: hedges, nouns of saying, and a colon before a quotation."""

from __future__ import annotations

from typing import Final

from claims.reading.cues import HEDGES, NOUNS
from claims.reading.drafts import Draft, Scene, Span
from claims.reading.openings import opening_subject
from claims.reading.sentences import Sentence
from claims.reading.subjects import Subject
from claims.reading.words import DETERMINERS, PREPOSITIONS
from claims.vocabulary import CueClass, Position

_CLAUSE_MARKS: Final = (",", ";", ":", "—", "–")
_LONG_QUOTATION: Final = 20
_SHORT_QUOTATION: Final = 6
_ENDERS: Final = (".", "?", "!", "…")
_MAX_INTRODUCTION: Final = 30
_MAX_LABEL: Final = 4
_ENGLISH: Final = frozenset("the his her their its of to with on for by and 's this asked".split())
_MAX_NOUNS: Final = 8


def read_hedges(scene: Scene) -> None:
    """Add "allegedly ..." for what no statement of the sentence covers."""
    taken = [draft.cue for draft in scene.drafts if draft.cue]
    for at, item in enumerate(scene.items):
        if item.kind != "w" or item.low not in HEDGES:
            continue
        covered = _covered(scene, item.start) or any(a <= item.start < b for a, b in taken)
        span = None if covered else scene.content_span(*_clause_around(scene.items, at))
        if span is not None and span[1] - span[0] > len(item.low) + 8:
            _add(scene, (item.start, item.end), None, span, CueClass.HEDGE)
            taken.append(span)
            return


def _covered(scene: Scene, point: int) -> bool:
    return any(a <= point < b for draft in scene.drafts for a, b in draft.fragments)


def _clause_around(items: Sentence, at: int) -> tuple[int, int]:
    start, end = at, at
    while start > 0 and not (
        items[start - 1].kind == "p" and items[start - 1].low in _CLAUSE_MARKS
    ):
        start -= 1
    while end < len(items) and not (items[end].kind == "p" and items[end].low in _CLAUSE_MARKS):
        end += 1
    if start == at and start > 1:
        return _clause_around_mark(items, start, end)
    return start, end


def _clause_around_mark(items: Sentence, start: int, end: int) -> tuple[int, int]:
    """With "..., allegedly to buy votes" the clause before the comma is what is alleged."""
    return (0, end) if items[start - 1].low == "," else (start, end)


def read_nouns(scene: Scene) -> None:
    """Add "speculation that ...": as a statement, and as the nested source of the statement it stands in."""
    items, found = scene.items, 0
    for at in range(len(items) - 2):
        if items[at + 1].low != "that" or items[at].kind != "w" or items[at].low not in NOUNS:
            continue
        found += 1
        if found > _MAX_NOUNS:
            return
        cue_class = NOUNS[items[at].low]
        start = _noun_phrase(items, at)
        outer = _outer(scene, items[at].start)
        if outer is None and _covered(scene, items[at + 2].start):
            continue
        if outer is not None and outer.nested is None:
            outer.nested = scene.text_span(start, at + 1)
        if outer is None or cue_class is CueClass.HEDGE:
            _add_noun(scene, start, at, cue_class)


def _outer(scene: Scene, point: int) -> Draft | None:
    for draft in scene.drafts:
        if any(a <= point < b for a, b in draft.fragments):
            return draft
    return None


def _noun_phrase(items: Sentence, at: int) -> int:
    """The first item of "Western speculation" or "the group's claim", its determiner left out."""
    start = at
    while start > 0 and at - start < 5:
        before = items[start - 1]
        if before.low == "'s" and start > 1:
            start -= 2
            continue
        modifier = before.upper or before.low in (
            "'s",
            "news",
            "media",
            "press",
            "local",
            "unconfirmed",
        )
        if before.kind != "w" or not modifier or before.low in DETERMINERS:
            break
        start -= 1
    return start


def _add_noun(scene: Scene, start: int, at: int, cue_class: CueClass) -> None:
    items = scene.items
    end = next(
        (i for i in range(at + 2, len(items)) if items[i].low in (",", ";", "—")), len(items)
    )
    span = scene.content_span(at + 2, end)
    if span is None:
        return
    owner_end = at - 1 if items[at - 1].low == "'s" else at
    source = scene.text_span(start, owner_end) if start < owner_end else None
    _add(scene, scene.text_span(at, at + 1), source, span, cue_class)


def _add(scene: Scene, cue: Span, source: Span | None, content: Span, cue_class: CueClass) -> None:
    position = Position.DENIES if cue_class is CueClass.DENIAL else Position.ASSERTS
    kind = "owner" if source else "none"
    scene.drafts.append(
        Draft(cue, source, kind, [content], direct=False, cue_class=cue_class, position=position)
    )


def read_colon(scene: Scene) -> None:
    """A quotation behind a colon belongs to whom the sentence opens with: "Smith took the floor: ..."."""
    colon = quoted_after_colon(scene, 1)
    if colon is None:
        return
    items = scene.items
    quotation = items[colon + 1]
    if _covered(scene, quotation.inner_start) or not _introduces(items, colon):
        return
    who = opening_subject(items, colon)
    source = scene.text_span(who.start, who.end) if who else None
    cue = _cue_between(scene, who, colon)
    content = [(quotation.inner_start, quotation.inner_end)]
    draft = Draft(cue, source, who.kind if who else "none", content, direct=True)
    draft.ends_quoted = True
    scene.drafts.append(draft)


def quoted_after_colon(scene: Scene, start: int) -> int | None:
    """The colon before a long quotation, or the comma before one that closes the sentence."""
    items = scene.items
    for at in range(start, min(len(items) - 1, start + _MAX_INTRODUCTION)):
        quotation = items[at + 1]
        if items[at].low not in (":", ",") or quotation.kind != "q" or not quotation.upper:
            continue
        if items[at - 1].low in PREPOSITIONS:
            continue
        closes = at + 2 >= len(items) or (at + 3 >= len(items) and items[at + 2].kind == "p")
        size = quotation.inner_end - quotation.inner_start
        sentence = items[at].low == ":" and quotation.low in _ENDERS and size >= _SHORT_QUOTATION
        if sentence or (size >= _LONG_QUOTATION and (items[at].low == ":" or closes)):
            return at
    return None


def _introduces(items: Sentence, colon: int) -> bool:
    """A name alone, or an English sentence; not the label of a list, a date or another language."""
    words = items[:colon]
    if any(item.low[:1].isdigit() for item in words):
        return False
    if colon <= _MAX_LABEL and all(item.upper for item in words):
        return True
    return any(item.low in _ENGLISH for item in words)


def _cue_between(scene: Scene, who: Subject | None, colon: int) -> Span:
    start = who.end if who is not None and who.end < colon else colon
    start += scene.items[start].low == "'s"
    return scene.text_span(start, colon + 1)
