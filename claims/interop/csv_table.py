"""Tables as CSV (RFC 4180) that no spreadsheet takes for formulas. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from unicodedata import normalize

# What a spreadsheet may begin to calculate at: OWASP's list of formula triggers, and what they fold from.
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(value: object) -> str:
    """Return a cell as text; one that a spreadsheet might calculate gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if normalize("NFKC", text).startswith(TRIGGERS) else text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table line by line, its head first, each ending with CR LF."""
    for row in chain([head], rows):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
