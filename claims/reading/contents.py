"""Where the content after a reporting word begins, if the word has any."""

from __future__ import annotations

from typing import Final

from claims.reading.detection import Cue
from claims.reading.sentences import Sentence
from claims.reading.skips import (
    CLEAR_STARTS,
    LOOK_AHEAD,
    at_least,
    past_adverbials,
    past_mark,
    past_person,
    past_programme,
    quoted_ahead,
)
from claims.reading.words import AUXILIARIES, DETERMINERS, PREPOSITIONS
from claims.vocabulary import CueClass

_CONJUNCTIONS: Final = frozenset("and but while though although as so or because nor than".split())
_PURPOSE: Final = frozenset("pledge vow promise swear agree propose refuse".split())
_WEAK_CLAUSE: Final = frozenset(
    """maintain continue find show demonstrate underscore charge add estimate observe determine recall hint read
    answer address imply indicate stress repeat state post underline agree hint tease""".split()
)
_CLAUSE_PREPOSITIONS: Final = frozenset(
    "about between despite without against over under since".split()
)


def content_start(items: Sentence, cue: Cue, end: int) -> int | None:
    """The item with which the content after the cue begins."""
    if cue.form.lemma in _PURPOSE and items[cue.end : cue.end + 1] and items[cue.end].low == "to":
        return cue.end if cue.end + 1 < end and items[cue.end + 1].kind != "p" else None
    if items[cue.end - 1].low in ("of", "about") and "q" in cue.form.frames:
        quoted = quoted_ahead(items, cue.end, end)
        if quoted is not None or cue.form.lemma == "say":
            return quoted
    at = past_adverbials(items, cue.end, end)
    if at is None or at >= end:
        return None
    if "p" in cue.form.frames and (heard := past_programme(items, at, end)) is not None:
        return heard
    item = items[at]
    if "p" in cue.form.frames and item.kind == "w" and item.low != "that":
        return past_person(items, at, end, cue.form.lemma)
    if item.kind == "q":
        return at
    if item.kind == "p":
        return past_mark(items, at, end)
    if item.low == "that" and at + 1 < end:
        return at if items[at + 1].low in AUXILIARIES else at + 1
    return at if _opens_content(items, cue, at, end) else None


def _opens_content(items: Sentence, cue: Cue, at: int, end: int) -> bool:
    low, frames = items[at].low, cue.form.frames
    if set(frames) <= {"q"} or low.startswith("'"):
        return False
    if at_least(items, at):
        return True
    if low in _CONJUNCTIONS or low in AUXILIARIES:
        return low == "because" and "c" in frames
    if low in PREPOSITIONS and cue.end == cue.word + 1 and low not in _CLAUSE_PREPOSITIONS:
        return False
    if cue.cue_class is CueClass.HEDGE:
        return True
    if cue.form.lemma in _WEAK_CLAUSE and "o" not in frames:
        return low in CLEAR_STARTS or low in ("who", "what") or _has_finite(items, at, end)
    return True


def _has_finite(items: Sentence, at: int, end: int) -> bool:
    for index in range(at, min(end, at + LOOK_AHEAD)):
        item = items[index]
        if item.kind == "p" and item.low in ",;:—–":
            return False
        if index > at + 1 and item.low.endswith("ing") and not item.upper:
            return True
        if item.low in AUXILIARIES or item.low in ("'re", "'ve", "'ll", "'d", "'m"):
            return True
        if index > at + 1 and item.low.endswith(("ed", "es", "s")) and not item.upper:
            return items[index - 1].low not in DETERMINERS
    return False
