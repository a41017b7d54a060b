"""An article's text with the claims found in it: cut into pieces that a template can mark.

Quotes overlap, touch and contain one another. Every piece therefore knows all the quotes it belongs to, and the
template writes each piece once, escaped, in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Span:
    """One quote in the text, in code points, and the number of its claim in the page's list, 0 where it has none."""

    start: int
    end: int
    number: int
    status: str = ""
    erased: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that belongs to the same quotes from end to end."""

    text: str
    spans: tuple[Span, ...] = ()
    closing: tuple[Span, ...] = ()

    @property
    def erased(self) -> str:
        """What stands in place of the words, if they may no longer be shown."""
        return next((span.erased for span in self.spans if span.erased), "")


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Piece]]:
    """Return the paragraphs of `text`, each as its pieces in order; empty ones are left out."""
    fitting = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    return [_pieces(text, start, end, fitting) for start, end in _blocks(text)]


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return where each paragraph starts and ends; the white space before the next belongs to it."""
    edges = [0, *(found.end() for found in PARAGRAPH_BREAK.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(edges) if text[start:end].strip()]


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    here = [span for span in spans if span.start < end and span.end > start]
    edges = {start, end, *(span.start for span in here), *(span.end for span in here)}
    inside = sorted(edge for edge in edges if start <= edge <= end)
    return [
        Piece(
            text[left:right],
            tuple(span for span in here if span.start < right and span.end > left),
            tuple(span for span in here if span.end == right and span.number),
        )
        for left, right in pairwise(inside)
    ]
