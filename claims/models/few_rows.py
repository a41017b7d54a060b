"""Rows that acts write a few at a time, by SQL that is written once for each kind of row.

They are written by the same words as all others, `bulk_create` and `save`, and with the same outcome: what cannot be
written so goes Django's way. What is left out is the building of a statement that is always the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.db import DatabaseError, connections, models, router, transaction
from django.db.models.constants import OnConflict
from django.db.models.expressions import DatabaseDefault
from django.db.models.fields import Field
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLCompiler

from claims.models.compiled import changed, fetched, of_driver

FEW = 16
AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
Columns = tuple[Field[Any, Any], ...]
Upsert = tuple[
    tuple[str, ...], tuple[str, ...]
]  # by which columns a row is known, and what is then written anew


@dataclass(frozen=True, slots=True)
class _Insert:
    """A statement as it is sent to one database, and the columns it returns, which the database knows first."""

    sql: str
    sql_of_driver: str
    returned: Sequence[Field[Any, Any]]
    compiler: SQLCompiler
    converters: dict[int, tuple[list[Any], Any]]

    def send(
        self, using: str, rows: Sequence[models.Model], values: Sequence[Sequence[Any]]
    ) -> None:
        """Write rows with these values, row by row or, on PostgreSQL, column by column."""
        given: list[Any] = [value for row in values for value in row]
        if self.sql.count("%s") != len(given):
            given = [list(column) for column in zip(*values, strict=True)]
        if not self.returned:
            changed(using, self.sql, self.sql_of_driver, given)
            return
        found: Iterable[Sequence[Any]] = fetched(using, self.sql, self.sql_of_driver, given)
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        for row, told in zip(rows, found, strict=True):
            for field, value in zip(self.returned, told, strict=True):
                setattr(row, field.attname, value)


_inserts: dict[tuple[Any, ...], _Insert] = {}
_updates: dict[tuple[Any, ...], tuple[str, str]] = {}


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
        names = tuple(update_fields)
        model = type(self)
        fields = tuple(cast(Field[Any, Any], model._meta.get_field(name)) for name in names)
        self._prepare_related_fields_for_save(operation_name="save", fields=fields)  # type: ignore[attr-defined]
        using = router.db_for_write(model, instance=self)
        values = [_value_of(field, self, using, add=False) for field in fields]
        sql = _updates.get((using, model, names)) or _update(using, model, names, fields)
        with transaction.mark_for_rollback_on_error(using=using):
            if not changed(using, *sql, [*values, self.pk]):
                raise DatabaseError("Save with update_fields did not affect any rows.")


def _update(
    using: str, model: type[models.Model], names: tuple[str, ...], fields: Columns
) -> tuple[str, str]:
    quote = connections[using].ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = quote(str(model._meta.pk.column))
    sql = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {key} = %s"  # noqa: S608  (names of ours)
    return _updates.setdefault((using, model, names), (sql, of_driver(using, sql)))


def _inserted(using: str, rows: Sequence[models.Model], upsert: Upsert | None) -> bool:
    """Write the rows where one known statement does; return whether it did."""
    model = type(rows[0])
    for row in rows:
        _take_keys(row)
    places, *others = [_given(row) for row in rows]
    if any(places != other for other in others):
        return False
    fields = [_columns(model)[place] for place in places]
    values = [[_value_of(field, row, using, add=True) for field in fields] for row in rows]
    key = (using, model, len(rows), tuple(places), upsert)
    insert = _inserts.get(key) or _insert(key, fields, rows)
    with transaction.mark_for_rollback_on_error(using=using):
        insert.send(using, rows, values)
    for row in rows:
        row._state.adding, row._state.db = False, using
    return True


def _take_keys(row: models.Model) -> None:
    """Take the keys of rows that were written after they were set here. Raises ValueError for one that was not."""
    for field in _columns(type(row)):
        if (
            isinstance(field, models.ForeignKey)
            and getattr(row, field.attname) is None
            and field.is_cached(row)
        ):
            row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]
            return


@cache
def _columns(model: type[models.Model]) -> Columns:
    return tuple(model._meta.concrete_fields)


def _given(row: models.Model) -> list[int]:
    """Return the places of the columns that a row gives; the rest the database knows."""
    columns = _columns(type(row))
    return [place for place, field in enumerate(columns) if _gives(row, field)]


def _gives(row: models.Model, field: Field[Any, Any]) -> bool:
    value = row.__dict__.get(field.attname)
    return not (isinstance(value, DatabaseDefault) or (value is None and field.primary_key))


def _value_of(field: Field[Any, Any], row: models.Model, using: str, *, add: bool) -> Any:
    value = getattr(row, field.attname)
    if value is None or (type(value) in (str, int) and isinstance(field, AS_IT_IS)):
        return value
    return field.get_db_prep_save(field.pre_save(row, add), connection=connections[using])


def _insert(
    key: tuple[Any, ...], fields: Sequence[Field[Any, Any]], rows: Sequence[models.Model]
) -> _Insert:
    """Return the statement that Django would send for these rows."""
    using, model, _, _, upsert = key
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
    query.insert_values(fields, [*rows])
    compiler = query.get_compiler(using)
    returned = [field for field in model._meta.db_returning_fields if field not in fields]
    compiler.returning_fields = returned
    [(sql, _values)] = compiler.as_sql()
    columns = [field.get_col(model._meta.db_table) for field in returned]
    converters = compiler.get_converters(columns)
    insert = _Insert(sql, of_driver(using, sql), returned, compiler, converters)
    return _inserts.setdefault(key, insert)
