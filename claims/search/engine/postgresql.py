"""The index on PostgreSQL: a tsvector with a GIN index."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import DatabaseError, transaction
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
from claims.search.nearness import Candidate, Wanted, by_bm25, choose_words
from claims.search.words import Query

logger = logging.getLogger(__name__)
CANDIDATES, COUNTED = 300, 1_000
NO_UNACCENT = (
    "Searches will not fold accents: %s. Let the owner of the database run CREATE EXTENSION unaccent;"
    " then run rebuild_search."
)
# PostgreSQL's parser reads these as parts of numbers, hosts, paths and tags (and nothing at all behind “<script>”);
# between words they say nothing.
CONFIG, JOINTS = "claims_words", "-/._+:@,~#=&<>"
WORDS = f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING gin (search) WITH (fastupdate = off)"
VECTOR = " || ".join(
    f"setweight(to_tsvector('{CONFIG}', translate({name}, '{JOINTS}', '{' ' * len(JOINTS)}')), '{weight}')"
    for name, weight in (("statement", "A"), ("claimant", "B"), ("known_as", "C"))
)


class PostgreSQL(Both):
    """A table beside the claims, so that their rows stay narrow, and a text search configuration of its own.

    It has no foreign key: claims are never deleted, and TRUNCATE, which test databases use, would refuse.
    """

    SCORED = 4_000
    # The planner chooses by how many claims it takes to hold the words.
    TOLD_TO_WALK = False
    KEYS = "SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(%s AS json))"
    PUBLIC, DESK = asking.PUBLIC_WEIGHTS, asking.DESK_WEIGHTS
    WANTED = WANTED_BY.format(
        others=f"(SELECT string_agg(said, ' ' ORDER BY place) FROM ({OTHER_NAMES}) n)"
    )

    def create(self, using: BaseDatabaseWrapper) -> None:
        run(
            using,
            f"CREATE TEXT SEARCH CONFIGURATION {CONFIG} (COPY = pg_catalog.english)",
            f"CREATE TABLE {TABLE} (claim_id bigint PRIMARY KEY, search tsvector NOT NULL)",
            WORDS,
            f"ALTER TABLE {TABLE} ALTER COLUMN search SET STATISTICS 1000",
        )
        if unaccent := self._unaccent(using):
            mapping = f"ALTER MAPPING FOR hword, hword_part, word WITH {unaccent}, english_stem"
            run(using, f"ALTER TEXT SEARCH CONFIGURATION {CONFIG} {mapping}")

    def drop(self, using: BaseDatabaseWrapper) -> None:
        config = f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIG}"
        run(using, f"DROP TABLE IF EXISTS {TABLE}", config)

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
        run(using, lock, merged, put, parameters=[list(ids)])

    def settle(self, using: BaseDatabaseWrapper) -> None:
        """Have the planner count the words, which `nearest` asks for; autovacuum does it from then on."""
        run(using, f"ANALYZE {TABLE}")

    def set_aside(self, using: BaseDatabaseWrapper) -> None:
        run(using, f"DROP INDEX IF EXISTS {TABLE}_words")

    def put_back(self, using: BaseDatabaseWrapper) -> None:
        run(using, WORDS)

    def purge(self, using: BaseDatabaseWrapper) -> None:
        """Dead rows go when the index is made anew."""

    def differing(self, using: BaseDatabaseWrapper) -> list[int]:
        sql = (
            f"SELECT n.id FROM ({self.WANTED}) n LEFT JOIN {TABLE} s ON s.claim_id = n.id"
            f" WHERE s.search IS DISTINCT FROM {VECTOR}"
            f" UNION ALL SELECT claim_id FROM {TABLE} WHERE NOT {STANDING.format('claim_id')}"
        )
        return [int(pk) for (pk,) in rows(using, sql)]

    def folds_accents(self, using: BaseDatabaseWrapper) -> bool:
        sql = """SELECT 1 FROM pg_ts_config_map m JOIN pg_ts_config c ON c.oid = m.mapcfg
            JOIN pg_ts_dict d ON d.oid = m.mapdict WHERE c.cfgname = %s AND d.dictname = 'unaccent'"""
        return bool(rows(using, sql, [CONFIG]))

    def _unaccent(self, using: BaseDatabaseWrapper) -> str:
        """Return the name of the dictionary that folds accents, or "" where this database may not have it."""
        try:
            with transaction.atomic(using=using.alias):
                run(using, "CREATE EXTENSION IF NOT EXISTS unaccent")
        except DatabaseError as error:
            logger.warning(NO_UNACCENT, str(error).splitlines()[0])
            return ""
        sql = """SELECT quote_ident(n.nspname) FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace
            WHERE d.dictname = 'unaccent'"""
        return f"{rows(using, sql)[0][0]}.unaccent"

    def matching(self, query: Query, *, public: bool) -> RawSQL:
        weights = asking.PUBLIC_WEIGHTS if public else asking.DESK_WEIGHTS
        found = f"SELECT claim_id FROM {TABLE} WHERE search @@ to_tsquery('{CONFIG}', %s)"
        return RawSQL(found, [asking.tsquery(query, weights)])

    def ranked(self, using: BaseDatabaseWrapper, query: Query, limit: int, scope: str) -> Scored:
        sql = (
            f"SELECT claim_id, ts_rank(search, q, 1) AS r FROM {TABLE}, to_tsquery('{CONFIG}', %s) q"
            " WHERE search @@ q ORDER BY r DESC, claim_id DESC LIMIT %s"
        )
        return rows(using, sql, [asking.tsquery(query, scope), limit]) if query.wanted else []

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
        ts_rank knows no rare words: it picks the candidates, and bm25 puts them in order.
        """
        held, claims = self._held(using, [" ".join(words[:READ_WORDS]) for words in texts])
        wanted = [choose_words(one, at_most=self.SCORED) for one in held]
        candidates = self._candidates(using, wanted, public=public)
        return [
            by_bm25(
                candidates[place], claims=claims, held_by={word: one[word] for word in asked.words}
            )[:limit]
            for place, (one, asked) in enumerate(zip(held, wanted, strict=True))
        ]

    def _held(
        self, using: BaseDatabaseWrapper, texts: Sequence[str]
    ) -> tuple[list[dict[str, float]], float]:
        """Return of each text its words and in how many claims each stands, and the number of claims.

        By the planner's count of the common words; the others are counted, each once.
        """
        sql = f"""WITH known AS (
            SELECT u.word, u.part FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs)
            AS u(word, part) WHERE tablename = '{TABLE}' AND attname = 'search' AND schemaname = current_schema()),
            said AS MATERIALIZED (SELECT t.place, q.lexeme
            FROM unnest(%s::text[]) WITH ORDINALITY t(said, place), unnest(to_tsvector('{CONFIG}', t.said)) q),
            held AS MATERIALIZED (SELECT w.lexeme, c.reltuples, coalesce(k.part * c.reltuples, (
                SELECT count(*) FROM (SELECT 1 FROM {TABLE}
                WHERE search @@ (quote_literal(w.lexeme) || ':A')::tsquery LIMIT {COUNTED}) few)) AS claims
            FROM pg_class c, (SELECT DISTINCT lexeme FROM said) w LEFT JOIN known k ON k.word = w.lexeme
            WHERE c.oid = '{TABLE}'::regclass)
            SELECT s.place - 1, s.lexeme, h.claims, h.reltuples FROM said s JOIN held h USING (lexeme) ORDER BY 1, 2"""
        found = rows(using, sql, [list(texts)])
        held: list[dict[str, float]] = [{} for _ in texts]
        for place, word, number, _ in found:
            held[place] |= {word: number} if number else {}
        return held, max((n for *_, n in found), default=0)

    def _candidates(
        self, using: BaseDatabaseWrapper, wanted: Sequence[Wanted], *, public: bool
    ) -> defaultdict[int, list[Candidate]]:
        """Return the candidates of each text that wants any, by the text's place."""
        asked = [(place, one) for place, one in enumerate(wanted) if one.words]
        near = f"""SELECT claim_id, search FROM {TABLE}, CAST(a.asked AS tsquery) q WHERE search @@ q
            ORDER BY ts_rank(search, q, 1) DESC, claim_id DESC"""
        if public:  # looked up from the nearest on, until there are enough
            near = f"SELECT * FROM ({near} OFFSET 0) n WHERE {PUBLISHED.format('n.claim_id')}"
        sql = f"""SELECT a.place, b.claim_id, length(ts_filter(b.search, '{{a}}')), ARRAY(
            SELECT u.lexeme FROM unnest(ts_filter(b.search, '{{a}}')) u
            WHERE u.lexeme = ANY(string_to_array(a.words, ' ')))
            FROM unnest(%s::int[], %s::text[], %s::text[]) a(place, words, asked), LATERAL (
            {near} LIMIT {CANDIDATES}) b"""
        places = [place for place, _ in asked]
        words = [" ".join(one.words) for _, one in asked]
        found: defaultdict[int, list[Candidate]] = defaultdict(list)
        if asked:
            parameters = [places, words, [_any_of(one) for _, one in asked]]
            for place, pk, length, shared in rows(using, sql, parameters):
                found[place].append(Candidate(pk, length, shared))
        return found


def _any_of(wanted: Wanted) -> str:
    joint = " & " if wanted.together else " | "
    return joint.join(f"'{word}':A" for word in wanted.words)
