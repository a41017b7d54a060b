"""`match/`: which published claims occur in a text, in an article's HTML, or in the page behind a link.

A question too long for an address, so it comes by POST; it stores nothing and needs no key. Anybody may send a link:
it goes through the guarded fetcher alone, is counted by itself, and its page's text is not handed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request

from claims import addresses, documents
from claims.api.answers import JSON, ReadOnlyView
from claims.api.bases import base_of
from claims.api.described import KEY
from claims.api.match_body import Asked, read_asked
from claims.api.parameters import Parameters
from claims.api.problems import Refusal
from claims.api.shapes.match import MATCH_BODY, MatchSerializer, match_refusals
from claims.api.throttles import ReaderThrottle, Sender
from claims.document_parts import Part
from claims.interop.claimreview_markup import RATINGS
from claims.matching.given import Given, NotRead, Why, fetched_page, sent_page, typed_text
from claims.matching.occurrences import Occurrence, Read, occurring_in
from claims.models import Article
from claims.search.public import Repeated

FIELDS = {"text": "/text", "html": "/html", "url": "/url"}


class PostOnly(exceptions.MethodNotAllowed):
    """This address is asked with a body."""

    default_detail = "This address is asked with POST."

    def __init__(self, method: str) -> None:
        super().__init__(method, self.default_detail)


class NothingToRead(Refusal):
    """What was sent holds no text to look through; `reason` says why in one word."""

    slug = "nothing-to-read"

    def __init__(self, refusal: NotRead, pointer: str) -> None:
        super().__init__(refusal.told)
        self.errors = [{"pointer": pointer, "detail": refusal.told, "reason": refusal.why.value}]


class NoAnswer(NothingToRead):
    """The server of the page gave no usable answer."""

    slug = "page-not-answered"


class MatchThrottle(ReaderThrottle):
    """Looking through a text costs more than reading a page."""

    scope = "matches"

    def rate_of(self, request: Request | Sender) -> tuple[str, str, int | None, int | None]:
        """Return the rate of texts, counted apart from what the same reader, or key, reads."""
        _, reader, _, _ = super().rate_of(request)
        return self.scope, f"{self.scope}:{reader}", *self.parse_rate(self.rate)


class LinkThrottle(MatchThrottle):
    """A link has us ask somebody else's server, and wait for it."""

    scope = "links"


class Match(ReadOnlyView):
    """Which claims occur in a text."""

    http_method_names = ["post", "options"]
    throttle_classes = [ReaderThrottle, MatchThrottle]

    @extend_schema(
        operation_id="matchText",
        summary="Find the claims that occur in a text",
        request={JSON: MATCH_BODY},
        responses={(200, JSON): MatchSerializer, **match_refusals()},
        auth=[KEY, {}],  # type: ignore[list-item]  # requirements, as the schema has them
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Return the published claims that sentences of a text may repeat, in the order of the text.

        Sharing words is not saying the same: let a person read both. Nothing that is sent is kept.
        """
        Parameters(request.query_params, ()).check()
        asked = read_asked(request)
        given = self._given(request, asked)
        read = occurring_in(
            given.text, most=asked.limit, least=asked.min_score, language=asked.language
        )
        part = {"read": _read_part(given, read, asked), "matches": list(_matches(read))}
        body = orjson.dumps(documents.absolute(part, base_of(request)))
        return HttpResponse(body, content_type=JSON)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Answer a browser's question before a request from another site."""
        response = super().options(request, *args, **kwargs)
        response["Access-Control-Allow-Methods"] = "POST, OPTIONS"
        return response

    def http_method_not_allowed(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Say how it is asked."""
        raise PostOnly(request.method or "")

    def _given(self, request: Request, asked: Asked) -> Given:
        try:
            if asked.text is not None:
                return typed_text(asked.text)
            if asked.html is not None:
                return sent_page(asked.html, url=asked.url)
            links = LinkThrottle()
            if not links.allow_request(request, self):
                self.throttled(request, links.wait())
            return fetched_page(asked.url)
        except NotRead as refusal:
            named = next(name for name in FIELDS if getattr(asked, name))
            kind = NoAnswer if refusal.why == Why.NOT_ANSWERED else NothingToRead
            raise kind(refusal, FIELDS[named]) from refusal


def _read_part(given: Given, read: Read, asked: Asked) -> Part:
    """What was looked through. The text of a page that we fetched is its publisher's, and not handed on."""
    return {
        "url": given.url or None,
        "article": _article_part(given.url),
        "title": given.title or None,
        "language": given.language or None,
        "sha256": given.sha256,
        "text": given.text if asked.text or asked.html else None,
        "characters": len(given.text),
        "sentences": read.looked_at,
        "sentences_left_out": read.left_out,
        "truncated": given.cut or read.left_out > 0,
    }


def _article_part(url: str) -> Part | None:
    # 4, where a page has an address: whether the register knows its article
    known = Article.objects.in_public().without_text().latest_of(url) if url else None
    if known is None:
        return None
    return {
        "id": known.public_id,
        "url": addresses.article_api(known.public_id),
        "html_url": addresses.article_page(known),
    }


def _matches(read: Read) -> Iterable[Part]:
    return (_match_part(one, near) for one in read.occurrences for near in one.near)


def _match_part(one: Occurrence, near: Repeated) -> Part:
    claim: Part = orjson.loads(near.summary)
    start, end = near.place or (0, len(one.sentence.text))
    return {
        "claim": {**claim, "textual_rating": RATINGS.get(claim["status"])},
        "passage": {
            "exact": one.sentence.text[start:end],
            "start": one.sentence.start + start,
            "end": one.sentence.start + end,
            "sentence": one.sentence.number,
        },
        "match": "exact" if near.place else "near",
        "score": round(near.score, 4),
    }
