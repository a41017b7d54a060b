"""Which state the whole database is in: two equal answers say that nothing at all was committed between them.

SQLite counts what other connections commit (`PRAGMA data_version`), so each process asks on a connection that writes
nothing. PostgreSQL says which transactions a reader can see (`pg_current_snapshot`), and whatever is committed changes
that. Both take a fraction of what finding one row takes.
"""

from __future__ import annotations

import sqlite3
from threading import Lock
from time import monotonic
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from claims import replicas

Version = tuple[object, ...]
SNAPSHOT = b"SELECT pg_catalog.pg_current_snapshot()"
TUPLES_OK = 2  # PGRES_TUPLES_OK (libpq, 34.3)


def now() -> Version | None:
    """Return the state the register's database is in; None where it cannot be told, or there is a replica besides."""
    return None if replicas.exists() else of(connections[replicas.PRIMARY])


def of(connection: BaseDatabaseWrapper) -> Version | None:
    """Return the state of the database behind a connection; None where it is not connected yet, or in a transaction,
    whose own writes are no state that others could see.
    """
    if connection.connection is None or connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        return _watcher.now(connection)
    return _snapshot(connection.connection)


def _snapshot(session: Any) -> Version | None:
    """Ask libpq itself: the driver's own way takes several times as long as the server."""
    found = session.pgconn.exec_(SNAPSHOT)
    return (found.get_value(0, 0),) if found.status == TUPLES_OK else None


class _Watcher:
    """The connection of a process that sees what all others commit; renewed as often as Django renews its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._watching: sqlite3.Connection | None = None
        self._asking: sqlite3.Cursor | None = None
        self._name, self._until, self._renewed = "", 0.0, 0

    def now(self, watched: BaseDatabaseWrapper) -> Version | None:
        with self._lock:
            name, moment = str(watched.settings_dict["NAME"]), monotonic()
            if self._watching is None or name != self._name or moment >= self._until:
                self._renew(watched, name, moment)
            return self._ask()

    def _ask(self) -> Version | None:
        if self._asking is None:
            return None
        # to the end, else the statement would hold on to what it read
        [[number]] = self._asking.execute("PRAGMA data_version").fetchall()
        return (self._renewed, number)

    def _renew(self, watched: BaseDatabaseWrapper, name: str, moment: float) -> None:
        """Connect anew: numbers of different connections have nothing to do with each other."""
        if self._watching is not None:
            self._watching.close()
        given = watched.get_connection_params()
        self._watching = sqlite3.connect(
            given["database"],
            uri=given["uri"],
            isolation_level=None,
            check_same_thread=False,
            cached_statements=1,
        )
        self._asking = self._watching.cursor()
        self._name, self._renewed = name, self._renewed + 1
        self._until = moment + (watched.settings_dict["CONN_MAX_AGE"] or 0)


_watcher = _Watcher()
