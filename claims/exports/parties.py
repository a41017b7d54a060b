"""The rows beside the claims: whom and what they name, and what public pages are made from.

Of a register for the public there is what its pages show: a name that was erased from the history is not told here
either, nor a text that may not be shown, nor that somebody was found to be one whom readers do not see. Who is only
named by an id in some leaf is there with the id alone, so that a rebuilt register can keep the history as it was
hashed.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.history.canonical import fact_of, moment_text
from claims.models import (
    Affiliation,
    Appearance,
    Article,
    ArticleOriginal,
    Claim,
    Claimant,
    ClaimantAlias,
    ClaimantMerger,
    ClaimRelation,
    MethodVersion,
    Publisher,
    Redaction,
    Topic,
)
from claims.vocabulary import Licence

Row = dict[str, Any]
CHUNK = 500


def publishers(*, whole: bool) -> Iterator[Row]:
    """Yield the publishers."""
    rows: QuerySet[Any] = Publisher.objects.order_by("pk")
    if not whole:
        carries = Q(articles__appearances__claim__published_at__isnull=False)
        cited = Q(evidence__claim__published_at__isnull=False)
        rows = _referred_to(rows, carries, cited)
        rows = rows.annotate(shown=Exists(Publisher.objects.in_public().filter(pk=OuterRef("pk"))))
    for one in rows.iterator(chunk_size=CHUNK):
        shown = whole or one.shown
        yield {
            "id": one.public_id,
            "name": one.name if shown else None,
            "domain": one.domain if shown else None,
            "kind": one.kind,
        }


def _referred_to(rows: QuerySet[Any], *ways: Q) -> QuerySet[Any]:
    """Return those of `rows` that something published leads to in one of these ways."""
    found = Q()
    for way in ways:
        found |= Q(Exists(rows.model._default_manager.filter(way, pk=OuterRef("pk"))))
    return rows.filter(found)


def claimants(*, whole: bool) -> Iterator[Row]:
    """Yield the claimants; in public by the name that readers see, and with what they were unless a name was erased."""
    rows: QuerySet[Claimant] = Claimant.objects.order_by("pk")
    if not whole:
        made = Q(wordings__claim__published_at__isnull=False)
        spoke = Q(appearances__claim__published_at__isnull=False)
        rows = _referred_to(rows, made, spoke)
    rows = rows.select_related("merged_into", "merger__into")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:CHUNK]):
        beside = _beside_whole(some) if whole else _beside_public(some)
        shown = None if whole else _survivors_in_public(some)
        for one in some:
            yield _claimant(one, shown) | beside[one.pk]
        last = some[-1].pk


def _survivors_in_public(some: list[Claimant]) -> set[int]:
    """Return the keys of those whom readers can see, of all whom some claimants were found to be."""
    mergers = [one.merger for one in some if hasattr(one, "merger")]
    survivors = {one.into_id for one in mergers}
    survivors |= {one.merged_into_id for one in some if one.merged_into_id is not None}
    return set(Claimant.objects.named_in_public().in_bulk(survivors))


def _claimant(one: Claimant, shown: set[int] | None) -> Row:
    """Return a row; whom they were found to be is told of those `shown`, None for all, with what was said of it."""
    merger = getattr(one, "merger", None)
    merged = one.merged_into if shown is None or one.merged_into_id in shown else None
    if merger and shown is not None and merger.into_id not in shown:
        merger = None
    return {
        "id": one.public_id,
        "kind": one.kind,
        "name": one.name,
        "role": one.role,
        "wikidata": one.wikidata,
        "merged_into": merged.public_id if merged else None,
        "merger": _merger(merger, whole=shown is None) if merger else None,
    }


def _merger(merger: ClaimantMerger, *, whole: bool) -> Row:
    told = {"into": merger.into.public_id, "at": moment_text(merger.at)}
    return told | ({"reason": merger.reason} if whole else {})


def _beside_public(some: list[Claimant]) -> dict[int, Row]:
    keys = [one.pk for one in some]
    named = Claimant.objects.named_in_public().in_bulk(keys)
    erased = set(Redaction.objects.naming(keys).values_list("target__wording__claimant", flat=True))
    erased |= set(
        Redaction.objects.naming(keys).values_list("target__appearance__speaker", flat=True)
    )
    held = _by_claimant(Affiliation.objects.standing().filter(claimant__in=keys), _affiliation)
    return {
        one.pk: {
            "name": getattr(named.get(one.pk), "public_name", None),
            "role": getattr(named.get(one.pk), "public_role", None) or "",
            "wikidata": one.wikidata if one.pk in named else "",
            "affiliations": [] if one.pk in erased else held.get(one.pk, []),
        }
        for one in some
    }


def _beside_whole(some: list[Claimant]) -> dict[int, Row]:
    keys = [one.pk for one in some]
    held = _by_claimant(Affiliation.objects.filter(claimant__in=keys), _affiliation_whole)
    aliases = _by_claimant(ClaimantAlias.objects.filter(claimant__in=keys), _alias)
    return {
        key: {"affiliations": held.get(key, []), "aliases": aliases.get(key, [])} for key in keys
    }


def _by_claimant(rows: QuerySet[Any], told: Callable[[Any], Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for one in rows.order_by("pk"):
        found.setdefault(one.claimant_id, []).append(told(one))
    return found


def _affiliation(one: Affiliation) -> Row:
    days = {"since": fact_of(one.since), "until": fact_of(one.until)}
    return {"role": one.role, "body": one.body, **days}


def _stated(one: Any) -> Row:
    return {
        "added_at": moment_text(one.added_at),
        "withdrawn_at": moment_text(one.withdrawn_at) if one.withdrawn_at else None,
        "withdrawal_reason": one.withdrawal_reason,
    }


def _affiliation_whole(one: Affiliation) -> Row:
    ended = moment_text(one.ended_at) if one.ended_at else None
    return {**_affiliation(one), "ended_at": ended, **_stated(one)}


def _alias(one: ClaimantAlias) -> Row:
    return {"name": one.name, **_stated(one)}


def topics(*, whole: bool) -> Iterator[Row]:
    """Yield the topics; in public those that a published claim is filed under."""
    rows: QuerySet[Any] = Topic.objects.order_by("pk")
    if not whole:
        rows = _referred_to(rows, Q(filings__claim__published_at__isnull=False))
    for one in rows:
        told = {"slug": one.slug, "name": one.name}
        yield told | ({"recheck_days": one.recheck_days} if whole else {})


def methods(*, whole: bool) -> Iterator[Row]:
    """Yield the versions of the method, the first one first."""
    for one in MethodVersion.objects.with_checklist().order_by("number"):
        yield {
            "number": one.number,
            "body": one.body,
            "reason": one.reason,
            "at": moment_text(one.at),
            "items": [item.text for item in one.items.all()],
        }


def articles(*, whole: bool) -> Iterator[Row]:
    """Yield the articles; in public those in which a published claim stands, with the text where it may be shown."""
    rows: QuerySet[Any] = Article.objects.order_by("pk").select_related("publisher", "replaces")
    erased = Appearance.objects.filter(article=OuterRef("pk"), exact=None)
    unproved = Appearance.objects.filter(article=OuterRef("pk"), article_sha256=None)
    public = Article.objects.in_public()
    if not whole:
        rows = rows.filter(pk__in=public.order_by().values("pk"))
        rows = rows.annotate(
            erased=Exists(erased),
            unproved=Exists(unproved),
            follows=Exists(public.filter(pk=OuterRef("replaces"))),
        )
    for one in rows.iterator(chunk_size=CHUNK // 10):
        if whole:
            yield _article_whole(one)
            continue
        # A text of which a quote was erased would still hold the words.
        shown = one.licence == Licence.FULL_TEXT and not one.erased
        yield public_article(one, shown=shown, proved=not one.unproved, follows=one.follows)


def _article(one: Article) -> Row:
    return {
        "id": one.public_id,
        "publisher": one.publisher.public_id if one.publisher else None,
        "publisher_name": one.publisher_name,
        "title": one.title,
        "standfirst": one.standfirst,
        "authors": one.authors,
        "dateline": one.dateline,
        "published_on": fact_of(one.published_on),
        "language": one.language,
        "url": one.url,
        "canonical_url": one.canonical_url,
        "licence": one.licence,
        "replaces": one.replaces.public_id if one.replaces else None,
        "recorded_at": moment_text(one.recorded_at),
        "sha256": one.sha256,
        "text": one.text,
    }


def public_article(one: Article, *, shown: bool, proved: bool = True, follows: bool = False) -> Row:
    """Return what readers see of an article: its text and standfirst where it is `shown`, its digest where `proved`.

    `follows` says that readers can see the one that it took the place of.
    """
    told = _article(one)
    if not shown:
        told |= {"text": None, "standfirst": None}
    if not proved:
        told["sha256"] = None
    if not follows:
        told["replaces"] = None
    return told


def _article_whole(one: Article) -> Row:
    original = ArticleOriginal.objects.filter(pk=one.pk).first()
    if original is None:
        return {**_article(one), "original": None}
    data = base64.b64encode(bytes(original.data)).decode()
    return {**_article(one), "original": {"media_type": original.media_type, "data": data}}


def relations(*, whole: bool) -> Iterator[Row]:
    """Yield how claims stand to one another; in public what stands, between claims that lists show."""
    rows = ClaimRelation.objects.order_by("pk").select_related("claim", "other")
    if not whole:
        listed = Claim.objects.listed().order_by().values("pk")
        rows = rows.standing().filter(claim__in=listed, other__in=listed)
    for one in rows.iterator(chunk_size=CHUNK):
        ends = {"claim": one.claim.public_id, "other": one.other.public_id, "kind": one.kind}
        yield ends | ({"reason": one.reason, **_stated(one)} if whole else {})
