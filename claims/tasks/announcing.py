"""Telling others that a claim changed: a cache in front of the register what to forget, a hub whom to call.

Both addresses are settings of an operator, who may well run them behind the same wall: they are not among those that
the guarded fetcher is for. No answer is read, no redirect followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import requests
from django.conf import settings

from claims import addresses, languages
from claims.documents import Document
from claims.history.replay import replay
from claims.models import Claim
from claims.tasks.declaring import background, enqueue
from claims.workflow.acting import tell_of_acts

SECONDS = 10
LISTS = ("/", "/claims/", "/changes/", "/corrections/", "/topics/", "/statistics/")
MAPS = ("/sitemap.xml", "/sitemap-news.xml")


class NotTold(Exception):
    """Somebody who was to be told of a change did not take it."""


@background()
def tell_cache(claim_id: int, erased: int) -> None:
    """Tell the cache in front of the register what a claim's change made old; after an erasure, all that ever was."""
    claim = Claim.objects.with_document().get(pk=claim_id)
    document = json.loads(claim.document.body)
    paths = sorted({*_paths(document), *(_mementos(claim) if erased else ())})
    token = settings.FACTCHECK_PURGE_TOKEN
    _post(
        settings.FACTCHECK_PURGE_URL,
        json={"paths": paths, "keys": sorted(set(_keys(document)))},
        headers={"Authorization": f"Bearer {token}"} if token else {},
    )


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
    if settings.FACTCHECK_PURGE_URL:
        enqueue(tell_cache, claim.pk, int(erased))
    if settings.FACTCHECK_WEBSUB_HUB:
        enqueue(tell_hub, claim.pk)


tell_of_acts(ask_to_tell)


def _post(address: str, **message: Any) -> None:
    if not address:
        return  # no longer wanted
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
    for path in (*LISTS, *_pages(document), addresses.claim_card(own), addresses.claim_embed(own)):
        for language in languages.READERS:
            yield languages.local(path, language)
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


def _feeds(public_id: str) -> Iterator[str]:
    for form in addresses.FEED_FORMS:
        yield addresses.claim_feed(public_id, form)
        for what in addresses.FEEDS:
            yield addresses.feed(what, form)


def _mementos(claim: Claim) -> Iterator[str]:
    """Yield every page of an earlier time, which caches were told to keep for ever."""
    for entry in replay(claim).entries:
        path = addresses.claim_memento(claim.public_id, entry.recorded_at)
        for language in languages.READERS:
            yield languages.local(path, language)


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
