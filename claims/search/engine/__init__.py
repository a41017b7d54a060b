"""The index in the words of each engine: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Raw SQL stands here and in the guards of the history, nowhere else. Three columns, in three weights: `statement`, the
wording in force; `claimant`, who makes it by the public document; `known_as`, the claimant's names on the desk.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.search.engine.postgresql import PostgreSQL
from claims.search.engine.sqlite import SQLite

__all__ = ["PostgreSQL", "SQLite", "engine_of"]


def engine_of(using: BaseDatabaseWrapper) -> SQLite | PostgreSQL:
    """Return the engine of a database."""
    return PostgreSQL() if using.vendor == "postgresql" else SQLite()
