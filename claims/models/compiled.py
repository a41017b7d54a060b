"""Named reads whose SQL is written once: for those that are asked thousands of times a second, and with every act.

Building a QuerySet and its SQL takes some ten times as long as SQLite takes to find one row by its key. What is asked
stays the named read itself; only the values in it change from one call to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connections, models, router
from django.db.models.sql.compiler import SQLCompiler

Raw = tuple[Any, ...]
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
        return self.converted(self.unconverted(text))

    def unconverted(self, text: str) -> Sequence[Raw]:
        """Return the same as the driver has it: good for telling whether it is as it was, and quicker; one query."""
        using, written = self._written_now()
        values = [text if value == self.STANDIN else value for value in written.values]
        return fetched(using, written.sql, written.sql_of_driver, values)

    def converted(self, rows: Sequence[Raw]) -> Sequence[Row]:
        """Return rows of `unconverted` as `rows` has them."""
        _, written = self._written_now()
        if not written.converters:
            return cast(Sequence[Row], rows)
        # as Django does with the rows of values_list
        made = written.compiler.apply_converters(rows, written.converters)
        return [cast(Row, tuple(row)) for row in made]

    def _written_now(self) -> tuple[str, _Written]:
        using = router.db_for_read(self._model)
        return using, self._written.get(using) or self._write(using)

    def _write(self, using: str) -> _Written:
        compiler = self._read(self.STANDIN).query.get_compiler(using)
        sql, values = compiler.as_sql()
        if self.STANDIN not in values:
            raise ValueError(f"This read cannot be compiled: {sql}")
        converters = compiler.get_converters(expression for expression, *_ in compiler.select or ())
        written = _Written(sql, of_driver(using, sql), values, compiler, converters)
        return self._written.setdefault(using, written)


@dataclass(frozen=True, slots=True)
class _Written:
    """A read as it is sent to one database, and what makes values of the rows that come back."""

    sql: str
    sql_of_driver: str
    values: tuple[Any, ...]
    compiler: SQLCompiler
    converters: dict[int, tuple[list[Any], Any]]


def of_driver(using: str, sql: str) -> str:
    """Return SQL as the driver of a database reads it: what Django does anew each time."""
    sqlite = connections[using].vendor == "sqlite"
    return sql % (("?",) * sql.count("%s")) if sqlite else sql


def fetched(using: str, sql: str, sql_of_driver: str, values: Sequence[Any]) -> list[Raw]:
    """Return what a statement returns, as the driver has it.

    Asked of the driver itself where Django is connected and nobody listens to what it asks: its own way there takes
    longer than SQLite does. What goes wrong is raised as Django's errors either way.
    """
    connection = connections[using]
    if _goes_by_django(connection):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cast(list[Raw], cursor.fetchall())
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        cursor.execute(sql_of_driver, values)
        return cast(list[Raw], cursor.fetchall())


def changed(using: str, sql: str, sql_of_driver: str, values: Sequence[Any]) -> int:
    """Return how many rows a statement wrote that returns none; by the way that `fetched` takes."""
    connection = connections[using]
    if _goes_by_django(connection):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        cursor.execute(sql_of_driver, values)
        return int(cursor.rowcount)


def _goes_by_django(connection: Any) -> bool:
    """Return whether Django has to connect first, refuse a broken transaction, or let somebody listen."""
    return bool(
        connection.connection is None
        or connection.needs_rollback
        or connection.queries_logged
        or connection.execute_wrappers
    )
