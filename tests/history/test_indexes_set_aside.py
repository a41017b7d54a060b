"""Indexes that a rebuilding drops and builds again: all of them, and in memory that does not grow with the rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.history import bulk

pytestmark = pytest.mark.django_db


def names() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(bulk.NAMES_OF_INDEXES[connection.vendor])
        return {str(name) for (name,) in cursor.fetchall()}


def kept() -> tuple[int]:
    """Return how much SQLite keeps of pages."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        found: tuple[int] = cursor.fetchone()
    return found


def test_what_was_dropped_is_built_again() -> None:
    before = names()
    declared = {one.name for model in bulk.INDEXED for one in model._meta.indexes}
    bulk.set_indexes_aside()
    assert before - names() == declared
    bulk.put_indexes_back()
    assert names() == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts in files by itself")
def test_they_are_sorted_in_files_and_nothing_else_is() -> None:
    bulk.set_indexes_aside()
    before = kept()
    with CaptureQueriesContext(connection) as asked:
        bulk.put_indexes_back()
    told = [query["sql"] for query in asked.captured_queries]
    built = [at for at, sql in enumerate(told) if sql.startswith("CREATE INDEX")]
    in_files, again = (told.index(f"PRAGMA temp_store = {kind}") for kind in (1, 2))
    fewer = told.index("PRAGMA cache_size = -4000")
    assert max(in_files, fewer) < min(built) <= max(built) < again
    assert kept() == before != (-4_000,)
