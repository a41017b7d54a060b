"""The public's door: published, standing claims alone, found by what their public documents say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.search.engine import engine_of
from claims.search.marking import folded, marked, stem
from claims.search.words import read_query, telling_words, words_of

__all__ = [
    "Repeated",
    "best_published",
    "did_you_mean",
    "find_published",
    "marked",
    "nearest_published",
    "repeated_in",
]
BEST = 200  # claims in the order of relevance
RANKED, NEAREST = 2_000, 30
# Of the words that a sentence and a claim could share, how many they must, and how many at least.
SHARE, SHARED = 0.5, 3
BEGINNING, SHORTEST, LIKE, LIKELIEST = 2, 4, 1_000, 2


@dataclass(frozen=True, slots=True)
class Repeated:
    """A published claim that a sentence may repeat; `share` says how many of the words they could share they do."""

    claim: Claim
    share: float


def find_published(typed: str, *, unfinished: bool = False) -> ClaimQuerySet:
    """Return the claims readers may see that hold all the words typed in their wording or their claimant's name there.

    What may be typed is said at `claims.search.desk.find_claims`. Names that only the desk knows find nothing here.
    """
    query = read_query(typed, unfinished=unfinished)
    if not query:
        return Claim.objects.none()
    engine = engine_of(connection)
    found = engine.matching(query, public=True)
    if engine.is_common(connection, query, engine.PUBLIC):
        claims: ClaimQuerySet = Claim.objects.listed().alias(key=F("pk") + 0)
        return claims.filter(key__in=found)
    return Claim.objects.listed().filter(pk__in=found)


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
    return [one.claim.pk for one in found]


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
    newest = find_published(f"{word[:BEGINNING]}*").newest_first()[:LIKE]
    begun = {folded(word)[:BEGINNING]}
    wordings = newest.values_list("wording", flat=True)
    known = {one for said in wordings for one in words_of(said) if folded(one)[:BEGINNING] in begun}
    near = process.extractOne(
        word, sorted(known), scorer=DamerauLevenshtein.distance, score_cutoff=LIKELIEST
    )
    return str(near[0]) if near else ""


def repeated_in(sentences: Sequence[str], *, most: int = 3) -> list[list[Repeated]]:
    """Return of each sentence the published claims it may repeat, best first; none where little is shared.

    All sentences together cost the engine two queries, and the claims of all are read in one.
    """
    asked = [telling_words(sentence) for sentence in sentences]
    scored = engine_of(connection).nearest(connection, asked, NEAREST)
    near = [[key for key, _ in found] for found in scored]
    keys = {key for found in near for key in found}
    claims = Claim.objects.listed().with_summary().in_bulk(keys) if keys else {}
    return [
        _best([claims[key] for key in found if key in claims], words)[:most]
        for words, found in zip(asked, near, strict=True)
    ]


def _best(claims: Iterable[Claim], words: Sequence[str]) -> list[Repeated]:
    said = {stem(word) for word in words}
    found = [Repeated(claim, _share(said, claim.wording)) for claim in claims]
    near = [one for one in found if one.share >= SHARE]
    return sorted(near, key=lambda one: -one.share)


def _share(said: set[str], wording: str) -> float:
    """Return how many of the words that two texts could share they do; 0 where these are too few to tell."""
    claimed = {stem(word) for word in telling_words(wording)}
    shared = len(said & claimed)
    return shared / min(len(said), len(claimed)) if shared >= SHARED else 0.0
