"""Telling others that what readers see changed: a cache in front of the register what to forget, a hub whom to call.

Both addresses are settings of an operator, who may well run them behind the same wall: they are not among those that
the guarded fetcher is for. No answer is read, no redirect followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django_tasks.base import Task

from claims import addresses, languages, replicas
from claims.documents import Document
from claims.history.replay import replay
from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    ClaimRelation,
    MethodVersion,
    Publisher,
    Topic,
)
from claims.models.claim import ClaimQuerySet
from claims.tasks.declaring import background, enqueue
from claims.workflow.acting import tell_of_acts
from claims.workflow.telling import Shown, tell_of_changes

SECONDS = 10
AT_ONCE = 500
LISTS = ("/", "/claims/", "/changes/", "/corrections/", "/topics/", "/statistics/")
# The pages of a claim beside its own.
BELOW = (
    addresses.claim_card,
    addresses.claim_compare,
    addresses.claim_embed,
    addresses.claim_now,
)
MAPS = ("/sitemap.xml", "/sitemap-news.xml")


class NotTold(Exception):
    """Somebody who was to be told of a change did not take it."""


@background()
def tell_cache(claim_id: int, erased: int) -> None:
    """Tell the cache in front of the register what a claim's change made old; after an erasure, all that ever was."""
    claim = Claim.objects.with_document().get(pk=claim_id)
    document = json.loads(claim.document.body)
    beside = {name: _in_every_language(path) for name, path in _beside(claim)}
    paths = {*_paths(document), *_topics(claim), *(_mementos(claim) if erased else ())}
    _purge(paths.union(*beside.values()), {*_keys(document), *beside})


@background()
def tell_cache_of_articles(claim_id: int) -> None:
    """Tell the cache that pages of articles lost words, which were erased as quotes of a claim that nobody can see."""
    quoted = Appearance.objects.filter(claim=claim_id).values("article")
    pages = [
        (f"article-{one.public_id}", path)
        for one in Article.objects.in_public().filter(pk__in=quoted).without_text()
        for path in (addresses.article_page(one), addresses.article_annotations(one.public_id))
    ]
    _tell_pages(pages)


@background()
def tell_cache_of_method(version_id: int) -> None:
    """Tell the cache that the method is another from this version on."""
    number = MethodVersion.objects.get(pk=version_id).number
    pages = [addresses.METHOD, *map(addresses.method_version, (number - 1, number))]
    _tell_pages([("lists", page) for page in pages])


@background()
def tell_cache_of_topic(topic_id: int) -> None:
    """Tell the cache that a topic is called something else, and so on the pages of all claims filed there."""
    topic = Topic.objects.get(pk=topic_id)
    pages = [*LISTS, addresses.topic_page(topic.slug)]
    filed = Claim.objects.under_topic(topic.slug)
    _tell_pages([*(("lists", page) for page in pages), *_pages_of(filed)])


@background()
def tell_cache_of_claimant(claimant_id: int) -> None:
    """Tell the cache that pages say something else of who a claimant is: their own, and those of their claims."""
    claimant = Claimant.objects.get(pk=claimant_id)
    named = Claimant.objects.named_in_public().in_bulk(claimant.same)
    pages = [
        (f"claimant-{one.public_id}", addresses.claimant_page(one.public_id, _shown(named, one)))
        for one in Claimant.objects.filter(pk__in=claimant.same).order_by("pk")
    ]
    _tell_pages([*pages, *_pages_of(Claim.objects.by_claimant(claimant))])


def _shown(named: dict[int, Claimant], one: Claimant) -> str | None:
    """Return the name that readers see of somebody; nothing of whom they do not know."""
    return getattr(named.get(one.pk), "public_name", None)


def _pages_of(claims: ClaimQuerySet) -> Iterator[tuple[str, str]]:
    """Yield the page of each published claim, with the name that its answers carry."""
    for _, public_id, summary in claims.published().order_by("pk").stored_summaries().iterator():
        yield f"claim-{public_id}", json.loads(summary)["html_url"]


def _tell_pages(pages: Iterable[tuple[str, str]]) -> None:
    """Tell of pages in every language, each with the name it is forgotten by; so many at a time as a cache can bear."""
    rest = iter(pages)
    while some := list(islice(rest, AT_ONCE)):
        paths = {languages.local(path, one) for _, path in some for one in languages.READERS}
        _purge(paths, (key for key, _ in some))


@background()
def forget_exports(names: str) -> None:
    """Tell the cache that exports of these names, with spaces between them, are gone."""
    paths = [path for name in names.split() for path in addresses.export_files(name)]
    _purge([addresses.EXPORTS_API, *paths], [f"export-{name}" for name in names.split()])


def tell_cache_of_exports(names: Iterable[str]) -> None:
    """Ask for the cache to be told that exports were thrown away."""
    told = " ".join(names)
    if told and settings.FACTCHECK_PURGE_URL:
        enqueue(forget_exports, told)


@background()
def tell_hub(claim_id: int) -> None:
    """Tell the WebSub hub which feeds changed with a claim."""
    public_id = Claim.objects.get(pk=claim_id).public_id
    topics = [settings.FACTCHECK_BASE_URL + path for path in _feeds(public_id)]
    _post(
        settings.FACTCHECK_WEBSUB_HUB,
        data=[("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)],
    )


def ask_to_tell(claim: Claim, erased: bool) -> None:  # noqa: FBT001  (told by `acting`)
    """Ask for what the settings want told, in the transaction of the act."""
    if settings.FACTCHECK_PURGE_URL and not claim.is_published:
        enqueue(tell_cache_of_articles, claim.pk)
    elif settings.FACTCHECK_PURGE_URL:
        enqueue(tell_cache, claim.pk, int(erased))
    if settings.FACTCHECK_WEBSUB_HUB and claim.is_published:
        enqueue(tell_hub, claim.pk)


def ask_to_tell_of(thing: Shown) -> None:
    """Ask for the cache to be told of what no act on a claim changed, in the transaction that changed it."""
    if settings.FACTCHECK_PURGE_URL:
        enqueue(TOLD[type(thing)], thing.pk)


TOLD: dict[type[Shown], Task[[int], None]] = {
    Claimant: tell_cache_of_claimant,
    MethodVersion: tell_cache_of_method,
    Topic: tell_cache_of_topic,
}
tell_of_acts(ask_to_tell, of_unseen=True)
tell_of_changes(ask_to_tell_of)


def _purge(paths: Iterable[str], keys: Iterable[str]) -> None:
    replicas.wait_until_followed()  # or the cache would fetch from there what it was told to forget
    token = settings.FACTCHECK_PURGE_TOKEN
    _post(
        settings.FACTCHECK_PURGE_URL,
        json={"paths": sorted(paths), "keys": sorted(set(keys))},
        headers={"Authorization": f"Bearer {token}"} if token else {},
    )


def _post(address: str, **message: Any) -> None:
    if not address:
        return  # no longer wanted
    import requests  # large

    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            address, timeout=SECONDS, allow_redirects=False, stream=True, **message
        )
        answer.close()
    if not 200 <= answer.status_code < 300:
        raise NotTold(f"answered {answer.status_code}")


def _paths(document: Document) -> Iterator[str]:
    """Yield every address of which a claim's change may alter the answer, in every language."""
    own = document["id"]
    for path in (*LISTS, *_pages(document), *(below(own) for below in BELOW)):
        yield from _in_every_language(path)
    yield from (addresses.claim_timemap(own), *addresses.claim_citations(own))
    yield from (addresses.claim_api(own), addresses.claim_history_api(own))
    yield from (addresses.claim_file(own, form) for form in ("json", "jsonld"))
    yield from (addresses.claim_provenance(own), addresses.claim_averitec(own))
    yield from (addresses.CLAIM_REVIEWS, addresses.AVERITEC)
    yield from _feeds(own)
    yield from MAPS


def _pages(document: Document) -> Iterator[str]:
    yield addresses.claim_short(document["id"])
    # An earlier wording had another address, and caches may hold the page that it was.
    for wording in document["wordings"]:
        yield addresses.claim_page(document["id"], wording["text"])
    if document["claimant"]:
        yield document["claimant"]["html_url"]
    for place in document["appearances"]:
        yield place["article"]["html_url"]
        yield addresses.article_annotations(place["article"]["id"])
        if speaker := place["speaker"]:
            yield addresses.claimant_page(speaker["id"], speaker["name"])


def _topics(claim: Claim) -> Iterator[str]:
    """Yield the pages of the topics under which a claim is listed."""
    for topic in json.loads(claim.document.around)["topics"]:
        yield from _in_every_language(topic["html_url"])


def _feeds(public_id: str) -> Iterator[str]:
    for form in addresses.FEED_FORMS:
        yield addresses.claim_feed(public_id, form)
        for what in addresses.FEEDS:
            yield addresses.feed(what, form)


def _beside(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the pages of other things that show a claim, each with the name that its answers carry."""
    for relation in ClaimRelation.objects.readable_with(claim):
        other = relation.beyond(claim)
        yield f"claim-{other.public_id}", json.loads(other.document.summary)["html_url"]
    for one in Publisher.objects.shown_with(claim):
        yield f"publisher-{one.public_id}", addresses.publisher_page(one.public_id, one.name)


def _in_every_language(path: str) -> set[str]:
    return {languages.local(path, language) for language in languages.READERS}


def _mementos(claim: Claim) -> Iterator[str]:
    """Yield every page of an earlier time, which caches were told to keep for ever."""
    for entry in replay(claim).entries:
        path = addresses.claim_memento(claim.public_id, entry.recorded_at)
        yield from _in_every_language(path)


def _keys(document: Document) -> Iterator[str]:
    """Yield the names (`Cache-Tag`) that the same answers carry."""
    yield "lists"
    yield f"claim-{document['id']}"
    if document["claimant"]:
        yield f"claimant-{document['claimant']['id']}"
    for place in document["appearances"]:
        yield f"article-{place['article']['id']}"
        if place["speaker"]:
            yield f"claimant-{place['speaker']['id']}"
