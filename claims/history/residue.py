"""What an erased value leaves behind in the database's own files.

SQLite overwrites freed space (`secure_delete` is on), but its write-ahead log keeps earlier pages until a
checkpoint empties it. PostgreSQL keeps dead rows until the table is rewritten, which its owner must ask for.
"""

from __future__ import annotations

import logging

from django.db import connection, transaction

from claims.history.sqlite_guards import empty_log

logger = logging.getLogger(__name__)


def sweep_after_commit() -> None:
    """Empty SQLite's write-ahead log once the erasure is committed.

    Best effort: while somebody reads an earlier state the log cannot be emptied, and a warning says so.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_log, robust=True)


def _empty_log() -> None:
    if not empty_log(connection):
        logger.warning("Erased text may still stand in the write-ahead log: it is being read.")
