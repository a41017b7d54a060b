"""The page of one article: its published claims, marked in the text where its licence allows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses
from claims.documents import Document
from claims.layout.words import REMOVED, WITHDRAWN
from claims.models import Article, Claim, Redaction
from claims.models.redaction import QUOTE, QUOTED_TEXT_DIGEST
from claims.public.answers import answer, is_at, moved, public_page
from claims.public.marks import Span, paragraphs
from claims.vocabulary import Licence, RedactionReason

Unseen = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A published claim and the places in this article where it was found."""

    number: int
    claim: Document
    places: list[Document]


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """Show an article in which a published claim was found; any other is not found."""
    article = Article.objects.known_as(public_id).with_publisher().first()
    claims = (
        list(Claim.objects.published().appearing_in(article).with_document()) if article else []
    )
    if article is None or not claims:
        raise Http404
    path = addresses.article_page(article)
    if not is_at(request, path):
        return moved(request, path)
    found, unseen = _found(article, claims), list(Redaction.objects.unseen_in(article))
    spans = [*_spans(found), *_unseen_spans(unseen)]
    full_text = article.licence == Licence.FULL_TEXT
    versions = [
        (one.pk == article.replaces_id, one, addresses.article_page(one))
        for one in Article.objects.in_public().next_to(article).without_text()
    ]
    context: dict[str, Any] = {
        "article": article,
        "byline": _byline(article),
        "found": found,
        "paragraphs": paragraphs(article.text, spans) if full_text else None,
        "publisher_path": _publisher_path(article),
        "versions": versions,
        "sha256": _digest(article, found, unseen),
        "path": path,
    }
    marks = [
        article.sha256,
        article.licence,
        str(versions),
        str(unseen),
        context["publisher_path"],
        *(claim.document.sha256 for claim in claims),
    ]
    return answer(request, "public/article.html", context, marks=marks)


def _byline(article: Article) -> str:
    return ", ".join(name.strip() for name in article.authors.split(";") if name.strip())


def _publisher_path(article: Article) -> str:
    """Return where the publisher's page is; nothing where the article only names one."""
    publisher = article.publisher
    return addresses.publisher_page(publisher.public_id, publisher.name) if publisher else ""


def _found(article: Article, claims: list[Claim]) -> list[Found]:
    """Return the claims in the order in which the article makes them."""
    documents = [json.loads(claim.document.body) for claim in claims]
    placed = [(_places(document, article), document) for document in documents]
    placed.sort(key=lambda pair: (pair[0][0]["quote"]["start"], pair[1]["id"]))
    return [Found(number, document, places) for number, (places, document) in enumerate(placed, 1)]


def _places(document: Document, article: Article) -> list[Document]:
    here = [part for part in document["appearances"] if part["article"]["id"] == article.public_id]
    return sorted(here, key=lambda part: (part["quote"]["start"], part["entry"]))


def _digest(article: Article, found: list[Found], unseen: list[Unseen]) -> str:
    """Return the digest of the text; nothing once it was erased somewhere in the history."""
    erased = any("article_sha256" in place["redacted"] for one in found for place in one.places)
    erased = erased or any(field == QUOTED_TEXT_DIGEST for field, *_ in unseen)
    return "" if erased else article.sha256


def _spans(found: list[Found]) -> list[Span]:
    """Return what to mark in the text: the quotes that stand, and the words that were removed."""
    return [
        Span(
            place["quote"]["start"],
            place["quote"]["end"],
            one.number,
            status=one.claim["status"] or WITHDRAWN,
            erased=_erased(place),
        )
        for one in found
        for place in one.places
        if _erased(place) or not place["withdrawn"]
    ]


def _unseen_spans(unseen: list[Unseen]) -> list[Span]:
    """Return the words that were removed as quotes of claims that readers cannot see."""
    return [
        Span(start, end, 0, erased=str(REMOVED[RedactionReason(reason)]))
        for field, start, end, reason in unseen
        if field == QUOTE
    ]


def _erased(place: Document) -> str:
    """Return what stands for the words of a quote that were removed: they are then gone from the text as well."""
    tombstone = place["redacted"].get("exact")
    return str(REMOVED[tombstone["reason"]]) if tombstone else ""
