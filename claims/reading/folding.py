"""Text folded for comparison only: quotation marks, dashes and white space of all kinds alike.

The folded text remembers where each of its characters came from, so that what is found in it can
be cut, untouched, out of the original.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

_SINGLE = "‘’‚‛′´`ʼ＇‹›"
_DOUBLE = "“”„‟″«»＂"
_DASHES = "‐‑‒–—―−﹘－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FOLDS = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_INVISIBLE, ""),
    "…": "...",
}
_SPECIAL = re.compile(rf"(\s+)|[{re.escape(''.join(_FOLDS))}]")


@dataclass(frozen=True)
class Folded:
    """A folded text and, for each of its characters, the position it came from."""

    text: str
    at: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the range in the original of a range that is not empty."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold `text`, in time linear in its length."""
    parts: list[str] = []
    at: list[int] = []
    done = 0
    for match in _SPECIAL.finditer(text):
        parts.append(text[done : match.start()])
        at.extend(range(done, match.start()))
        folded = " " if match[1] else _FOLDS[match[0]]
        parts.append(folded)
        at.extend([match.start()] * len(folded))
        done = match.end()
    parts.append(text[done:])
    at.extend(range(done, len(text)))
    return Folded("".join(parts), at)


def fold_quote(exact: str) -> str:
    """Fold words to be looked for, whose Unicode form and outer blanks do not matter."""
    return fold(normalize("NFC", exact)).text.strip()
