"""Reads attributed statements marked up in BRAT files (PolNeAR's layout) as what a reader ought to find.

A gold item is one Attribution event with a Content span. Spans are compared as sets of letter and digit
positions, so that quotation marks, spaces and edge punctuation never matter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]
Letters = frozenset[int]

_WORKING_PERCENT = 60
_ANNOTATOR = re.compile(r"_[0-9a-z]{4}$")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_SAYING = frozenset(
    """say tell claim state announce add note point stress warn confirm deny report declare assert argue insist
    allege accuse accord write tweet ask answer reply respond explain comment suggest acknowledge admit concede
    describe call mention remark observe recall quote cite predict promise vow pledge urge demand criticize blame
    praise dismiss reject charge contend maintain reiterate repeat emphasize testify conclude reveal disclose
    estimate caution complain joke quip tout boast brag slam blast rip mock attack condemn denounce defend refer
    label dub address discuss talk speak read post release issue statement allegation announcement argument
    speech declaration interview question warning accusation speculate apologize agree disagree indicate show find
    recount relate shout yell interject counter retort rebut advise propose recommend""".split()
)
_IRREGULAR = {
    "said": "say",
    "says": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "spoke": "speak",
    "spoken": "speak",
    "shown": "show",
    "found": "find",
    "denied": "deny",
    "replied": "reply",
    "testified": "testify",
}
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("d", ""),
)


@dataclass(frozen=True)
class GoldItem:
    """One statement a reader ought to find."""

    letters: Letters
    source: str | None
    kind: str
    said: bool
    nested: bool = False


@dataclass(frozen=True)
class GoldArticle:
    """A text with its gold items; letters under `discard` are not scored."""

    name: str
    text: str
    quoted: bytearray = field(repr=False)
    items: tuple[GoldItem, ...]
    discard: Letters

    @property
    def words(self) -> int:
        """The number of words, as separated by white space."""
        return len(self.text.split())


def words_of(text: str | None) -> list[str]:
    """The words of a string, case-folded, with straight apostrophes."""
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text or "")]


def letters_of(text: str, fragments: Iterable[Span]) -> Letters:
    """The positions of letters and digits inside the fragments."""
    return frozenset(
        at
        for start, end in fragments
        for at in range(start, min(end, len(text)))
        if text[at].isalnum()
    )


def quotation_kind(quoted: bytearray, letters: Letters) -> str:
    """Direct, indirect or mixed, by the share of letters inside double quotation marks."""
    share = sum(quoted[at] for at in letters) / max(1, len(letters))
    if share >= 0.9:
        return "direct"
    return "mixed" if share else "indirect"


def in_share(name: str, share: str) -> bool:
    """Whether an article belongs to the share: a fixed split by the hash of its name."""
    digest = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    working = digest % 100 < _WORKING_PERCENT
    return share == "all" or working == (share == "working")


def read_gold(folder: Path, share: str = "all") -> list[GoldArticle]:
    """The articles of a share that hold at least one gold item."""
    articles = (_read_article(path) for path in sorted(folder.rglob("attributions/*.ann")))
    return [article for article in articles if article.items and in_share(article.name, share)]


def _read_article(path: Path) -> GoldArticle:
    texts = path.parent.parent / "text"
    names = (path.stem, _ANNOTATOR.sub("", path.stem))
    name = next(name for name in names if (texts / f"{name}.txt").exists())
    with (texts / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    spans, events, discard = _read_lines(path)
    quoted = _quoted(text)
    items = [item for event in events if (item := _item(text, quoted, spans, event)).letters]
    return GoldArticle(name, text, quoted, tuple(_mark_nested(items)), letters_of(text, discard))


def _read_lines(path: Path) -> tuple[dict[str, list[Span]], list[list[list[str]]], list[Span]]:
    spans: dict[str, list[Span]] = {}
    events: list[list[list[str]]] = []
    discard: list[Span] = []
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if len(fields) < 2:
                continue
            if re.fullmatch(r"T\d+", fields[0]):
                kind, _, places = fields[1].partition(" ")
                spans[fields[0]] = sorted(_span(place) for place in places.split(";"))
                discard += spans[fields[0]] if kind == "Discard" else []
            elif re.fullmatch(r"E\d+", fields[0]):
                events.append([part.split(":") for part in fields[1].split()])
    return spans, events, discard


def _span(place: str) -> Span:
    start, end = place.split()
    return int(start), int(end)


def _item(
    text: str, quoted: bytearray, spans: dict[str, list[Span]], event: list[list[str]]
) -> GoldItem:
    def role(name: str) -> list[Span]:
        return sorted(
            s for key, span in event if key.rstrip("0123456789") == name for s in spans[span]
        )

    def written(places: list[Span]) -> str | None:
        return " ".join(text[start:end] for start, end in places) or None

    letters = letters_of(text, role("Content"))
    said = any(_lemma(word) in _SAYING for word in words_of(written(role("Cue"))))
    return GoldItem(letters, written(role("Source")), quotation_kind(quoted, letters), said)


def _mark_nested(items: list[GoldItem]) -> Iterator[GoldItem]:
    for item in items:
        nested = any(item.letters < other.letters for other in items)
        yield GoldItem(item.letters, item.source, item.kind, item.said, nested)


def _lemma(word: str) -> str:
    word = word.split("'")[0]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] + instead in _SAYING:
            return word[: -len(ending)] + instead
    if word.endswith(("ing", "ed")):
        stem = word[:-3] if word.endswith("ing") else word[:-2]
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in _SAYING:
            return stem[:-1]
    return word


def _quoted(text: str) -> bytearray:
    """Which characters stand inside double quotation marks, paragraph by paragraph."""
    mask = bytearray(len(text))
    for paragraph in re.finditer(r"[^\n]+", text):
        inside = False
        for at in range(*paragraph.span()):
            inside, mark = _after_character(text, at, inside=inside)
            mask[at] = inside and not mark
    return mask


def _after_character(text: str, at: int, *, inside: bool) -> tuple[bool, bool]:
    """Whether a quotation is open behind this character, and whether the character is a mark."""
    character = text[at]
    if character == "'" and (text[at + 1 : at + 2] == "'" or text[at - 1] == "'"):
        return inside ^ (text[at + 1 : at + 2] == "'"), True
    if character in "“”":
        return character == "“", True
    return (not inside, True) if character == '"' else (inside, False)
