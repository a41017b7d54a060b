"""What the database's owner can do once the guards are down: change one value in one column of one row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from claims.history import triggers


def drop_guards() -> None:
    """Take every guard down, as only the owner of the database can."""
    triggers.drop_for_migration(connection)


def columns_of(model: type[models.Model]) -> list[str]:
    """Return the columns of a table that hold data of its own, its key apart."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [str(field.column) for field in fields]


def row_with(model: type[models.Model], column: str) -> tuple[Any, Any] | None:
    """Return key and value of the first row that has something in `column`."""
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{key}", "{column}" FROM "{model._meta.db_table}" '
            f'WHERE "{column}" IS NOT NULL ORDER BY 1 LIMIT 1'
        )
        found: tuple[Any, Any] | None = cursor.fetchone()
    return found


def other_than(value: Any) -> Any:
    """Return a value of the same type that differs in one bit or in its last digit."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1 if value > 1 else 1 - value
    if isinstance(value, bytes | memoryview):
        data = bytes(value)
        return bytes([data[0] ^ 1]) + data[1:]
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if value == "":
        return "x"
    return f"{value[:-1]}{chr(ord(value[-1]) ^ 1)}"


def set_raw(model: type[models.Model], key: Any, column: str, value: Any) -> None:
    """Write a value past everything that could object to it."""
    sql = (
        f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE "{model._meta.pk.column}" = %s'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value, key])


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo what the block did, checks of the database that are due at the end included."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def altered(model: type[models.Model], key: Any, column: str, value: Any) -> Iterator[bool]:
    """Alter one value for the length of the block; yield whether the database let it happen."""
    with rolled_back():
        try:
            with transaction.atomic():
                set_raw(model, key, column, value)
        except IntegrityError:
            yield False
        else:
            yield True
