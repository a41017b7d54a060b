"""How a word is looked for in a column, whatever capitals it was typed in."""

from __future__ import annotations

from django.db import models


def any_case(column: str, word: str) -> models.Q:
    """SQLite folds the case of ASCII letters only: try how names are usually spelled."""
    spellings = {word, word.lower(), word.upper(), word.title()}
    matches = models.Q()
    for spelling in sorted(spellings if not word.isascii() else {word}):
        matches |= models.Q(**{f"{column}__icontains": spelling})
    return matches
