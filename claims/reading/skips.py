"""Step over what stands between a reporting word and what is said: times, places, the person told.

Nothing looks further ahead than a fixed number of items.
"""

from __future__ import annotations

from typing import Final

from claims.reading.sentences import Item, Sentence
from claims.reading.words import AUXILIARIES, CALENDAR, DETERMINERS, PREPOSITIONS, TIMES, is_adverb

LOOK_AHEAD: Final = 16
_QUOTE_AHEAD: Final = 40
_TITLE_REACH: Final = 5
_LONGEST_TITLE: Final = 40
CLAUSE_STARTS: Final = frozenset(
    "he she they it we i you there this these those what who how why when whether if".split()
)
CLEAR_STARTS: Final = frozenset("he she they we i there how why whether if".split())
_PERSONS: Final = frozenset(
    "him her them me us you himself herself themselves reporters everyone people".split()
)
_PLACING: Final = PREPOSITIONS - frozenset(
    "about of despite without against over under since between per".split()
)
_URGING: Final = frozenset("urge advise".split())
_NAME_LINKS: Final = frozenset(
    ("and", "'s", "news", "newspaper", "magazine", "television", "radio")
)


def past_adverbials(items: Sentence, at: int, end: int) -> int | None:
    """Skip "Monday", "on October 30", "in a statement" between the cue and what is said."""
    start = at
    while at < end and items[at].kind == "w" and _adverbial(items, at):
        at += 1
        if (
            items[at - 1].low in ("last", "this", "next", "earlier")
            and at < end
            and items[at].low in CALENDAR
        ):
            at += 1
    if at < end and items[at].kind == "w" and items[at].low in _PLACING and not at_least(items, at):
        return _past_preposition(items, at, end)
    return at if at >= start else None


def _adverbial(items: Sentence, at: int) -> bool:
    low = items[at].low
    if low in ("this", "last", "next", "earlier"):
        return low == "earlier" or (at + 1 < len(items) and items[at + 1].low in CALENDAR)
    return low in TIMES - {"there", "here"} or (is_adverb(items[at]))


def at_least(items: Sentence, at: int) -> bool:
    """Whether "at least" or "at most" stands at items[at]."""
    return (
        items[at].low == "at"
        and items[at + 1 : at + 2] != []
        and items[at + 1].low in ("least", "most")
    )


def quoted_ahead(items: Sentence, at: int, end: int) -> int | None:
    """A quotation behind a comma or colon, as in "said of the plan, ..."."""
    for index in range(at + 1, min(end, at + _QUOTE_AHEAD)):
        if items[index].kind == "q" and items[index - 1].low in (",", ":"):
            return index
        if items[index].low in ";.":
            return None
    return None


def _past_preposition(items: Sentence, at: int, end: int) -> int | None:
    start = _words_after_preposition(items, at, end)
    return quoted_ahead(items, at, end) if start is None else start


def _words_after_preposition(items: Sentence, at: int, end: int) -> int | None:
    for index in range(at + 1, min(end, at + LOOK_AHEAD)):
        item = items[index]
        if item.kind == "w" and item.low == "that":
            return index + 1
        if item.kind == "q":
            return index
        if item.low == "," and index + 2 < end and items[index + 1].low == "that":
            return index + 2
        if item.low == ":" and index + 1 < end:
            return index + 1
        if item.low in CLEAR_STARTS or (item.low == "it" and index > at + 1):
            return index
        if item.low in ";.—" and item.kind == "p":
            return None
    return None


def past_mark(items: Sentence, at: int, end: int) -> int | None:
    low = items[at].low
    if low in (":", ",") and at + 1 < end:
        if items[at + 1].kind == "q" or low == ":":
            return at + 1
        return _after_comma(items, at, end)
    return at if low in "$£€(‘'" else None


def _after_comma(items: Sentence, at: int, end: int) -> int | None:
    """In "X said, on the second day, that ..." the content begins behind the second comma."""
    for index in range(at + 1, min(end - 1, at + LOOK_AHEAD)):
        if items[index].low == "," and (
            items[index + 1].kind == "q" or items[index + 1].low == "that"
        ):
            return index + 1 + (items[index + 1].low == "that")
    return None


def past_person(items: Sentence, at: int, end: int, lemma: str) -> int | None:
    """Skip the person spoken to: a pronoun, a name, "reporters", "a crowd in Ohio"."""
    that = _that_ahead(items, at, end)
    if that is not None:
        return that
    if lemma in _URGING:
        return at
    index = _person_end(items, at, end)
    if (
        index < end
        and items[index].low == "to"
        and index + 1 < end
        and items[index + 1].low not in DETERMINERS
    ):
        return index
    rest = past_adverbials(items, index, end)
    if rest is None or rest >= end:
        return None
    if items[rest].low in (",", ":") and items[rest].kind == "p":
        return past_mark(items, rest, end)
    return rest if rest > at else None


def past_programme(items: Sentence, at: int, end: int) -> int | None:
    """Skip what is told to a programme or paper whose name is quoted: "told the “Today” show on Monday that"."""
    title = next((i for i in range(at, min(end, at + _TITLE_REACH)) if items[i].kind == "q"), None)
    if title is None or not _is_title(items[title]) or any(i.kind == "p" for i in items[at:title]):
        return None
    for index in range(title + 1, min(end - 1, title + LOOK_AHEAD)):
        if items[index].kind == "w" and items[index].low == "that":
            return index + 1
        if items[index].low in (":", ",") and items[index + 1].kind == "q":
            return index + 1
        if items[index].kind != "w" or items[index].low in AUXILIARIES or items[index].low == "and":
            return None
    return None


def _is_title(quotation: Item) -> bool:
    short = quotation.inner_end - quotation.inner_start <= _LONGEST_TITLE
    return short and quotation.upper and quotation.low not in (*".,?!", "")


def _that_ahead(items: Sentence, at: int, end: int) -> int | None:
    for index in range(at, min(end, at + LOOK_AHEAD)):
        item = items[index]
        if item.low == "that" and item.kind == "w":
            return index + 1 if index + 1 < end else None
        if (
            item.low in CLEAR_STARTS
            or item.low in AUXILIARIES
            or item.kind == "q"
            or item.low == ","
        ):
            return None
    return None


def _person_end(items: Sentence, at: int, end: int) -> int:
    """The end of the person spoken to: a pronoun, a run of capitals, or a determiner and its noun."""
    if items[at].low in _PERSONS:
        return at + 1
    index = at + 1
    if items[at].low == "the" and index < end and items[index].low in DETERMINERS:
        index += 1
    named = items[at].upper and items[at].low not in DETERMINERS
    while (
        index < min(end, at + 9)
        and items[index].kind == "w"
        and _in_person(items, index, named=named)
    ):
        index += 1
    if index < end and items[index].low in AUXILIARIES and index > at + 1:
        return at + 1 + (items[at].low in DETERMINERS)
    return index


def _in_person(items: Sentence, index: int, *, named: bool) -> bool:
    item, before = items[index], items[index - 1]
    if (
        item.low in CLAUSE_STARTS
        or item.low in PREPOSITIONS
        or item.low in ("that", "to", "not")
        or item.low in AUXILIARIES
    ):
        return False
    if item.low in DETERMINERS or (named and not item.upper and item.low not in _NAME_LINKS):
        return False
    ended = before.low not in DETERMINERS and not before.upper and before.low not in _NAME_LINKS
    return not (ended and (item.upper or before.low.endswith("s")))
