"""Whether an excerpt stands, word for word, in the text it is said to be taken from.

Typographic quotation marks, dashes and white space do not count, nor the marks around the whole. What was left out
is marked by "…" or "[…]"; the pieces must stand in their order.
"""

from __future__ import annotations

import re

from claims.reading.folding import fold, fold_quote

_GAP = re.compile(r"\s*[\[(]\s*(?:…|\.\.\.)\s*[\])]\s*|\s*(?:…|\.\.\.)\s*")
_MARKS = " \"'"


def stands_in(excerpt: str, text: str) -> bool:
    """Tell whether every piece of `excerpt` stands in `text`, one after the other."""
    whole, at = fold(text).text, 0
    wanted = fold_quote(excerpt)
    if wanted and wanted in whole:
        return True
    pieces = [piece for part in _GAP.split(excerpt) if (piece := fold_quote(part).strip(_MARKS))]
    for piece in pieces:
        found = whole.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return bool(pieces)
