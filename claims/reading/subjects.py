"""Find who speaks: the noun phrase before a reporting verb, or after it when the order is inverted.

There is no tagger here. A subject is what lies between the verb and the nearest word that cannot stand
inside a noun phrase; a name between commas is looked for before its apposition.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from claims.reading.sentences import Item, Sentence
from claims.reading.words import (
    AUXILIARIES,
    BREAKS,
    CALENDAR,
    DEMONSTRATIVES,
    DETERMINERS,
    LEADING,
    LINKS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    TIMES,
    is_adverb,
)

_NEVER_LAST: Final = frozenset("that this and or but then out up off down away please".split())
_RELATIVE_DAYS: Final = ("this", "last", "next")
_COMPARING: Final = ("more", "less", "fewer")
_APPOSITION_STARTS: Final = frozenset(
    "a an now then formerly himself herself whose of from".split()
)
_PARTIES: Final = ("d-", "r-", "i-")
MAX_BACK: Final = 45
_MAX_NAME: Final = 5
_NICKNAME: Final = 30
_MAX_APPOSITIONS: Final = 6


class Subject(NamedTuple):
    """Items [start:end] name the speaker; the clause about the speaker begins at `clause`."""

    start: int
    end: int
    clause: int
    kind: str


def subject_before(items: Sentence, verb: int, floor: int) -> Subject | None:
    """The subject of the verb whose first word (auxiliaries and adverbs included) is items[verb]."""
    floor = max(floor, verb - MAX_BACK)
    last = verb - 1
    if last < floor:
        return None
    if items[last].low in ",–—-)" and items[last].kind == "p":
        return _behind_parenthesis(items, last, floor)
    if _nickname(items, last, floor):
        return plain_subject(items, last - 1, floor)
    return plain_subject(items, verb, floor)


def _nickname(items: Sentence, at: int, floor: int) -> bool:
    """Whether items[at] only renames whom stands before it: "Ann Smith, “the fox,” said"."""
    item = items[at]
    if item.kind != "q" or item.low != "," or item.inner_end - item.inner_start > _NICKNAME:
        return False
    return at - 2 >= floor and items[at - 1].low == "," and items[at - 2].upper and not item.upper


def plain_subject(items: Sentence, end: int, floor: int) -> Subject | None:
    item = items[end - 1]
    if item.kind != "w":
        return None
    if item.low in PRONOUNS:
        return Subject(end - 1, end, end - 1, "pronoun")
    if item.low in RELATIVES:
        return Subject(end - 1, end, end - 1, "relative")
    start = _trim(items, _stretch(items, end, floor), end)
    if start >= end or not may_end(items[end - 1]):
        return None
    named = _before_apposition(items, start, floor)
    if named is not None:
        return named
    return Subject(start, end, start, noun_kind(items, start, end))


def noun_kind(items: Sentence, start: int, end: int) -> str:
    named = any(i.upper for i in items[start + 1 : end]) or (
        items[start].upper and items[start].low not in DETERMINERS
    )
    return "name" if named else "noun"


def _before_apposition(items: Sentence, start: int, floor: int) -> Subject | None:
    """The name in "Ann Smith, a spokeswoman said", where the copy forgets the second comma."""
    comma = start - 1
    if comma <= floor or items[comma].low != "," or items[start].low not in ("a", "an", "the"):
        return None
    at = comma
    while (
        at > floor and items[at - 1].kind == "w" and items[at - 1].upper and comma - at < _MAX_NAME
    ):
        at -= 1
    alone = at < comma - 1 and (at == 0 or items[at - 1].kind != "w")
    return Subject(at, comma, at, "name") if alone and items[at].low not in PREPOSITIONS else None


def may_end(item: Item) -> bool:
    low = item.low
    if low in _NEVER_LAST or low in LEADING:
        return False
    return (
        item.kind == "w"
        and not is_adverb(item)
        and (
            low not in PREPOSITIONS
            and (low not in DETERMINERS or low in DEMONSTRATIVES)
            and low not in AUXILIARIES
        )
    )


def _stretch(items: Sentence, end: int, floor: int) -> int:
    """How far left the words before `end` can be one noun phrase."""
    at = end
    while at > floor:
        item = items[at - 1]
        if (
            item.kind == "q"
            and at > floor + 1
            and not _mark(items[at - 2])
            and item.low not in ",.?!"
        ):
            at -= 1
            continue
        if item.low == "than" and at - 2 >= floor and items[at - 2].low in _COMPARING:
            at -= 1
            continue
        if item.kind != "w" or (item.low in BREAKS and not _relative_that(items, at - 1, end)):
            break
        if item.low in AUXILIARIES:
            relative = _relative_left(items, at - 1, floor)
            if relative is None:
                break
            at = relative
            continue
        if item.low == "and" and not _joins(items, at - 1, floor):
            break
        if item.low in LINKS and item.low != "and":
            break
        at -= 1
    return at


def _mark(item: Item) -> bool:
    return item.kind == "p"


def _relative_that(items: Sentence, at: int, end: int) -> bool:
    return items[at].low == "that" and at + 1 < end and items[at + 1].low in AUXILIARIES and at > 0


def _relative_left(items: Sentence, at: int, floor: int) -> int | None:
    for back in range(at - 1, max(floor, at - 4) - 1, -1):
        if items[back].low in RELATIVES or (items[back].low == "that" and back == at - 1):
            return back
        if items[back].kind != "w":
            return None
    return None


def _joins(items: Sentence, at: int, floor: int) -> bool:
    """Whether an "and" joins two nouns (Kerry and Lavrov said) rather than two clauses."""
    left = at - 1
    while left >= floor and items[left].kind == "w" and at - left <= _MAX_NAME:
        if items[left].low in AUXILIARIES or items[left].low in BREAKS:
            return False
        left -= 1
    return left < floor or (at - left <= _MAX_NAME and items[left].low == ",")


def _trim(items: Sentence, start: int, end: int) -> int:
    """Drop adverbs, conjunctions and a leading prepositional phrase from the left of a stretch."""
    while start < end and (
        items[start].low in LEADING or items[start].low in ("'s", "'re") or is_adverb(items[start])
    ):
        if items[start].low in DEMONSTRATIVES or end - start == 1:
            break
        start += 1
    if end - start > 1 and items[start].low == "which" and items[start + 1].upper:
        return start + 1
    if end - start > 2 and _relative_day(items, start):
        start += 2
    if (
        start < end
        and items[start].low in PREPOSITIONS
        and items[start].low not in ("about", "over", "between")
    ):
        return _after_preposition(items, start, end)
    return start


def _relative_day(items: Sentence, at: int) -> bool:
    """Whether "this Thursday" or "last week" stands at items[at]."""
    return items[at].low in _RELATIVE_DAYS and items[at + 1].low in CALENDAR


def _after_preposition(items: Sentence, start: int, end: int) -> int:
    """In "On Monday Mr. Smith" or "In a statement the agency" the phrase that the verb belongs to."""
    for at in range(end - 1, start + 1, -1):
        if items[at].low in ("the", "a", "an") and items[at - 1].low not in PREPOSITIONS:
            return at
        if items[at - 1].low in TIMES:
            return at
    at = end
    while at > start + 1 and items[at - 1].upper:
        at -= 1
    return at if at < end and items[at - 1].low not in PREPOSITIONS else start + 1


def _behind_parenthesis(items: Sentence, closing: int, floor: int) -> Subject | None:
    """The subject of "Ann Smith, 21, a junior from Ohio, said": what stands before its appositions."""
    mark = "(" if items[closing].low == ")" else items[closing].low
    chosen: Subject | None = None
    at = closing
    for _ in range(_MAX_APPOSITIONS):
        opening = _opening_mark(items, at, floor, mark)
        if opening is None:
            break
        head = plain_subject(items, opening, floor)
        if head is None:
            break
        chosen = _widened(items, head, opening, closing)
        before = _opening_mark(items, opening, floor, ",")
        if before is None or not _appositive(items, before + 1):
            break
        at, mark = opening, ","
    return chosen


def _opening_mark(items: Sentence, before: int, floor: int, mark: str) -> int | None:
    """The nearest `mark` to the left, within the clause; quoted words of a few letters are passed over."""
    for at in range(before - 1, floor, -1):
        item = items[at]
        if item.kind == "p" and item.low == mark:
            return at
        if (item.kind == "p" and item.low in ";:") or (item.kind == "q" and item.low in ",.?!"):
            return None
    return None


def _appositive(items: Sentence, at: int) -> bool:
    """Whether the phrase from items[at] is the second part of an apposition rather than a subject."""
    first = items[at]
    if first.low in RELATIVES or first.low in _APPOSITION_STARTS:
        return True
    return (
        first.low[0].isdigit()
        or first.low.startswith(_PARTIES)
        or (first.low == "the" and items[at - 2].upper)
        or first.low.endswith("ing")
    )


def _widened(items: Sentence, head: Subject, comma: int, verb_comma: int) -> Subject:
    """With "the press secretary, Peter Cook," the name belongs to the source; otherwise the head stands alone."""
    inner = items[comma + 1 : verb_comma]
    named = inner and len(inner) <= _MAX_NAME and all(i.upper or "." in i.low for i in inner)
    if named and not items[head.end - 1].upper:
        return Subject(head.start, verb_comma, head.start, "name")
    return head
