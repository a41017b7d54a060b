"""How the API answers: read-only views, JSON bytes, absolute addresses, validators, caching and open CORS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims import documents
from claims.api.bases import absolute_json, base_of
from claims.api.pages import Page
from claims.api.problems import PreconditionFailed

JSON = "application/json"
MAX_AGE = 15
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def etag_of(sha256: str, base: str) -> str:
    """Return the strong validator of a document with that digest, served behind `base`."""
    return f'"{hashlib.sha256(f"{base} {sha256}".encode()).hexdigest()[:32]}"'


class WhateverIsAccepted:
    """What answers in one form alone, which its address names: what a client says to accept does not refuse it."""

    def perform_content_negotiation(
        self, request: Request, *args: object, **kwargs: object
    ) -> tuple[JSONRenderer, str]:
        """Return the one form."""
        return JSONRenderer(), JSON


class ReadOnlyView(APIView):
    """An address that can be read by anybody, from any site, and never written."""

    http_method_names = ["get", "head", "options"]
    permission_classes = [AllowAny]
    max_age = MAX_AGE

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Answer a browser's question before a request from another site."""
        response = HttpResponse(status=204, headers=PREFLIGHT)
        del response["Content-Type"]
        return response

    def finalize_response(  # type: ignore[override]  # the stubs know only the framework's own Response
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Open every answer to other sites; keep refusals out of caches."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        for name, value in CORS.items():
            response[name] = value
        response.setdefault("Cache-Control", "no-store")
        return response

    def answer(
        self,
        body: bytes,
        *,
        sha256: str | None = None,
        media_type: str = JSON,
        links: Mapping[str, str | None] | None = None,
    ) -> HttpResponseBase:
        """Return `body` with its validator, or 304 where the client has it already."""
        response = HttpResponse(body, content_type=media_type)
        base = base_of(self.request)
        response["ETag"] = etag_of(sha256 or hashlib.sha256(body).hexdigest(), base)
        response["Cache-Control"] = f"public, max-age={self.max_age}"
        # Nothing here has a date of modification, and RFC 9110 (13.1.4) then wants this condition ignored.
        self.request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
        chosen = get_conditional_response(self.request, response["ETag"], None, response)
        if chosen is None or chosen.status_code == PreconditionFailed.status_code:
            raise PreconditionFailed
        if header := link_header(links or {}):
            chosen["Link"] = header
        return chosen

    def moved(self, path: str) -> HttpResponseBase:
        """Lead to the address of what this was found to be; not for ever, so that no cache goes in circles."""
        response = HttpResponsePermanentRedirect(base_of(self.request) + path)
        response["Cache-Control"] = f"public, max-age={self.max_age}"
        return response

    def answer_part(self, part: Any) -> HttpResponseBase:
        """Return a part built of dictionaries and lists, its addresses made absolute."""
        return self.answer(orjson.dumps(documents.absolute(part, base_of(self.request))))

    def answer_page(self, page: Page[Any], items: list[Any]) -> HttpResponseBase:
        """Return one page of a list, its items built of dictionaries and lists."""
        return self.answer_page_text(page, [orjson.dumps(item).decode() for item in items])

    def answer_page_text(self, page: Page[Any], items: Iterable[str]) -> HttpResponseBase:
        """Return one page of a list from the JSON of its items."""
        ends = orjson.dumps({"next": page.following, "previous": page.previous}).decode()
        body = absolute_json(f'{{"results":[{",".join(items)}],{ends[1:]}', base_of(self.request))
        return self.answer(body, links={"next": page.following, "prev": page.previous})


def link_header(links: Mapping[str, str | None]) -> str:
    """Return the Link header (RFC 8288) of the given relations."""
    return ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items() if url)
