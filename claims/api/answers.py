"""How the API answers: views, JSON bytes, absolute addresses, what is left of a rate, caching and open CORS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from claims import addresses, documents
from claims.api.bases import absolute_json, base_of
from claims.api.conditions import Modified, etag_of, representation
from claims.api.deprecation import Deprecated, mark
from claims.api.keys import KeyAuthentication, KeyNotValid, ScopeMissing, must_have
from claims.api.pages import Page
from claims.api.throttles import Quota
from claims.desk_vocabulary import Scope

JSON, ANYTHING = "application/json", "*/*"
MAX_AGE = 15
EXPOSED = (
    "Deprecation",
    "ETag",
    "Last-Modified",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Sunset",
    "WWW-Authenticate",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
)
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
}
# A star does not stand for Authorization (Fetch, 4.8). Other sites may read: writes are for programs with a key of
# their own, and no page in a browser should hold one.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Max-Age": "86400",
}


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
    authentication_classes = [KeyAuthentication]
    permission_classes = [AllowAny]
    max_age = MAX_AGE
    deprecated: tuple[Deprecated, ...] = ()
    quota: Quota | None = None

    def perform_content_negotiation(
        self,
        request: Request,
        force: bool = False,  # noqa: FBT001, FBT002  (as the framework has it)
    ) -> tuple[BaseRenderer, str]:
        """Return the form that is preferred: the first one at once to whoever takes any, as nearly all programs do."""
        if request.headers.get("Accept", ANYTHING) != ANYTHING:
            return super().perform_content_negotiation(request, force)
        first = self.renderer_classes[0]
        return first(), str(first.media_type)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Say which methods there are, and answer a browser's question before a request from another site."""
        response = HttpResponse(status=204, headers=PREFLIGHT)
        response["Allow"] = ", ".join(self.allowed_methods)
        del response["Content-Type"]
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let everybody ask which methods there are: no key is looked up for that, and no rate is used up."""
        if request.method != "OPTIONS":
            super().initial(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks; whoever guesses at keys is counted like anybody else."""
        try:
            super().perform_authentication(request)
        except KeyNotValid:
            self.check_throttles(request)
            raise

    def check_permissions(self, request: Request) -> None:
        """Refuse to read to a key that is not good for it, and count that. Without a key, everybody may."""
        super().check_permissions(request)
        if request.auth is None or request.method not in ("GET", "HEAD"):
            return
        try:
            must_have(request.auth, Scope.READ)
        except ScopeMissing:
            self.check_throttles(request)
            raise

    def finalize_response(  # type: ignore[override]  # the stubs know only the framework's own Response
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Open every answer to other sites, say what is left of the rate, name it for caches; keep refusals out."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        for name, value in (*CORS.items(), *(self.quota.headers() if self.quota else ())):
            response[name] = value
        response.setdefault("Cache-Control", "no-store")
        if "public" in response["Cache-Control"]:
            response["Cache-Tag"] = addresses.tag_of(request.path)
        return mark(response, self.deprecated, request.GET)

    def answer(
        self,
        body: bytes,
        *,
        sha256: str | None = None,
        head: str = "",
        modified: Modified | None = None,
        media_type: str = JSON,
        links: Mapping[str, str | None] | None = None,
    ) -> HttpResponseBase:
        """Return `body` with its validators, or 304 where the client has it already.

        `head` is what the entity tags of a claim begin with (`conditions.head_mark`). Without `modified` there is no
        date of modification, and conditions on one are not looked at (RFC 9110, 13.1.4).
        """
        response = representation(
            self.request,
            body,
            media_type=media_type,
            etag=etag_of(
                sha256 or hashlib.sha256(body).hexdigest(), base_of(self.request), head=head
            ),
            modified=modified,
        )
        response["Cache-Control"] = f"public, max-age={self.max_age}"
        if header := link_header(links or {}):
            response["Link"] = header
        return response

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
