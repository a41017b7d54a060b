"""What differs between two texts, word by word: pure, for whoever shows one beside the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word goes with the space behind it, so that a run is read as a phrase; its full stop is a thing of its own.
WORDS, LINES = re.compile(r"\s+|(?:\w+|[^\w\s])\s*"), re.compile(r"[^\n]*\n|[^\n]+")
AFFORDABLE = (
    300_000  # pairs of equal words that are looked at; a text of 20,000 characters has some 100,000
)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row: kept by both texts, only in the old one, or only in the new one."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Run]:
    """Return the runs of `kept`, `gone` and `come` words that lead from `old` to `new`, in reading order.

    Where words repeat so much that comparing each would take long, lines are compared, and then the texts as wholes.
    """
    for pattern in (WORDS, LINES):
        before, after = pattern.findall(old), pattern.findall(new)
        if _pairs(before, after) <= AFFORDABLE:
            return list(_runs(before, after))
    return list(_runs([old], [new]))


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    counted = Counter(after)
    return sum(number * counted[word] for word, number in Counter(before).items())


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Run("kept", "".join(before[a:b]))
            continue
        if a < b:
            yield Run("gone", "".join(before[a:b]))
        if c < d:
            yield Run("come", "".join(after[c:d]))
