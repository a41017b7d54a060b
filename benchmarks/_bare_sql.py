"""The limit of lists and searches: the SQL alone, in one process, on the register's own tables.

Each query returns what a page is made of, and nothing is made of it. Rates per second.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

SUMMARY = '"claims_claimdocument"."summary"'
JOINED = '"claims_claim" JOIN "claims_claimdocument" ON "claim_id" = "claims_claim"."id"'
CHOSEN = {
    "status": '"status" = %s',
    "language": '"language" = %s',
    "topic": '"claims_claim"."id" IN (SELECT "claim_id" FROM "claims_claimtopic" JOIN "claims_topic" t'
    ' ON t."id" = "topic_id" WHERE "slug" = %s)',
}
ORDERS = {
    "": ("status_since", "DESC"),
    "published": ("published_at", "ASC"),
    "-published": ("published_at", "DESC"),
}
LISTED = '"published_at" IS NOT NULL AND "merged_into_id" IS NULL'


def rate_of(kind: str, more: dict[str, Any], seconds: float) -> float:
    """Return how often a second a query was answered; for changes, how many rows."""
    from django.db import connection

    queries = itertools.cycle(QUERIES[kind](more, connection.vendor))
    rows, count, began = 0, 0, time.perf_counter()
    with connection.cursor() as cursor:
        while time.perf_counter() - began < seconds:
            cursor.execute(*next(queries))
            rows += len(cursor.fetchall())
            count += 1
    taken = time.perf_counter() - began
    return (rows if kind == "changes" else count) / taken


def listed(more: dict[str, Any], vendor: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the first page of each choice of claims."""
    for choice in more["choices"]:
        column, way = ORDERS[choice.get("order", "")]
        chosen = [name for name in CHOSEN if name in choice]
        where = " AND ".join([LISTED, *(CHOSEN[name] for name in chosen)])
        yield (
            f"SELECT {SUMMARY} FROM {JOINED} WHERE {where}"
            f' ORDER BY "{column}" {way}, "claims_claim"."id" {way} LIMIT 50',
            [choice[name] for name in chosen],
        )


def searched(more: dict[str, Any], vendor: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield each search, by the engine's own ranking."""
    for pair in more["pairs"]:
        quoted = " ".join(f'"{word}"' for word in pair.split())
        yield SEARCH[vendor], (quoted if vendor == "sqlite" else pair,)


def walked(more: dict[str, Any], vendor: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield page after page of the log with the bytes of its entries."""
    for page in range(100):
        yield (
            'SELECT "index", "leaf", "leaf_hash", "act", "number", "recorded_at" FROM "claims_logleaf"'
            ' JOIN "claims_historyentry" ON "entry_id" = "claims_historyentry"."id"'
            ' WHERE "index" >= %s ORDER BY "index" LIMIT 500',
            (page * 500,),
        )


def then(more: dict[str, Any], vendor: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield for each moment the list of the claims that had a status then, the last verdict found for each."""
    for moment in more["moments"]:
        yield (
            f'SELECT {SUMMARY} FROM {JOINED} WHERE {LISTED} AND "published_at" <= %s AND %s = ('
            'SELECT v."status" FROM "claims_verdict" v JOIN "claims_historyentry" e ON v."entry_id" = e."id"'
            ' WHERE e."claim_id" = "claims_claim"."id" AND e."recorded_at" <= %s'
            ' ORDER BY e."number" DESC LIMIT 1)'
            ' ORDER BY "published_at" DESC, "claims_claim"."id" DESC LIMIT 50',
            (moment, "disputed", moment),
        )


SEARCH = {
    "sqlite": "SELECT rowid FROM claims_search WHERE claims_search MATCH %s ORDER BY rank LIMIT 20",
    "postgresql": "SELECT claim_id FROM claims_search, plainto_tsquery('claims_words', %s) q WHERE search @@ q"
    " ORDER BY ts_rank(search, q, 1) DESC LIMIT 20",
}
QUERIES = {"list": listed, "search": searched, "changes": walked, "list then": then}


if __name__ == "__main__":
    import django

    django.setup()
    print(rate_of(sys.argv[1], json.load(sys.stdin), float(sys.argv[2])))
