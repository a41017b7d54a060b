"""Rows that acts write a few at a time, by SQL that is written once for each kind of row.

They are written by the same words as all others, `bulk_create` and `save`, and with the same outcome: what cannot be
written so goes Django's way. What is left out is the building of a statement that is always the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, cast

from django.db import DatabaseError, connections, models, router, transaction
from django.db.models.constants import OnConflict
from django.db.models.expressions import DatabaseDefault
from django.db.models.fields import Field
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLCompiler

from claims.models.compiled_sending import Statement

FEW = 16
# What a column takes as it is, or as its driver makes of it the same as Django does.
AS_IT_IS: dict[type[models.Field[Any, Any]], frozenset[type]] = {
    models.CharField: frozenset({str}),
    models.TextField: frozenset({str}),
    models.IntegerField: frozenset({int}),
    models.AutoField: frozenset({int}),
    models.BooleanField: frozenset({bool}),
    models.BinaryField: frozenset({bytes}),
    models.ForeignKey: frozenset({int}),
}
Upsert = tuple[
    tuple[str, ...], tuple[str, ...]
]  # by which columns a row is known, and what is then written anew


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, by the name of its value, and of which kinds a value is sent as it is."""

    field: Field[Any, Any]
    name: str
    as_it_is: frozenset[type]
    is_moment: bool
    may_be_left_out: bool  # where the database knows it itself

    def sent(self, row: models.Model, connection: Any, *, add: bool) -> Any:
        """Return what is sent to the database for the column of a row."""
        held = row.__dict__
        value = held[self.name] if self.name in held else getattr(row, self.name)
        if isinstance(value, Enum):
            value = value.value
        if value is None or type(value) in self.as_it_is:
            return value
        if self.is_moment and type(value) is datetime and value.tzinfo is UTC:
            return str(value)[:-6] if connection.vendor == "sqlite" else value
        field = self.field
        return field.get_db_prep_save(field.pre_save(row, add), connection=connection)


Columns = tuple[_Column, ...]


@dataclass(frozen=True, slots=True)
class _Insert:
    """A statement as it is sent to one database, and the columns it returns, which the database knows first."""

    statement: Statement
    columns: Columns
    by_column: bool  # as PostgreSQL takes several rows
    returned: Sequence[Field[Any, Any]]
    compiler: SQLCompiler
    converters: dict[int, tuple[list[Any], Any]]

    def send(self, connection: Any, rows: Sequence[models.Model]) -> None:
        """Write rows, row by row or column by column."""
        values = [
            [column.sent(row, connection, add=True) for column in self.columns] for row in rows
        ]
        given: list[Any] = [value for row in values for value in row]
        if self.by_column:
            given = [list(column) for column in zip(*values, strict=True)]
        if not self.returned:
            self.statement.changed(connection, given)
            return
        found: Iterable[Sequence[Any]] = self.statement.fetched(connection, given)
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        for row, told in zip(rows, found, strict=True):
            for field, value in zip(self.returned, told, strict=True):
                setattr(row, field.attname, value)


_inserts: dict[tuple[Any, ...], _Insert] = {}
_updates: dict[tuple[Any, ...], tuple[Statement, Columns]] = {}


class WritesFewRows:
    """For a QuerySet before its base: rows that mostly come in few at a time."""

    db: str
    _for_write: bool

    def bulk_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,  # noqa: FBT001, FBT002  (as Django has it)
        update_conflicts: bool = False,  # noqa: FBT001, FBT002
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Any]:
        """Write new rows, as Django does; a few at a time quickly."""
        rows = list(objs)
        if not rows:
            return rows
        upsert = (
            (tuple(unique_fields or ()), tuple(update_fields or ())) if update_conflicts else None
        )
        self._for_write = True
        if len(rows) <= FEW and not ignore_conflicts and _inserted(self.db, rows, upsert):
            return rows
        written: list[Any] = super().bulk_create(  # type: ignore[misc]  # of the QuerySet behind this
            rows,
            batch_size=batch_size,
            ignore_conflicts=ignore_conflicts,
            update_conflicts=update_conflicts,
            update_fields=update_fields,
            unique_fields=unique_fields,
        )
        return written


class SavedByColumns(models.Model):
    """A row whose columns change by name; who listens to signals of it would not hear of that."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Write the row, as Django does; columns that are named quickly."""
        if not update_fields or args or kwargs or self._state.adding:
            super().save(*args, update_fields=update_fields, **kwargs)
            return
        names, model = tuple(update_fields), type(self)
        using = router.db_for_write(model, instance=self)
        statement, columns = _updates.get((using, model, names)) or _update(using, model, names)
        _take_keys(self, columns)
        connection = connections[using]
        values = [column.sent(self, connection, add=False) for column in columns]
        with transaction.mark_for_rollback_on_error(using=using):
            if not statement.changed(connection, [*values, self.pk]):
                raise DatabaseError("Save with update_fields did not affect any rows.")


def _update(
    using: str, model: type[models.Model], names: tuple[str, ...]
) -> tuple[Statement, Columns]:
    fields = [model._meta.get_field(name) for name in names]
    columns = tuple(_column(cast(Field[Any, Any], field)) for field in fields)
    quote = connections[using].ops.quote_name
    written = ", ".join(f"{quote(str(one.field.column))} = %s" for one in columns)
    key = quote(str(model._meta.pk.column))
    sql = f"UPDATE {quote(model._meta.db_table)} SET {written} WHERE {key} = %s"  # noqa: S608  (names of ours)
    update = (Statement.on(connections[using], sql), columns)
    return _updates.setdefault((using, model, names), update)


def _inserted(using: str, rows: Sequence[models.Model], upsert: Upsert | None) -> bool:
    """Write the rows where one known statement does; return whether it did."""
    model = type(rows[0])
    columns = _columns(model)
    for row in rows:
        _take_keys(row, columns)
    left_out, *others = [_left_out(row) for row in rows]
    if any(left_out != other for other in others):
        return False
    key = (using, model, len(rows), left_out, upsert)
    insert = _inserts.get(key) or _insert(key, rows)
    with transaction.mark_for_rollback_on_error(using=using):
        insert.send(connections[using], rows)
    for row in rows:
        row._state.adding, row._state.db = False, using
    return True


def _take_keys(row: models.Model, columns: Columns) -> None:
    """Take the keys of rows that were written after they were set here. Raises ValueError for one that was not."""
    held, at_hand = row.__dict__, row._state.fields_cache
    for column in columns:
        if (
            column.field.is_relation
            and held.get(column.name) is None
            and at_hand.get(column.field.name) is not None
        ):
            row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
            return


@cache
def _columns(model: type[models.Model]) -> Columns:
    return tuple(_column(field) for field in model._meta.concrete_fields)


@cache
def _uncertain(model: type[models.Model]) -> Columns:
    return tuple(column for column in _columns(model) if column.may_be_left_out)


def _column(field: Field[Any, Any]) -> _Column:
    kinds = [AS_IT_IS[kind] for kind in AS_IT_IS if isinstance(field, kind)]
    return _Column(
        field=field,
        name=field.attname,
        as_it_is=kinds[0] if kinds else frozenset(),
        is_moment=isinstance(field, models.DateTimeField),
        may_be_left_out=field.primary_key or field.has_db_default(),
    )


def _left_out(row: models.Model) -> tuple[str, ...]:
    """Return the names of the columns that a row does not give, because the database knows them."""
    held = row.__dict__
    return tuple(
        column.name
        for column in _uncertain(type(row))
        if isinstance(value := held.get(column.name), DatabaseDefault)
        or (value is None and column.field.primary_key)
    )


def _insert(key: tuple[Any, ...], rows: Sequence[models.Model]) -> _Insert:
    """Return the statement that Django would send for these rows."""
    using, model, _, left_out, upsert = key
    columns = tuple(column for column in _columns(model) if column.name not in left_out)
    unique, updated = [
        [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in names]
        for names in upsert or ((), ())
    ]
    query = InsertQuery(
        model,
        on_conflict=OnConflict.UPDATE if upsert else None,
        update_fields=updated,
        unique_fields=unique,
    )
    fields = [column.field for column in columns]
    query.insert_values(fields, [*rows])
    compiler = query.get_compiler(using)
    returned = [field for field in model._meta.db_returning_fields if field not in fields]
    compiler.returning_fields = returned
    [(sql, _values)] = compiler.as_sql()
    insert = _Insert(
        Statement.on(connections[using], sql),
        columns,
        sql.count("%s") != len(rows) * len(columns),
        returned,
        compiler,
        compiler.get_converters([field.get_col(model._meta.db_table) for field in returned]),
    )
    return _inserts.setdefault(key, insert)
