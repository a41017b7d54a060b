"""Values that stand in the SQL itself, for the sake of indexes that hold some of the rows.

SQLite takes such an index only where it reads in the statement which rows are meant, and what is sent along with the
statement it does not read (https://sqlite.org/partialindex.html, 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

WORD = re.compile(r"[a-z_]+", re.ASCII)


class Written(models.Value):
    """A word of one of our vocabularies. Raises ValueError for any other text."""

    def __init__(self, word: str) -> None:
        if not WORD.fullmatch(word):
            raise ValueError(f"{word!r} is no word of a vocabulary")
        super().__init__(str(word), output_field=models.CharField())

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the word in quotes, and nothing to be sent along."""
        return f"'{self.value}'", ()


def written(words: Iterable[str]) -> list[Written]:
    """Return words as they are to be asked for with `__in`, in the order in which the index names them."""
    return [Written(word) for word in words]
