"""Statements whose SQL is written once, sent to the driver of the database itself.

Django's own way there takes longer than SQLite takes to find a row, and has PostgreSQL read and plan anew what it has
read and planned before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.conf import settings

Told = TypeVar("Told")
OURS = "_prepares"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as Django has it and as the driver reads it.

    `prepared`, PostgreSQL keeps the plan for a connection: of what is asked by keys, where no value changes the plan.
    """

    sql: str
    sql_of_driver: str
    prepared: bool

    @classmethod
    def on(cls, connection: Any, sql: str, *, prepared: bool = True) -> Statement:
        """Return the statement for one database: what Django does to its SQL anew each time is done."""
        sqlite = connection.vendor == "sqlite"
        of_driver = sql % (("?",) * sql.count("%s")) if sqlite else sql
        return cls(sql, of_driver, prepared=prepared and not sqlite)

    def fetched(self, connection: Any, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Return what the statement returns, as the driver has it. Raises what goes wrong as Django's errors."""
        return self._sent(connection, values, _every_row)

    def changed(self, connection: Any, values: Sequence[Any]) -> int:
        """Return how many rows the statement wrote, which returns none. Raises what goes wrong as Django's errors."""
        return self._sent(connection, values, _number_of_rows)

    def _sent(self, connection: Any, values: Sequence[Any], told: Callable[[Any], Told]) -> Told:
        if _goes_by_django(connection):
            with connection.cursor() as cursor:
                cursor.execute(self.sql, values)
                return told(cursor)
        try:
            if self.prepared and connection.connection.prepare_threshold is not None:
                return told(_preparing(connection.connection).execute(self.sql, values))
            return told(connection.connection.execute(self.sql_of_driver, values))
        except connection.Database.Error:
            with connection.wrap_database_errors:
                raise


def _every_row(cursor: Any) -> list[tuple[Any, ...]]:
    return cast(list[tuple[Any, ...]], cursor.fetchall())


def _number_of_rows(cursor: Any) -> int:
    return int(cursor.rowcount)


def _preparing(connection: Any) -> Any:
    """Return the cursor of a connection to PostgreSQL that leaves values to the server.

    Numbers are sent as one type, however large they are: a statement is prepared for each set of types it is sent.
    """
    cursor = getattr(connection, OURS, None)
    if cursor is None:
        from psycopg import Cursor
        from psycopg.types.numeric import Int8Dumper

        cursor = Cursor(connection)
        cursor.adapters.register_dumper(int, Int8Dumper)
        setattr(connection, OURS, cursor)
    return cursor


def _goes_by_django(connection: Any) -> bool:
    """Return whether Django has to connect first, refuse a broken transaction, or let somebody listen."""
    return bool(
        connection.connection is None
        or connection.needs_rollback
        or connection.execute_wrappers
        or connection.force_debug_cursor
        or settings.DEBUG
    )
