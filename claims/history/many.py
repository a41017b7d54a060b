"""Rows of the history as the engines take them: by COPY on PostgreSQL, by prepared INSERTs of many rows on SQLite.

Django builds an INSERT column by column, which takes several times as long as the database does. Every guard stands
while this writes; who may call it is settled by a house rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection, models

from claims.models.compiled_sending import Statement

# From so many rows on; on PostgreSQL a COPY takes two ways there and back, and the keys one.
MANY = 20
# Rows that SQLite is given by one statement. Where a trigger may refuse a row, it keeps for each statement how the
# pages were that this changes (measured of entries: 27 microseconds alone, 19 of fifty at once).
AT_ONCE = 50
RESERVED = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
LAST_KEY = "SELECT seq FROM sqlite_sequence WHERE name = %s"
Values = tuple[Any, ...]
Column = models.Field[Any, Any]


@cache
def columns_of(model: type[models.Model], *, keyed: bool = True) -> tuple[Column, ...]:
    """Return the columns that are written; not `keyed`, the database numbers the rows itself."""
    fields = model._meta.concrete_fields
    return tuple(one for one in fields if keyed or not isinstance(one, models.AutoField))


@cache
def _reader(model: type[models.Model], *, keyed: bool) -> Callable[[models.Model], Values]:
    """Return what turns an instance into the values of its columns as the engine takes them."""
    columns = columns_of(model, keyed=keyed)
    read: Callable[[dict[str, Any]], Values] = itemgetter(*(one.attname for one in columns))
    dated = [at for at, one in enumerate(columns) if isinstance(one, models.DateField)]
    if connection.vendor == "postgresql" or not dated:
        return lambda one: read(vars(one))

    def in_text(one: models.Model) -> Values:
        values = list(read(vars(one)))
        for at in dated:
            values[at] = _in_text(values[at])
        return tuple(values)

    return in_text


def _in_text(value: Any) -> Any:
    """Return a day or a moment as Django writes it on SQLite, the moment without +00:00; anything else as it is."""
    if isinstance(value, datetime):
        return str(value if value.tzinfo is UTC else value.astimezone(UTC))[:-6]
    return str(value) if isinstance(value, date) else value


def values_of(rows: Iterable[models.Model], *, keyed: bool = True) -> list[Values]:
    """Return rows of one model as the tuples that `write` takes."""
    rows = list(rows)
    return [*map(_reader(type(rows[0]), keyed=keyed), rows)] if rows else []


def plain(*values: Any) -> Values:
    """Return single values as `write` takes them."""
    return values if connection.vendor == "postgresql" else tuple(map(_in_text, values))


def write(model: type[models.Model], rows: Sequence[Values], *, keyed: bool = True) -> None:
    """Write rows of one model. The caller is inside a transaction."""
    if not rows:
        return
    if len(rows) < MANY or connection.vendor != "postgresql":
        for some in (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE)):
            values = [value for row in some for value in row]
            _of_few(connection.alias, model, len(some), keyed=keyed).changed(connection, values)
        return
    into, _ = _into(model, keyed=keyed)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {into} FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _into(model: type[models.Model], *, keyed: bool) -> tuple[str, str]:
    """Return table and columns, and what stands for the values of a row; the names are those of our own tables."""
    quoted, columns = connection.ops.quote_name, columns_of(model, keyed=keyed)
    names = ", ".join(quoted(str(one.column)) for one in columns)
    return f"{quoted(model._meta.db_table)} ({names})", f"({', '.join(['%s'] * len(columns))})"


@cache
def _of_few(_alias: str, model: type[models.Model], number: int, *, keyed: bool) -> Statement:
    """Return the one statement that writes so many rows: all of them or, where one is refused, none."""
    into, marks = _into(model, keyed=keyed)
    sql = f"INSERT INTO {into} VALUES {', '.join([marks] * number)}"  # noqa: S608
    return Statement.on(connection, sql)


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write new rows, each of which has its key then. The caller is inside a transaction, on SQLite an immediate one.

    What they name may have got its key after they were made.
    """
    new = list(rows)
    _carry_keys(model, new)
    if len(new) < MANY:
        model._default_manager.bulk_create(new)
        return
    if model._meta.auto_field:
        for one, key in zip(new, _reserved(model, len(new)), strict=True):
            one.pk = key
    write(model, values_of(new))
    for one in new:
        one._state.adding, one._state.db = False, connection.alias


def _carry_keys(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    named = [(one.name, one.attname) for one in columns_of(model) if one.is_relation]
    for row in rows:
        values, at_hand = vars(row), row._state.fields_cache
        for name, attname in named:
            if values[attname] is None and at_hand.get(name) is not None:
                values[attname] = at_hand[name].pk


def _reserved(model: type[models.Model], number: int) -> Iterable[int]:
    """Return keys that nobody else will be given, in order; on SQLite because nobody else writes until the commit."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(RESERVED, [connection.ops.quote_name(table), key, number])
            return [given for (given,) in cursor.fetchall()]
        cursor.execute(LAST_KEY, [table])
        last = cursor.fetchone()
    first = last[0] + 1 if last else 1
    return range(first, first + number)
