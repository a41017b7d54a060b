"""The index in the words of each engine: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Raw SQL stands here and in the guards of the history, nowhere else. Three columns, in three weights: `statement`, the
wording in force; `claimant`, who makes it by the public document; `known_as`, the claimant's names on the desk.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from claims.search import asking
from claims.search.nearness import Candidate, Wanted, by_bm25, choose_words
from claims.search.words import Query

logger = logging.getLogger(__name__)
TABLE = "claims_search"
CANDIDATES, COUNTED = 300, 1_000
Scored = list[tuple[int, float]]
READ_WORDS = 60  # of a text whose nearest claims are asked for

STANDS = "c.merged_into_id IS NULL AND c.discarded_at IS NULL"
STANDING = f"EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = {{}} AND {STANDS})"
NO_UNACCENT = (
    "Searches will not fold accents: %s. Let the owner of the database run CREATE EXTENSION unaccent;"
    " then run rebuild_search."
)
# PostgreSQL's parser reads these as parts of numbers, hosts, paths and tags (and nothing at all behind “<script>”);
# between words they say nothing.
CONFIG, JOINTS = "claims_words", "-/._+:@,~#=&<>"
VECTOR = " || ".join(
    f"setweight(to_tsvector('{CONFIG}', translate({name}, '{JOINTS}', '{' ' * len(JOINTS)}')), '{weight}')"
    for name, weight in (("statement", "A"), ("claimant", "B"), ("known_as", "C"))
)
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


def _rows(
    using: BaseDatabaseWrapper, sql: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    with using.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _run(using: BaseDatabaseWrapper, *statements: str, parameters: Sequence[Any] = ()) -> None:
    with using.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql, parameters)


class _Both:
    """What is asked alike of both."""

    def exists(self, using: BaseDatabaseWrapper) -> bool:
        return TABLE in using.introspection.table_names()

    def count(self, using: BaseDatabaseWrapper) -> int:
        return int(_rows(using, f"SELECT count(*) FROM {TABLE}")[0][0])


class SQLite(_Both):
    """FTS5 with its own copy of the words: to delete from an index without one asks for the old words."""

    # Scoring takes a few microseconds a claim.
    SCORED = 6_000
    PUBLIC, DESK = asking.PUBLIC, asking.DESK
    WANTED = WANTED_BY.format(
        others=f"(SELECT group_concat(said, ' ') FROM ({OTHER_NAMES} ORDER BY 1))"
    )
    IDS = "(SELECT value FROM json_each(%s))"
    SAME = (
        f"EXISTS (SELECT 1 FROM ({WANTED}) n WHERE n.id = {TABLE}.rowid AND n.statement = {TABLE}.statement"
        f" AND n.claimant = {TABLE}.claimant AND n.known_as = {TABLE}.known_as)"
    )

    def create(self, using: BaseDatabaseWrapper) -> None:
        _run(
            using,
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(statement, claimant, known_as,"
            " tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')",
            f"INSERT INTO {TABLE}({TABLE}, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0)')",
        )

    def drop(self, using: BaseDatabaseWrapper) -> None:
        _run(using, f"DROP TABLE IF EXISTS {TABLE}")

    def replace(self, using: BaseDatabaseWrapper, ids: Sequence[int]) -> None:
        missing = f"NOT EXISTS (SELECT 1 FROM {TABLE} s WHERE s.rowid = c.id)"
        _run(
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
        _run(using, f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")

    def differing(self, using: BaseDatabaseWrapper) -> list[int]:
        unlike = " OR ".join(
            f"s.{name} IS NOT n.{name}" for name in ("statement", "claimant", "known_as")
        )
        sql = (
            f"SELECT n.id FROM ({self.WANTED}) n LEFT JOIN {TABLE} s ON s.rowid = n.id WHERE {unlike}"
            f" UNION ALL SELECT rowid FROM {TABLE} WHERE NOT {STANDING.format(f'{TABLE}.rowid')}"
        )
        return [int(pk) for (pk,) in _rows(using, sql)]

    def folds_accents(self, using: BaseDatabaseWrapper) -> bool:
        return True

    def matching(self, query: Query, *, public: bool) -> RawSQL:
        scope = self.PUBLIC if public else self.DESK
        wanted, unwanted = asking.fts5_wanted(query, scope), asking.fts5_unwanted(query, scope)
        conditions = [f"{TABLE} MATCH %s"] if wanted else []
        if unwanted:
            conditions.append(f"rowid NOT IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s)")
        found = f"SELECT rowid FROM {TABLE} WHERE {' AND '.join(conditions)}"
        return RawSQL(found, list(filter(None, [wanted, unwanted])))

    def ranked(self, using: BaseDatabaseWrapper, query: Query, limit: int, scope: str) -> Scored:
        wanted, unwanted = asking.fts5_wanted(query, scope), asking.fts5_unwanted(query, scope)
        found = f"{wanted} NOT {unwanted}" if unwanted else wanted
        return self._best(using, found, limit) if wanted else []

    def nearest(self, using: BaseDatabaseWrapper, words: list[str], limit: int) -> Scored:
        held = (
            f"SELECT count(*) FROM (SELECT 1 FROM {TABLE}"
            f" WHERE {TABLE} MATCH '{{statement}} : \"' || value || '\"' LIMIT {self.SCORED + 1})"
        )
        counted = _rows(
            using, f"SELECT value, ({held}) FROM json_each(%s)", [json.dumps(words[:READ_WORDS])]
        )
        wanted = choose_words({word: n for word, n in counted if n}, at_most=self.SCORED)
        if not wanted.words:
            return []
        joint = " AND " if wanted.together else " OR "
        return self._best(
            using, f"{{statement}} : ({joint.join(map(asking.quoted, wanted.words))})", limit
        )

    def _best(self, using: BaseDatabaseWrapper, found: str, limit: int) -> Scored:
        sql = f"SELECT rowid, -rank FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rank LIMIT %s"
        return [(int(pk), float(score)) for pk, score in _rows(using, sql, [found, limit])]


class PostgreSQL(_Both):
    """A table beside the claims, so that their rows stay narrow, and a text search configuration of its own.

    It has no foreign key: claims are never deleted, and TRUNCATE, which test databases use, would refuse.
    """

    SCORED = 4_000
    PUBLIC, DESK = asking.PUBLIC_WEIGHTS, asking.DESK_WEIGHTS
    WANTED = WANTED_BY.format(
        others=f"(SELECT string_agg(said, ' ' ORDER BY place) FROM ({OTHER_NAMES}) n)"
    )

    def create(self, using: BaseDatabaseWrapper) -> None:
        _run(
            using,
            f"CREATE TEXT SEARCH CONFIGURATION {CONFIG} (COPY = pg_catalog.english)",
            f"CREATE TABLE {TABLE} (claim_id bigint PRIMARY KEY, search tsvector NOT NULL)",
            f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (search) WITH (fastupdate = off)",
            f"ALTER TABLE {TABLE} ALTER COLUMN search SET STATISTICS 1000",
        )
        if unaccent := self._unaccent(using):
            mapping = f"ALTER MAPPING FOR hword, hword_part, word WITH {unaccent}, english_stem"
            _run(using, f"ALTER TEXT SEARCH CONFIGURATION {CONFIG} {mapping}")

    def drop(self, using: BaseDatabaseWrapper) -> None:
        config = f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIG}"
        _run(using, f"DROP TABLE IF EXISTS {TABLE}", config)

    def replace(self, using: BaseDatabaseWrapper, ids: Sequence[int]) -> None:
        """Locked first, in one order: of two who write about one claim, the later must see what the earlier wrote."""
        lock = f"SELECT 1 FROM {TABLE} WHERE claim_id = ANY(%s) ORDER BY claim_id FOR UPDATE"
        merged = f"DELETE FROM {TABLE} WHERE claim_id = ANY(%s) AND NOT " + STANDING.format(
            "claim_id"
        )
        put = (
            f"INSERT INTO {TABLE} AS s (claim_id, search)"
            f" SELECT id, {VECTOR} FROM ({self.WANTED}) n WHERE id = ANY(%s)"
            " ON CONFLICT (claim_id) DO UPDATE SET search = excluded.search"
            " WHERE s.search IS DISTINCT FROM excluded.search"
        )
        _run(using, lock, merged, put, parameters=[list(ids)])

    def settle(self, using: BaseDatabaseWrapper) -> None:
        """Have the planner count the words, which `nearest` asks for; autovacuum does it from then on."""
        _run(using, f"ANALYZE {TABLE}")

    def purge(self, using: BaseDatabaseWrapper) -> None:
        """Dead rows go when the index is made anew."""

    def differing(self, using: BaseDatabaseWrapper) -> list[int]:
        sql = (
            f"SELECT n.id FROM ({self.WANTED}) n LEFT JOIN {TABLE} s ON s.claim_id = n.id"
            f" WHERE s.search IS DISTINCT FROM {VECTOR}"
            f" UNION ALL SELECT claim_id FROM {TABLE} WHERE NOT {STANDING.format('claim_id')}"
        )
        return [int(pk) for (pk,) in _rows(using, sql)]

    def folds_accents(self, using: BaseDatabaseWrapper) -> bool:
        sql = """SELECT 1 FROM pg_ts_config_map m JOIN pg_ts_config c ON c.oid = m.mapcfg
            JOIN pg_ts_dict d ON d.oid = m.mapdict WHERE c.cfgname = %s AND d.dictname = 'unaccent'"""
        return bool(_rows(using, sql, [CONFIG]))

    def _unaccent(self, using: BaseDatabaseWrapper) -> str:
        """Return the name of the dictionary that folds accents, or "" where this database may not have it."""
        try:
            with transaction.atomic(using=using.alias):
                _run(using, "CREATE EXTENSION IF NOT EXISTS unaccent")
        except DatabaseError as error:
            logger.warning(NO_UNACCENT, str(error).splitlines()[0])
            return ""
        sql = """SELECT quote_ident(n.nspname) FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace
            WHERE d.dictname = 'unaccent'"""
        return f"{_rows(using, sql)[0][0]}.unaccent"

    def matching(self, query: Query, *, public: bool) -> RawSQL:
        weights = asking.PUBLIC_WEIGHTS if public else asking.DESK_WEIGHTS
        found = f"SELECT claim_id FROM {TABLE} WHERE search @@ to_tsquery('{CONFIG}', %s)"
        return RawSQL(found, [asking.tsquery(query, weights)])

    def ranked(self, using: BaseDatabaseWrapper, query: Query, limit: int, scope: str) -> Scored:
        sql = (
            f"SELECT claim_id, ts_rank(search, q, 1) AS r FROM {TABLE}, to_tsquery('{CONFIG}', %s) q"
            " WHERE search @@ q ORDER BY r DESC, claim_id DESC LIMIT %s"
        )
        return _rows(using, sql, [asking.tsquery(query, scope), limit]) if query.wanted else []

    def nearest(self, using: BaseDatabaseWrapper, words: list[str], limit: int) -> Scored:
        """ts_rank knows no rare words: it picks the candidates, and bm25 puts them in order."""
        held, claims = self._held(using, words[:READ_WORDS])
        wanted = choose_words(held, at_most=self.SCORED)
        candidates = self._candidates(using, wanted)
        known = {word: held[word] for word in wanted.words}
        return by_bm25(candidates, claims=claims, held_by=known)[:limit]

    def _held(self, using: BaseDatabaseWrapper, words: list[str]) -> tuple[dict[str, float], float]:
        """Return in how many claims each word stands, by the planner's count of the common ones, and their number."""
        sql = f"""WITH known AS (
            SELECT u.word, u.part FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs)
            AS u(word, part) WHERE tablename = '{TABLE}' AND attname = 'search' AND schemaname = current_schema())
            SELECT q.lexeme, coalesce(k.part * c.reltuples, (SELECT count(*) FROM (SELECT 1 FROM {TABLE}
                WHERE search @@ (quote_literal(q.lexeme) || ':A')::tsquery LIMIT {COUNTED}) few)), c.reltuples
            FROM pg_class c, unnest(to_tsvector('{CONFIG}', %s)) q LEFT JOIN known k ON k.word = q.lexeme
            WHERE c.oid = '{TABLE}'::regclass"""
        rows = _rows(using, sql, [" ".join(words)])
        return {word: held for word, held, _ in rows if held}, max((n for *_, n in rows), default=0)

    def _candidates(self, using: BaseDatabaseWrapper, wanted: Wanted) -> Iterable[Candidate]:
        if not wanted.words:
            return []
        joint = " & " if wanted.together else " | "
        asked = joint.join(f"'{word}':A" for word in wanted.words)
        sql = f"""SELECT claim_id, length(ts_filter(search, '{{a}}')), ARRAY(
            SELECT u.lexeme FROM unnest(ts_filter(search, '{{a}}')) u WHERE u.lexeme = ANY(%s)) FROM (
            SELECT claim_id, search FROM {TABLE}, CAST(%s AS tsquery) q WHERE search @@ q
            ORDER BY ts_rank(search, q, 1) DESC, claim_id DESC LIMIT {CANDIDATES}) best"""
        rows = _rows(using, sql, [list(wanted.words), asked])
        return [Candidate(pk, length, words) for pk, length, words in rows]


def engine_of(using: BaseDatabaseWrapper) -> SQLite | PostgreSQL:
    """Return the engine of a database."""
    return PostgreSQL() if using.vendor == "postgresql" else SQLite()
