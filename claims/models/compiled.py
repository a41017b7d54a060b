"""Named reads whose SQL is written once: for the few that are asked thousands of times a second.

Building a QuerySet and its SQL takes some ten times as long as SQLite takes to find one row by its key. What is asked
stays the named read itself; only the values in it change from one call to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connections, models, router
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=tuple[Any, ...])


class Compiled(Generic[Row]):
    """A read of rows of `model` by one text, such as an id; `read` returns its QuerySet, made of values_list.

    The text may stand in the read more than once. Raises ValueError where its SQL does not hold it.
    """

    STANDIN = "\N{REPLACEMENT CHARACTER}"

    def __init__(
        self, model: type[models.Model], read: Callable[[str], models.QuerySet[Any, Row]]
    ) -> None:
        self._model, self._read = model, read
        self._written: dict[str, _Written] = {}

    def rows(self, text: str) -> Sequence[Row]:
        """Return what the read finds for `text`; one query."""
        using = router.db_for_read(self._model)
        written = self._written.get(using) or self._write(using)
        with connections[using].cursor() as cursor:
            values = [text if value == self.STANDIN else value for value in written.values]
            cursor.execute(written.sql, values)
            rows = cursor.fetchall()
        if not written.converters:
            return cast(Sequence[Row], rows)
        # as Django does with the rows of values_list
        converted = written.compiler.apply_converters(rows, written.converters)
        return [cast(Row, tuple(row)) for row in converted]

    def _write(self, using: str) -> _Written:
        compiler = self._read(self.STANDIN).query.get_compiler(using)
        sql, values = compiler.as_sql()
        if self.STANDIN not in values:
            raise ValueError(f"This read cannot be compiled: {sql}")
        converters = compiler.get_converters(expression for expression, *_ in compiler.select or ())
        return self._written.setdefault(using, _Written(sql, values, compiler, converters))


@dataclass(frozen=True, slots=True)
class _Written:
    """A read as it is sent to one database, and what makes values of the rows that come back."""

    sql: str
    values: tuple[Any, ...]
    compiler: SQLCompiler
    converters: dict[int, tuple[list[Any], Any]]
