"""Subjects that do not stand before their verb: after it, at the opening of the sentence, before "who"."""

from __future__ import annotations

from typing import Final

from claims.reading.sentences import Sentence
from claims.reading.subjects import Subject, may_end, noun_kind, plain_subject
from claims.reading.words import (
    AUXILIARIES,
    BREAKS,
    DETERMINERS,
    LEADING,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    TIMES,
    WEEKDAYS,
    is_adverb,
)

_UTTERANCES: Final = frozenset(
    """reply response answer message statement tweet post letter speech words word verdict advice warning comment
    conclusion question remark retort reaction""".split()
)
_FINITE: Final = frozenset(
    """shot sought sent went took made came got left held put gave spoke stood kept led met ran won lost fired
    hit tried vowed leads released filed doubled called began responded issued""".split()
)


def subject_after(items: Sentence, at: int) -> Subject | None:
    """The noun phrase that begins at items[at], as in `"...," said John Smith, who ...`."""
    if at >= len(items) or items[at].kind != "w":
        return None
    first = items[at]
    if first.low in PRONOUNS or first.low in ("him", "them"):
        return Subject(at, at + 1, at, "pronoun")
    if (
        first.low in PREPOSITIONS
        or first.low in TIMES
        or first.low in STOPS
        or first.low in AUXILIARIES
    ):
        return None
    end = at
    while (
        end < len(items)
        and end - at < 25
        and items[end].kind == "w"
        and items[end].low not in STOPS
    ):
        if items[end].low in WEEKDAYS or items[end].low in PRONOUNS:
            break
        end += 1
    if end == at or not may_end(items[end - 1]):
        return None
    return Subject(at, end, at, noun_kind(items, at, end))


def opening_subject(items: Sentence, before: int) -> Subject | None:
    """For "Smith left the room, saying ...": the phrase the sentence opens with."""
    return subject_from(items, _past_opening(items, before), before)


def subject_from(items: Sentence, first: int, before: int) -> Subject | None:
    """The noun phrase that begins at items[first] and ends where a verb is likely to stand."""
    at = first
    named = False
    while at < min(before, first + 14) and items[at].kind == "w":
        item = items[at]
        if at > first and (
            item.low in AUXILIARIES or item.low in _FINITE or items[at - 1].low in PRONOUNS
        ):
            break
        if at > first and item.low.endswith("ed") and not item.upper:
            break
        if named and not item.upper and item.low not in ("of", "and", "for", "'s", "the"):
            at = _past_noun(items, first, at)
            break
        named = (
            named
            or (item.upper and at > first)
            or (item.upper and item.low not in DETERMINERS and at == first)
        )
        at += 1
    return plain_subject(items, at, first) if at > first else None


def _past_noun(items: Sentence, first: int, at: int) -> int:
    """Where a name ends before items[at]: "Lee's aide" is one speaker, of "Lee's reply" it is Lee."""
    if items[at - 1].low == "'s" and at - 1 > first:
        return at - 1 if items[at].low in _UTTERANCES else _past_role(items, at)
    return _past_role(items, at) if items[first].low in DETERMINERS else at


def _past_role(items: Sentence, at: int) -> int:
    """The rest of "The old Oslo harbour master": small words up to what is likely the verb."""
    end = at
    while end < len(items) and end - at < 4 and items[end].kind == "w":
        low = items[end].low
        if (
            low in AUXILIARIES
            or low in _FINITE
            or low in PREPOSITIONS
            or low.endswith(("ed", "ing"))
        ):
            return end
        end += 1
    return at + (at < len(items) and items[at].kind == "w" and not is_adverb(items[at]))


def _past_opening(items: Sentence, before: int) -> int:
    """Behind "Speaking in Ohio," or "Hours later," where the sentence has its main clause."""
    first = items[0].low
    if not (
        first in PREPOSITIONS
        or first in LEADING
        or first.endswith(("ing", "ly"))
        or first == "asked"
        or (items[1:2] and items[1].low in TIMES)
    ):
        return 0
    for at in range(1, min(before, 25)):
        if items[at].low == "," and items[at].kind == "p":
            return at + 1
    return 1 if first in LEADING else 0


def antecedent(items: Sentence, relative: int) -> Subject | None:
    """What "who" or "which" at items[relative] refers to: the noun phrase before it."""
    end = relative - 1 if relative and items[relative - 1].low == "," else relative
    if end <= 0 or items[end - 1].kind != "w":
        return None
    start = end - 1
    while start > 0 and end - start < 12 and items[start - 1].kind == "w":
        low = items[start - 1].low
        if (
            low in BREAKS
            or low in AUXILIARIES
            or (low == "by" and items[relative].low == "who")
            or items[start].low in ("the", "a", "an", "those")
        ):
            break
        start -= 1
    while start < end - 1 and items[start].low in PREPOSITIONS:
        start += 1
    return Subject(start, end, start, noun_kind(items, start, end))
