"""An article's text in paragraphs, cut where marks begin and end: no character is lost, and marks may nest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

BREAK = "\n\n"


class Marked(Protocol):
    """Something that stands in a text, from one code point up to another."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Mark = TypeVar("Mark", bound=Marked)


@dataclass(frozen=True, slots=True)
class Piece(Generic[Mark]):
    """A run of text within the same marks, the widest first, and those that end behind it."""

    text: str
    marks: tuple[Mark, ...]
    ending: tuple[Mark, ...]

    @property
    def inmost(self) -> Mark | None:
        """The narrowest mark around it: what a click on these words means."""
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[Mark]):
    """One paragraph; `start` is the code point of the text at which it begins."""

    start: int
    text: str
    marks: list[Mark] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The code point behind it."""
        return self.start + len(self.text)

    def pieces(self) -> Iterator[Piece[Mark]]:
        """Yield its text in pieces."""
        edges = {edge for mark in self.marks for edge in (mark.start, mark.end)}
        inside = {edge for edge in edges if self.start < edge < self.end}
        cuts = sorted(inside | {self.start, self.end})
        waiting = sorted(self.marks, key=lambda mark: mark.start, reverse=True)
        around: list[Mark] = []
        for start, end in pairwise(cuts):
            around = [mark for mark in around if mark.end > start]
            while waiting and waiting[-1].start <= start:
                around.append(waiting.pop())
            around.sort(key=lambda mark: mark.start - mark.end)
            ending = tuple(mark for mark in around[::-1] if mark.end == end)
            words = self.text[start - self.start : end - self.start]
            yield Piece(words, tuple(around), ending)


def paragraphs_of(text: str, marks: Iterable[Mark]) -> list[Paragraph[Mark]]:
    """Return the text by paragraph, each with the marks that cover some of it."""
    paragraphs: list[Paragraph[Mark]] = []
    at = 0
    for words in text.split(BREAK):
        paragraphs.append(Paragraph(at, words))
        at += len(words) + len(BREAK)
    starts = [paragraph.start for paragraph in paragraphs]
    for mark in marks:
        first = bisect_right(starts, mark.start) - 1
        for paragraph in paragraphs[first:]:
            if paragraph.start >= mark.end:
                break
            paragraph.marks.append(mark)
    return paragraphs
