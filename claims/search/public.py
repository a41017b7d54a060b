"""The public's door: published, standing claims alone, found by what their public documents say."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.reading.echoes import find_echo
from claims.search.engine import engine_of
from claims.search.marking import folded, marked
from claims.search.resemblance import COMPARED, Reader, Traits, resemblances
from claims.search.words import read_query, telling_words, words_of

__all__ = [
    "LEAST",
    "Matching",
    "Repeated",
    "best_published",
    "did_you_mean",
    "find_published",
    "marked",
    "matching",
    "nearest_published",
    "repeated_in",
]
# Claims that hold some words and are looked up one by one; of more, a page of a list is met on the way through it.
FEW = 2_000
BEST = 200  # claims in the order of relevance
RANKED = 2_000
NEAREST = 20  # claims that say much the same
# From here on readers are shown what a sentence may repeat; see docs/matching.md for what it was chosen by.
LEAST = 0.35
BEGINNING, SHORTEST, LIKE, LIKELIEST = 2, 4, 1_000, 2


@dataclass(frozen=True, slots=True)
class Repeated:
    """A published claim that a sentence may repeat.

    `summary` is the JSON of what lists show of it; `score` says how alike both are, from 0 to 1
    (`claims.search.resemblance`). `place` is where in the sentence the very words of the claim stand, in code points;
    the score is 1 then, whatever else the sentence says.
    """

    pk: int
    wording: str
    summary: str
    score: float
    place: tuple[int, int] | None = None


class Matching(NamedTuple):
    """The claims readers may see that hold some words: which SQL gives their keys, of what, and how best it is asked.

    With `walks`, claims are met in the order of the list and each asked whether it is among them: of so many one is
    found soon, and none has to be looked up and sorted for nothing.
    """

    sql: str
    sought: tuple[str, ...]
    walks: bool

    def claims(self) -> ClaimQuerySet:
        """Return the claims."""
        found = RawSQL(self.sql, self.sought)  # noqa: S611  (the engine's own, with the words as values)
        if self.walks:
            claims: ClaimQuerySet = Claim.objects.listed().alias(key=F("pk") + 0)
            return claims.filter(key__in=found)
        return Claim.objects.listed().filter(pk__in=found)


def matching(typed: str, *, unfinished: bool = False) -> Matching | None:
    """Return what `find_published` finds claims by; None where nothing can be found by what was typed. One query.

    It asks the index, once, which claims these are, as long as they are few. Where both engines go by estimates
    instead, a word of two thousand among a million claims has all of them sorted, or most of the list walked.
    """
    query = read_query(typed, unfinished=unfinished)
    if not query:
        return None
    engine = engine_of(connection)
    found = engine.matching(query, public=True)
    few = engine.few(connection, found, FEW)
    if few is not None:
        return Matching(engine.KEYS, (json.dumps(few),), walks=False)
    return Matching(found.sql, tuple(found.params), walks=engine.TOLD_TO_WALK)


def find_published(typed: str, *, unfinished: bool = False) -> ClaimQuerySet:
    """Return the claims readers may see that hold all the words typed in their wording or their claimant's name there.

    What may be typed is said at `claims.search.desk.find_claims`. Names that only the desk knows find nothing here.
    """
    found = matching(typed, unfinished=unfinished)
    return found.claims() if found else Claim.objects.none()


def best_published(typed: str, chosen: ClaimQuerySet) -> list[int]:
    """Return the keys of the `BEST` of the claims chosen whose words say most of what was typed, best first."""
    query = read_query(typed)
    if not query:
        return []
    engine = engine_of(connection)
    ranked = [key for key, _ in engine.ranked(connection, query, RANKED, engine.PUBLIC)]
    seen = set(chosen.order_by().among(ranked).values_list("pk", flat=True))
    return [key for key in ranked if key in seen][:BEST]


def nearest_published(text: str) -> list[int]:
    """Return the keys of the published claims, `NEAREST` at most, that say much the same as a text, most alike first.

    Much the same is what `repeated_in` takes for a claim that a sentence may repeat.
    """
    [found] = repeated_in([text], most=NEAREST)
    return [one.pk for one in found]


def did_you_mean(typed: str) -> str:
    """Return what was typed with words that no public claim has put right by words of public claims; "" if none is.

    For searches that find nothing. Of a word, the beginning is taken for right; its words are looked for among the
    newest public claims that have any word which begins so, so that nothing unpublished can be told.
    """
    words = words_of(typed)[:8]
    better = [_known_word(word) for word in words]
    return " ".join(better) if better != words and all(better) else ""


def _known_word(word: str) -> str:
    if len(word) < SHORTEST or find_published(word).exists():
        return word
    from rapidfuzz import process  # large
    from rapidfuzz.distance import DamerauLevenshtein

    newest = find_published(f"{word[:BEGINNING]}*").newest_first()[:LIKE]
    begun = {folded(word)[:BEGINNING]}
    wordings = newest.values_list("wording", flat=True)
    known = {one for said in wordings for one in words_of(said) if folded(one)[:BEGINNING] in begun}
    near = process.extractOne(
        word, sorted(known), scorer=DamerauLevenshtein.distance, score_cutoff=LIKELIEST
    )
    return str(near[0]) if near else ""


def repeated_in(
    sentences: Sequence[str], *, most: int = 3, least: float = LEAST, language: str | None = None
) -> list[list[Repeated]]:
    """Return of each sentence the `most` published claims it may repeat that score `least` or more, best first.

    `language` chooses claims worded in it alone. However many sentences there are, three queries: in how many claims
    each word stands, the nearest to each sentence, and what the register says of them.
    """
    asked = [telling_words(sentence) for sentence in sentences]
    scored = engine_of(connection).nearest(connection, asked, COMPARED, public=True)
    reader = Reader()
    known = _compared({key for found in scored for key, _ in found}, language, reader)
    told = zip(sentences, scored, strict=True)
    return [
        _best(
            sentence,
            reader.traits_of(sentence),
            [known[key] for key, _ in found if key in known],
            most,
            least,
        )
        for sentence, found in told
    ]


@dataclass(frozen=True, slots=True)
class _Compared:
    """A claim that sentences are compared with."""

    pk: int
    wording: str
    summary: str
    traits: Traits


def _compared(keys: Collection[int], language: str | None, reader: Reader) -> dict[int, _Compared]:
    if not keys:
        return {}
    claims = Claim.objects.listed().among(sorted(keys))
    if language:
        claims = claims.saying(language=[language])
    return {
        key: _Compared(key, wording, summary, reader.traits_of(wording))
        for key, wording, summary in claims.worded_summaries()
    }


def _best(
    said: str, traits: Traits, claims: Sequence[_Compared], most: int, least: float
) -> list[Repeated]:
    scores = resemblances(traits, [one.traits for one in claims])
    found = [_repeated(said, traits, *pair) for pair in zip(claims, scores, strict=True)]
    near = [one for one in found if one.score >= least]
    return sorted(near, key=lambda one: -one.score)[:most]


def _repeated(said: str, traits: Traits, claim: _Compared, score: float) -> Repeated:
    place = find_echo(said, claim.wording) if claim.traits.words <= traits.words else None
    return Repeated(claim.pk, claim.wording, claim.summary, 1.0 if place else score, place)
