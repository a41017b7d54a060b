"""Pair the quotation marks of one paragraph: straight, curly, doubled, angled and British single ones.

Every mark is looked at once, so a paragraph of nothing but quotation marks costs no more than prose.
A quotation left open runs to the end of its paragraph and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_MARK = re.compile(r"''|``|‘‘|’’|[\"“”„‟«»‘’']")
_CLOSERS = {
    '"': ('"', "”"),
    "“": ("”", '"'),
    "„": ("“", "”", '"'),
    "‟": ("”", '"'),
    "«": ("»",),
    "''": ("''",),
    "``": ("''",),
    "‘‘": ("’’",),
    "”": ("”",),
    "»": ("«",),
}
_TURNED = "”»"
_SINGLE_OPENERS = "‘'"
_SINGLE_CLOSERS = "’'"
_CLOSING_PUNCTUATION = ",.?!…"
_CLIPPED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|round|bout|n|cos)\b", re.IGNORECASE)
_POSSESSIVE_REACH = 400


class Quotation(NamedTuple):
    """A quotation with its marks (start, end) and without them (inner_start, inner_end)."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


class _Singles(NamedTuple):
    strong: list[int]
    weak: list[int]
    openers: list[int]


def find_quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of text[start:end], a single paragraph, in order."""
    marks = [(m.start(), m.group()) for m in _MARK.finditer(text, start, end)]
    if not marks:
        return []
    singles = _single_marks(text, marks, start, end)
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    skip_to = start
    for at, mark in marks:
        if at < skip_to:
            continue
        if opened:
            if mark in _CLOSERS[opened[1]]:
                at += _inner_close(text, opened, at)
                found.append(_closed(opened, at, mark))
                opened, skip_to = None, at + len(mark)
        elif mark in _CLOSERS:
            if _may_open(text, at, mark, start):
                opened = (at, mark)
        elif (close := _single_close(text, singles, at)) is not None:
            found.append(_closed((at, mark), close, "'"))
            skip_to = close + 1
    if opened and opened[1] not in _TURNED:
        inner = opened[0] + len(opened[1])
        found.append(Quotation(opened[0], end, inner, end, closed=False))
    return found


def _closed(opened: tuple[int, str], at: int, mark: str) -> Quotation:
    start, opening = opened
    return Quotation(start, at + len(mark), start + len(opening), at, closed=True)


def _inner_close(text: str, opened: tuple[int, str], at: int) -> int:
    """With "''He asked, 'Why?'''" the first of the three closes what is quoted inside."""
    return int(opened[1] == "''" and text[at : at + 3] == "'''")


def _may_open(text: str, at: int, mark: str, start: int) -> bool:
    """Not an inch mark; and a mark that mostly closes opens only right before a word."""
    before = text[at - 1] if at > start else " "
    if mark in _TURNED:
        return text[at + 1 : at + 2].isalnum() and (before.isspace() or before in "(—–")
    return mark not in ('"', "''") or not before.isdigit()


def _single_marks(text: str, marks: list[tuple[int, str]], start: int, end: int) -> _Singles:
    singles = _Singles([], [], [])
    for at, mark in marks:
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if mark in _SINGLE_CLOSERS and not after.isalnum():
            if before in _CLOSING_PUNCTUATION:
                singles.strong.append(at)
            elif before.isalnum() or before == ")":
                singles.weak.append(at)
        if mark in _SINGLE_OPENERS and _opens(text, at, before, after):
            singles.openers.append(at)
    return singles


def _opens(text: str, at: int, before: str, after: str) -> bool:
    if before.isalnum() or not (after.isalnum() or after in "[(…$£€“"):
        return False
    return not _CLIPPED.match(text, at + 1)


def _single_close(text: str, singles: _Singles, at: int) -> int | None:
    """Where the single quotation opened at `at` closes: a plural possessive is passed over if it can be."""
    index = bisect_right(singles.openers, at)
    if not index or singles.openers[index - 1] != at:
        return None
    strong, weak = _next(singles.strong, at), _next(singles.weak, at)
    if weak is None or (strong is not None and strong < weak):
        return strong
    following = _next(singles.openers, at)
    possessive = text[weak - 1] in "sS" and strong is not None and strong - weak < _POSSESSIVE_REACH
    if possessive and strong is not None and (following is None or following > strong):
        return strong
    return weak


def _next(positions: list[int], after: int) -> int | None:
    index = bisect_right(positions, after)
    return positions[index] if index < len(positions) else None
