"""Cut a paragraph into sentences of items: words, punctuation marks, and whole quotations as one item.

A quotation is opaque: what stands inside it is what somebody said, never a reporting word of the
article. Sentences are capped, so that no later rule ever looks further than a fixed distance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims.reading.datelines import find_dateline
from claims.reading.quotations import Quotation, find_quotations

MAX_ITEMS = 140

_TITLES = (
    "Mr|Mrs|Ms|Dr|Prof|Sen|Gov|Reps?|Sens|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|St|Jr|Sr|Inc|Corp|Co|Ltd|vs|"
    "Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|Rev|Hon|Messrs|Supt|Mass|Calif|Fla|Pa|Ill|Tex|Conn|Va|Wis|Mich"
)
_TOKEN = re.compile(
    r"(?P<abbr>(?:[^\W\d_]\.){2,}|(?:" + _TITLES + r")\.|[^\W\d_]\.(?=\s))"
    r"|(?P<word>[@#]?[^\W\d_]\w*(?:[-&]\w+|['’](?!(?:s|re|ve|ll|d|m|t)\b)\w+)*(?:(?<=s)['’](?=\s))?)"
    r"|(?P<clitic>['’](?:s|re|ve|ll|d|m|t)\b)"
    r"|(?P<number>[$£€]?\d+(?:[.,:]\d+)*(?:[-%]|\w+)*)"
    r"|(?P<mark>--+|\S)"
)
_INNER_CLOSERS = ("]", "'", "’")
_NOT_PRONOUNS = frozenset(("US", "IT", "WHO"))
_LONGEST_DATELINE = 160
_ENDERS = ".?!…"
_ENDERS_AND_COMMA = frozenset(".?!…,")
_OPENING_WORDS = frozenset(
    "the he she they it in but a an and on at his her their this that these there when if we i for "
    "as with after while according".split()
)


class Item(NamedTuple):
    """One word (w), punctuation mark (p) or quotation (q); `low` is its lower-case text, or q's last sign.

    `unclosed` is a quotation that its paragraph does not end.
    """

    kind: str
    low: str
    start: int
    end: int
    upper: bool
    inner_start: int
    inner_end: int
    unclosed: bool = False


Sentence = list[Item]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the non-empty lines of a text."""
    for match in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        if not match.group().isspace():
            yield match.span()


def past_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph begins behind "NEW YORK, Dec. 11 (UPI) —"; its start when there is none."""
    head = text[start : min(end, start + _LONGEST_DATELINE)]
    first = head.lstrip()
    dateline = find_dateline(first) if first[:1].isupper() else None
    if dateline is None:
        return start
    behind = start + len(head) - len(first) + len(dateline.written)
    return behind if behind < end else start


def sentences(text: str, start: int, end: int) -> list[Sentence]:
    """The sentences of the paragraph text[start:end]."""
    start = past_dateline(text, start, end)
    found: list[Sentence] = []
    current: Sentence = []
    items = list(_items(text, start, end))
    for index, item in enumerate(items):
        current.append(item)
        if len(current) >= MAX_ITEMS or _ends(items, index):
            found.append(current)
            current = []
    return found


def _items(text: str, start: int, end: int) -> Iterator[Item]:
    at = start
    for quotation in find_quotations(text, start, end):
        yield from _tokens(text, at, quotation.start)
        at = quotation.end
        if quotation.inner_end > quotation.inner_start:
            yield _quotation_item(text, quotation)
    yield from _tokens(text, at, end)


def _quotation_item(text: str, quotation: Quotation) -> Item:
    inner_start, inner_end = trimmed(text, quotation.inner_start, quotation.inner_end)
    last = text[inner_end - 1] if inner_end > inner_start else ""
    if last in _INNER_CLOSERS and inner_end - inner_start > 2:
        last = text[inner_end - 2]
    if text.endswith(("...", ". ."), inner_start, inner_end):
        last = "…"
    upper = not text[inner_start : inner_start + 1].islower()
    span = (quotation.start, quotation.end)
    return Item("q", last, *span, upper, inner_start, inner_end, not quotation.closed)


def trimmed(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """The span without white space, and without the signs in `also`, at its edges."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(also + " \t\xa0\u2009\u202f"))
    right = len(piece.rstrip(also + " \t\xa0\u2009\u202f"))
    return (start + left, start + right) if right > left else (start, start)


def _tokens(text: str, start: int, end: int) -> Iterator[Item]:
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        word = match.group()
        kind = "p" if match.lastgroup == "mark" else "w"
        low = word if word in _NOT_PRONOUNS else word.lower().replace("’", "'")
        low = "—" if low.startswith("--") else low
        yield Item(kind, low, first, last, word[0].isupper(), first, last)


def _ends(items: Sentence, index: int) -> bool:
    """Whether a sentence ends with this item, judged by the two items around it."""
    item = items[index]
    following = items[index + 1] if index + 1 < len(items) else None
    if following is None:
        return True
    starts = following.upper or following.kind == "q" or following.low[0].isdigit()
    if item.kind == "q":
        return item.low in _ENDERS and item.low != "" and starts and not _attributes(items, index)
    if item.kind == "w":
        opens = following.low in (_ENDERS_AND_COMMA if following.kind == "q" else _OPENING_WORDS)
        return item.low.endswith(".") and following.upper and opens
    return item.low in _ENDERS and starts


def _attributes(items: Sentence, index: int) -> bool:
    """Whether a question or exclamation goes on into its own attribution ("Why?" Mr. Smith asked.)."""
    if items[index + 1].kind == "q":
        return False
    window = items[index + 1 : index + 9]
    for at, item in enumerate(window):
        if item.kind == "q":
            return False
        if item.low == "told" and items[index].low != ".":
            return all(told.low != "that" for told in window[at + 1 :])
        if item.low in _ASKS:
            following = window[at + 1].low if at + 1 < len(window) else "."
            return following == "." if items[index].low == "." else following not in _GOES_ON
        if item.low in ".?!;:":
            return False
    return False


_ASKS = frozenset(
    """asked said says wrote tweeted added shouted yelled replied exclaimed continued joked asks responded told
    questioned wondered explained recalled announced went goes replies shouts yells exclaims wonders demanded demands
    screamed screams cried cries barked bellowed chanted pleaded quipped quips retorted interjected insisted adds
    repeated concluded declared declares laughed sighed snapped""".split()
)
_GOES_ON = frozenset("that he she they it the a an there whether if his her their".split())
