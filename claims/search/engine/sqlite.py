"""The index on SQLite: FTS5."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from claims.search import asking
from claims.search.engine.both import (
    OTHER_NAMES,
    PUBLISHED,
    READ_WORDS,
    STANDING,
    TABLE,
    WANTED_BY,
    Both,
    Scored,
    rows,
    run,
)
from claims.search.nearness import Wanted, choose_words
from claims.search.words import Query


class SQLite(Both):
    """FTS5 with its own copy of the words: to delete from an index without one asks for the old words."""

    # Scoring takes a few microseconds a claim.
    SCORED = 6_000
    # Left alone, SQLite looks up each claim that holds what is wanted, and sorts them all for a page of twenty.
    TOLD_TO_WALK = True
    PUBLIC, DESK = asking.PUBLIC, asking.DESK
    WANTED = WANTED_BY.format(
        others=f"(SELECT group_concat(said, ' ') FROM ({OTHER_NAMES} ORDER BY 1))"
    )
    KEYS = "SELECT value FROM json_each(%s)"
    IDS = f"({KEYS})"
    SAME = (
        f"EXISTS (SELECT 1 FROM ({WANTED}) n WHERE n.id = {TABLE}.rowid AND n.statement = {TABLE}.statement"
        f" AND n.claimant = {TABLE}.claimant AND n.known_as = {TABLE}.known_as)"
    )

    def create(self, using: BaseDatabaseWrapper) -> None:
        run(
            using,
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(statement, claimant, known_as,"
            " tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')",
            f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)')",
        )

    def drop(self, using: BaseDatabaseWrapper) -> None:
        run(using, f"DROP TABLE IF EXISTS {TABLE}")

    def replace(self, using: BaseDatabaseWrapper, ids: Sequence[int]) -> None:
        missing = f"NOT EXISTS (SELECT 1 FROM {TABLE} s WHERE s.rowid = c.id)"
        run(
            using,
            f"DELETE FROM {TABLE} WHERE rowid IN {self.IDS} AND NOT {self.SAME}",
            f"INSERT INTO {TABLE}(rowid, statement, claimant, known_as)"
            f" {self.WANTED} AND c.id IN {self.IDS} AND {missing}",
            parameters=[json.dumps(ids)],
        )

    def settle(self, using: BaseDatabaseWrapper) -> None:
        """Nothing needs settling after a rebuild."""

    def purge(self, using: BaseDatabaseWrapper) -> None:
        """Merge all segments: deleted words stay in the old ones until then, and `secure_delete` clears those."""
        run(using, f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")

    def differing(self, using: BaseDatabaseWrapper) -> list[int]:
        unlike = " OR ".join(
            f"s.{name} IS NOT n.{name}" for name in ("statement", "claimant", "known_as")
        )
        sql = (
            f"SELECT n.id FROM ({self.WANTED}) n LEFT JOIN {TABLE} s ON s.rowid = n.id WHERE {unlike}"
            f" UNION ALL SELECT rowid FROM {TABLE} WHERE NOT {STANDING.format(f'{TABLE}.rowid')}"
        )
        return [int(pk) for (pk,) in rows(using, sql)]

    def folds_accents(self, using: BaseDatabaseWrapper) -> bool:
        return True

    def matching(self, query: Query, *, public: bool) -> RawSQL:
        scope = self.PUBLIC if public else self.DESK
        wanted, unwanted = asking.fts5_wanted(query, scope), asking.fts5_unwanted(query, scope)
        conditions = [f"{TABLE} MATCH %s"] if wanted else []
        if unwanted:
            conditions.append(f"rowid NOT IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)")
        # Of what is told by its absence alone, the claims tell as well, and need not be read with their words.
        place = TABLE if wanted else "claims_claim"
        found = f"SELECT rowid FROM {place} WHERE {' AND '.join(conditions)}"
        return RawSQL(found, list(filter(None, [wanted, unwanted])))

    def ranked(self, using: BaseDatabaseWrapper, query: Query, limit: int, scope: str) -> Scored:
        wanted, unwanted = asking.fts5_wanted(query, scope), asking.fts5_unwanted(query, scope)
        found = f"{wanted} NOT {unwanted}" if unwanted else wanted
        return self._best(using, found, limit) if wanted else []

    def nearest(
        self,
        using: BaseDatabaseWrapper,
        texts: Sequence[Sequence[str]],
        limit: int,
        *,
        public: bool = False,
    ) -> list[Scored]:
        """Return of each text, given as words, the `limit` nearest claims, by two queries for all.

        With `public`, only claims that were published are looked at, so that no other can push one of them out.
        """
        told = [words[:READ_WORDS] for words in texts]
        held = self._held(using, {word for words in told for word in words})
        wanted = [choose_words(_known(held, words), at_most=self.SCORED) for words in told]
        seen = f" AND {PUBLISHED.format(f'{TABLE}.rowid')}" if public else ""
        near = f"SELECT rowid, rank FROM {TABLE} WHERE {TABLE} MATCH q.value{seen}"
        best = f"{near} ORDER BY rank LIMIT %s"
        sql = f"""SELECT q.key, (SELECT json_group_array(json_array(rowid, -rank)) FROM ({best}))
            FROM json_each(%s) q"""
        asked = {place: _any_of(one) for place, one in enumerate(wanted) if one.words}
        found = rows(using, sql, [limit, json.dumps(asked)]) if asked else []
        scored = {int(place): json.loads(near) for place, near in found}
        return [[(pk, score) for pk, score in scored.get(place, [])] for place in range(len(told))]

    def _held(self, using: BaseDatabaseWrapper, words: Iterable[str]) -> dict[str, float]:
        """Return in how many claims each word stands that stands in any, counted no further than is of use."""
        counted = f"""SELECT count(*) FROM (SELECT 1 FROM {TABLE}
            WHERE {TABLE} MATCH '{{statement}} : "' || value || '"' LIMIT {self.SCORED + 1})"""
        sql = f"SELECT value, ({counted}) FROM json_each(%s)"
        found = rows(using, sql, [json.dumps(sorted(words))])
        return {word: number for word, number in found if number}

    def _best(self, using: BaseDatabaseWrapper, found: str, limit: int) -> Scored:
        sql = f"SELECT rowid, -rank FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s"
        return [(int(pk), float(score)) for pk, score in rows(using, sql, [found, limit])]


def _known(held: Mapping[str, float], words: Iterable[str]) -> dict[str, float]:
    return {word: held[word] for word in words if word in held}


def _any_of(wanted: Wanted) -> str:
    joint = " AND " if wanted.together else " OR "
    return f"{{statement}} : ({joint.join(map(asking.quoted, wanted.words))})"
