"""The desk's door: every standing claim, published or not. Nothing of this may be shown to the public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.search.engine import engine_of
from claims.search.resemblance import COMPARED, Reader, resemblances
from claims.search.words import read_query, telling_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A claim of the register that says something near to what was typed.

    `score` grows with nearness. Of `claimed_before` it is from 0 to 1 (`claims.search.resemblance`); of a search it is
    the engine's own, and compares its results and nothing else.
    """

    pk: int
    public_id: str
    wording: str
    claimant: str
    status: str | None
    status_since: datetime | None
    said_on: date | None
    is_published: bool
    score: float


def find_claims(typed: str, *, unfinished: bool = False) -> ClaimQuerySet:
    """Return the standing claims that hold all the words typed, in any order.

    `typed` may hold words, "phrases", -words and OR; `word*` stands for all that begin so, and with `unfinished` the
    last word does. Any text is a query; one without words finds nothing. Claimants are found by what the claim calls
    them and by all their names on the desk.
    """
    query = read_query(typed, unfinished=unfinished)
    if not query:
        return Claim.objects.none()
    found = engine_of(connection).matching(query, public=False)
    return Claim.objects.standing().filter(pk__in=found)


def best_claims(typed: str, *, limit: int, unfinished: bool = False) -> list[Known]:
    """Return the `limit` claims that `find_claims` would find whose words say most of what was typed, best first."""
    query = read_query(typed, unfinished=unfinished)
    engine = engine_of(connection)
    return _known(engine.ranked(connection, query, limit, engine.DESK)) if query else []


def claimed_before(text: str, *, limit: int = 5) -> list[Known]:
    """Return the claims whose wording is nearest to `text`, nearest first, for a person to judge.

    The rarest words of `text` choose what it is compared with (bm25); `claims.search.resemblance` puts that in order.
    Takes any text and raises nothing; reads two to three small queries. Never link claims by it unasked: of its first
    results nearly half are another claim (`benchmarks/claimed_before.py`).
    """
    [found] = claimed_before_each([text], limit=limit)
    return found


def claimed_before_each(texts: Sequence[str], *, limit: int) -> list[list[Known]]:
    """Return of each text what `claimed_before` would, by three queries for all."""
    asked = [telling_words(text) for text in texts]
    compared = max(COMPARED, limit)
    scored = engine_of(connection).nearest(connection, asked, compared) if asked else []
    keys = {pk for near in scored for pk, _ in near}
    claims = Claim.objects.standing().with_claimant().in_bulk(keys) if keys else {}
    known = [[_one(claims[pk], score) for pk, score in near if pk in claims] for near in scored]
    reader = Reader()
    return [_alike(text, near, reader)[:limit] for text, near in zip(texts, known, strict=True)]


def _alike(text: str, near: Sequence[Known], reader: Reader) -> list[Known]:
    compared = [reader.traits_of(one.wording) for one in near]
    scores = resemblances(reader.traits_of(text), compared)
    ranked = [replace(one, score=score) for one, score in zip(near, scores, strict=True)]
    return sorted(ranked, key=lambda one: -one.score)


def _known(scored: Iterable[tuple[int, float]]) -> list[Known]:
    scores = dict(scored)
    claims = Claim.objects.standing().with_claimant().in_bulk(scores)
    return [_one(claims[pk], score) for pk, score in scores.items() if pk in claims]


def _one(claim: Claim, score: float) -> Known:
    return Known(
        pk=claim.pk,
        public_id=claim.public_id,
        wording=claim.wording,
        claimant=claim.claimant.name if claim.claimant else "",
        status=claim.status,
        status_since=claim.status_since,
        said_on=claim.said_on,
        is_published=claim.is_published,
        score=score,
    )
