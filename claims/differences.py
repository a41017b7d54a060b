"""What differs between two texts, word by word: pure, for whoever shows one beside the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row: kept by both texts, only in the old one, or only in the new one."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Run]:
    """Return the runs of `kept`, `gone` and `come` words that lead from `old` to `new`.

    Texts of more than 4,000 words each are not compared by words: the whole of one is gone, of the other come.
    """
    before, after = WORDS.findall(old), WORDS.findall(new)
    if max(len(before), len(after)) > LONGEST:
        return [Run("gone", old), Run("come", new)] if old != new else [Run("kept", old)]
    return list(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Run("kept", "".join(before[a:b]))
            continue
        if a < b:
            yield Run("gone", "".join(before[a:b]))
        if c < d:
            yield Run("come", "".join(after[c:d]))
