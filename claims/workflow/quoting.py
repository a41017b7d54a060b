"""What quotes an erased value where nobody else looks: reports of imports, drafts of forms. Part of a redaction."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.models import Draft, ImportRow
from claims.workflow.forgetting import ERASED

# A report quotes what a file said up to so many characters at the least.
CUT = 38
# Shorter values than these stand everywhere by chance, unless they are names.
TELLING = 8


def forget_quotes(values: Iterable[tuple[str, str]]) -> None:
    """Erase values, each given with its name, from what quotes them word for word; the rest of it stays."""
    for name, value in values:
        if value.strip() and (name.endswith("_name") or len(value) >= TELLING):
            _forget_in_drafts(value)
            _forget_in_reasons(value)


def _forget_in_drafts(value: str) -> None:
    quote = _quote(value)
    for draft in Draft.objects.filter(value__contains=_longest_word(value)):
        without = quote.sub(ERASED, draft.value)
        if without != draft.value:
            Draft.objects.filter(pk=draft.pk).update(value=without)


def _forget_in_reasons(value: str) -> None:
    """A reason that quotes only the beginning goes as a whole: nobody can tell where the quote ends."""
    beginning = value[:CUT].rsplit(maxsplit=1)[0]
    quote = _quote(value)
    begun = _quote(beginning, ends=False) if len(value) > CUT else None
    for row in ImportRow.objects.filter(reason__contains=_longest_word(beginning)):
        without = quote.sub(ERASED, row.reason)
        reason = ERASED if begun and begun.search(without) else without
        if reason != row.reason:
            ImportRow.objects.filter(pk=row.pk).update(reason=reason)


def _longest_word(text: str) -> str:
    """Return what the database can look for: lines may be broken otherwise than in the value."""
    return max(text.split(), key=len)


def _quote(text: str, *, ends: bool = True) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<!\w){words}" + (r"(?!\w)" if ends else ""))
