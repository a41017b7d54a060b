"""Named reads whose SQL is written once: for the few that are asked thousands of times a second.

Building a QuerySet and its SQL takes some ten times as long as SQLite takes to find one row by its key. What is asked
stays the named read itself; only the values in it change from one call to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections, models, router

Row = TypeVar("Row", bound=tuple[Any, ...])


class Compiled(Generic[Row]):
    """A read of rows of `model` by one text, such as an id; `read` returns its QuerySet, made of values_list.

    The text may stand in the read more than once. Raises ValueError where the SQL does not hold it, or where values
    would have to be converted on their way from the database: such a read cannot be compiled so.
    """

    STANDIN = "\N{REPLACEMENT CHARACTER}"

    def __init__(
        self, model: type[models.Model], read: Callable[[str], models.QuerySet[Any, Row]]
    ) -> None:
        self._model, self._read = model, read
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def rows(self, text: str) -> Sequence[Row]:
        """Return what the read finds for `text`; one query."""
        using = router.db_for_read(self._model)
        sql, values = self._written.get(using) or self._write(using)
        with connections[using].cursor() as cursor:
            cursor.execute(sql, [text if value == self.STANDIN else value for value in values])
            rows: Sequence[Row] = cursor.fetchall()
        return rows

    def _write(self, using: str) -> tuple[str, tuple[Any, ...]]:
        found = self._read(self.STANDIN)
        compiler = found.query.get_compiler(using)
        sql, values = compiler.as_sql()
        if self.STANDIN not in values or compiler.get_converters(
            expression for expression, *_ in compiler.select or ()
        ):
            raise ValueError(f"This read cannot be compiled: {sql}")
        return self._written.setdefault(using, (sql, values))
