"""How much of one text stands in another: reprints of one story are told by the runs of words they share.

Each text becomes the set of its runs of five words (shingles). What counts is the share of the shorter text that
stands in the longer one, so that a reprint cut to half its length is still one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

Shingles = frozenset[int]

NEAR_IDENTICAL = 0.6
_RUN = 5
_FEWEST = 15
_LONGEST = 200_000
# Scripts without spaces between words are taken by the character.
_WORDS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def runs_of_words(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of five words of `text`, of its first 200,000 characters."""
    words = _WORDS.findall(normalize("NFKC", text[:_LONGEST]).casefold())
    return (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def shingles(text: str) -> Shingles:
    """Return the runs of words of `text`, of its first 200,000 characters."""
    return frozenset(map(hash, runs_of_words(text)))


def shared(one: Shingles, other: Shingles) -> float:
    """Return the share of the shorter text that stands in the longer, 0 to 1; 0 where one is too short to tell."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= _FEWEST else 0.0


def near_identical(one: Shingles, other: Shingles) -> bool:
    """Tell whether two texts are one story, reprinted."""
    return shared(one, other) >= NEAR_IDENTICAL
