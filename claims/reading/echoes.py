"""Where the words of one text stand in another, in their order and without a gap.

Only words count: runs of letters and digits, whatever their capitals and accents. So quotation marks, hyphens, kinds
of blanks and line ends make no difference, and the place found is that of the words in the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from unicodedata import category, combining, normalize

FEWEST = 3  # words: fewer come together by chance
_WORD = re.compile(r"[^\W_]+")


def find_echo(text: str, words: str) -> tuple[int, int] | None:
    """Return from where to where in `text`, in code points, the words of `words` stand; None where they do not.

    The end takes in the marks that belong to the last letter.
    """
    wanted = [word for word, _, _ in _words(words)]
    if len(wanted) < FEWEST:
        return None
    found = list(_words(text))
    spoken = [word for word, _, _ in found]
    for at in range(len(spoken) - len(wanted) + 1):
        if spoken[at] == wanted[0] and spoken[at : at + len(wanted)] == wanted:
            return found[at][1], _past_marks(text, found[at + len(wanted) - 1][2])
    return None


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text):
        apart = normalize("NFKD", match[0].lower())
        yield "".join(sign for sign in apart if not combining(sign)), *match.span()


def _past_marks(text: str, end: int) -> int:
    marks = (at for at in range(end, len(text)) if not category(text[at]).startswith("M"))
    return next(islice(marks, 1), len(text))
