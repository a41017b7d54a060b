"""Named reads whose SQL is written once: for the few that are asked thousands of times a second.

Building a QuerySet and its SQL takes some ten times as long as SQLite takes to find one row by its key. What is asked
stays the named read itself; only the values in it change from one call to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Generic, TypeVar, cast

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from claims.models.compiled_sending import Statement
from claims.models.compiled_values import Converter, converter_of

Raw = tuple[Any, ...]
Row = TypeVar("Row", bound=tuple[Any, ...])


class Read:
    """A read of rows of `model` by values of these kinds, such as an id; `read` returns its QuerySet.

    Each value may stand in the read more than once. Raises ValueError where its SQL does not hold one of them.
    """

    def __init__(
        self,
        model: type[models.Model],
        read: Callable[..., models.QuerySet[Any, Any]],
        *,
        kinds: Sequence[type] = (str,),
    ) -> None:
        self._model, self._read, self._kinds = model, read, kinds
        self._written: dict[str, Written] = {}

    def unconverted(self, *values: Any) -> Sequence[Raw]:
        """Return what the read finds for these values as the driver has it; one query."""
        return self._asked(values)[1]

    def _asked(self, values: Sequence[Any]) -> tuple[Written, Sequence[Raw]]:
        written = self._written_now()
        connection = connections[written.using]
        sent = written.with_values(values, connection)
        return written, written.statement.fetched(connection, sent)

    def _written_now(self) -> Written:
        using = router.db_for_read(self._model)
        return self._written.get(using) or self._write(using)

    def _write(self, using: str) -> Written:
        connection = connections[using]
        standins = [STANDINS[kind](place) for place, kind in enumerate(self._kinds)]
        compiler = self._read(*standins).query.get_compiler(using)
        sql, values = compiler.as_sql()
        sent = [_as_sent(standin, connection) for standin in standins]
        holes = [(at, sent.index(value)) for at, value in enumerate(values) if value in sent]
        if {place for _, place in holes} != set(range(len(sent))):
            raise ValueError(f"This read cannot be compiled: {sql}")
        found = compiler.get_converters(expression for expression, *_ in compiler.select or ())
        converters = [(at, converter_of(connection, *found[at])) for at in found]
        by_keys = all(kind is int for kind in self._kinds)
        statement = Statement.on(connection, sql, prepared=by_keys)
        written = Written(using, statement, [*map(_bare, values)], holes, compiler, converters)
        return self._written.setdefault(using, written)


class Compiled(Read, Generic[Row]):
    """A read made of values_list. What is `unconverted` tells whether it is as it was, and is quicker."""

    def __init__(
        self,
        model: type[models.Model],
        read: Callable[..., models.QuerySet[Any, Row]],
        *,
        kinds: Sequence[type] = (str,),
    ) -> None:
        super().__init__(model, read, kinds=kinds)

    def rows(self, *values: Any) -> Sequence[Row]:
        """Return what the read finds for these values; one query."""
        written, rows = self._asked(values)
        return [cast(Row, tuple(row)) for row in written.converted(rows)]

    def converted(self, rows: Sequence[Raw]) -> Sequence[Row]:
        """Return rows of `unconverted` as `rows` has them."""
        return [cast(Row, tuple(row)) for row in self._written_now().converted(rows)]

    def any(self, *values: Any) -> bool:
        """Return whether the read finds anything; one query."""
        return bool(self.unconverted(*values))


# What stands in a read for a value of each kind while its SQL is written: nothing that anybody would ask for.
STANDINS: dict[type, Callable[[int], Any]] = {
    str: lambda place: f"\N{REPLACEMENT CHARACTER}{place}",
    int: lambda place: 2_000_000_000 + place,
    # a moment is a day, too, and comes first
    datetime: lambda place: datetime(9000, 1, 1, place, tzinfo=UTC),
    date: lambda place: date(9000, 1, 1 + place),
}


AS_IT_IS = (int, str)


def _bare(value: Any) -> Any:
    """Return a word of a vocabulary as the text it is: drivers look long for how to send the other."""
    return value.value if isinstance(value, Enum) else value


def _as_sent(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return a value as Django has it sent to the database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Written:
    """A read as it is sent to one database, and what makes values of the rows that come back.

    `holes` says where among its values which of those asked for stands.
    """

    using: str
    statement: Statement
    values: list[Any]
    holes: list[tuple[int, int]]
    compiler: SQLCompiler
    converters: list[tuple[int, Converter]]

    def converted(self, rows: Sequence[Raw]) -> Iterable[Sequence[Any]]:
        """Return rows with the values that Django makes of them."""
        return map(self._made_of, rows) if self.converters else rows

    def _made_of(self, row: Raw) -> list[Any]:
        made = list(row)
        for at, convert in self.converters:
            made[at] = convert(made[at])
        return made

    def with_values(self, values: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
        """Return what is sent to ask for these values."""
        sent = self.values.copy()
        for at, place in self.holes:
            value = values[place]
            sent[at] = value if type(value) in AS_IT_IS else _as_sent(value, connection)
        return sent
