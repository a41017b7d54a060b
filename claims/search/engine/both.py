"""What is said alike to both engines: which claims are in the index, and which words of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, ClassVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from claims.models.compiled_sending import Statement

TABLE = "claims_search"
READ_WORDS = 60  # of a text whose nearest claims are asked for
Scored = list[tuple[int, float]]

STANDS = "c.merged_into_id IS NULL AND c.discarded_at IS NULL"
PUBLISHED = "(SELECT c.published_at FROM claims_claim c WHERE c.id = {}) IS NOT NULL"
STANDING = f"EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = {{}} AND {STANDS})"
# The other names of whoever a claim is attributed to, and all names of those who were found to be the same.
LAST = "coalesce(p.merged_into_id, p.id)"
ALIKE = (
    f"(SELECT {LAST} UNION ALL SELECT m.id FROM claims_claimant m WHERE m.merged_into_id = {LAST})"
)
OTHER_NAMES = f"""
SELECT a.id AS place, a.name AS said FROM claims_claimantalias a
WHERE a.claimant_id IN {ALIKE} AND a.withdrawn_at IS NULL
UNION ALL SELECT -q.id, q.name || ' ' || q.role FROM claims_claimant q WHERE q.id IN {ALIKE} AND q.id <> p.id"""
WANTED_BY = f"""
SELECT c.id, c.wording AS statement, coalesce(w.claimant_name, '') AS claimant,
       coalesce(p.name || ' ' || p.role, '') || coalesce(' ' || {{others}}, '') AS known_as
FROM claims_claim c
LEFT JOIN claims_wording w ON w.claim_id = c.id
     AND w.version = (SELECT max(v.version) FROM claims_wording v WHERE v.claim_id = c.id)
LEFT JOIN claims_claimant p ON p.id = c.claimant_id
WHERE {STANDS}"""


def rows(
    using: BaseDatabaseWrapper, sql: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    with using.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def run(using: BaseDatabaseWrapper, *statements: str, parameters: Sequence[Any] = ()) -> None:
    with using.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql, parameters)


@lru_cache(maxsize=16)  # with words that are wanted, unwanted, or both, on each engine
def _statement(alias: str, sql: str) -> Statement:
    """Return a statement that is not prepared: how many claims hold a word decides how they are found."""
    return Statement.on(connections[alias], sql, prepared=False)


class Both:
    """What is asked alike of both."""

    # What a JSON array of keys, as a text, is told by as rows.
    KEYS: ClassVar[str]
    # Whether the engine must be told to go through claims in their order and ask of each whether it holds the words.
    TOLD_TO_WALK: ClassVar[bool]

    def few(self, using: BaseDatabaseWrapper, found: RawSQL, at_most: int) -> list[int] | None:
        """Return the keys that `found` gives; None where these are more than `at_most`."""
        asked = _statement(using.alias, f"{found.sql} LIMIT %s")
        keys = asked.fetched(using, [*found.params, at_most + 1])
        return [int(key) for (key,) in keys] if len(keys) <= at_most else None

    def exists(self, using: BaseDatabaseWrapper) -> bool:
        return TABLE in using.introspection.table_names()

    def count(self, using: BaseDatabaseWrapper) -> int:
        return int(rows(using, f"SELECT count(*) FROM {TABLE}")[0][0])

    def set_aside(self, using: BaseDatabaseWrapper) -> None:
        """Nothing is gained on SQLite: what comes in many rows at a time is as quick."""

    def put_back(self, using: BaseDatabaseWrapper) -> None:
        """Nothing was set aside."""
