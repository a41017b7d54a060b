"""What must hold before a server answers its first request: every guard of the record is in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from claims.history.triggers import missing, tables_exist


def refuse_unguarded() -> None:
    """Raise ImproperlyConfigured when a guard of the append-only tables is missing, disabled or altered.

    A database that was never migrated has nothing to guard yet and is let through.
    """
    if tables_exist(connection) and (names := missing(connection)):
        raise ImproperlyConfigured(
            f"factcheck refuses to serve: the history is not guarded ({', '.join(names)}). "
            "Run `manage.py migrate`, then `manage.py check_history`."
        )
    connection.close()


@register(Tags.database)
def guards_are_there(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report missing guards to `manage.py check --database default`.

    A warning, because `migrate`, which runs this check first, is what puts them up; servers refuse outright.
    """
    return [
        Warning(f"The guard {name} is missing or altered.", hint="Run migrate.", id="claims.W001")
        for alias in databases or ()
        if tables_exist(connections[alias])
        for name in missing(connections[alias])
    ]
