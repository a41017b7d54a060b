"""How every public page answers: safe methods only, plain refusals, conditional requests, short caching."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from claims.public.arguments import BadArgument

FRESH_SECONDS = 60
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public_page(view: View[P]) -> View[P]:
    """Make a view a public page: it is only read, and an argument it cannot read is refused in words."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadArgument as refusal:
            return render(request, "public/bad_argument.html", {"refusal": refusal}, status=400)

    return page


def answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    marks: Iterable[str],
    noindex: bool = False,
) -> HttpResponse:
    """Return the page, or "not modified" before anything is rendered.

    `marks` name everything of the page that can change, such as the hashes of the documents it shows.
    """
    etag = _etag(request.get_full_path(), *marks)
    known = get_conditional_response(request, etag=etag)
    response = known or render(request, template, {**context, "noindex": noindex})
    response.headers["ETag"] = etag
    if noindex:
        response.headers["X-Robots-Tag"] = "noindex"
    return for_a_short_while(response)


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to the right address of the same thing, keeping what was asked for."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    # A browser that kept a redirect for ever would go round in circles once a slug changes back.
    return for_a_short_while(response)


def for_a_short_while(response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer for a minute: readers see a new verdict at once, near enough."""
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _etag(*parts: str) -> str:
    text = "\n".join([edition(), *parts])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@cache
def edition() -> str:
    """Return what changes when the pages' design changes, so that no cache mixes two of them."""
    rooms = [Path(__file__).parent, *(settings.BASE_DIR / room for room in DESIGN)]
    files = sorted(file for room in rooms for file in room.rglob("*.*") if file.suffix in SUFFIXES)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


DESIGN = ("templates/public", "claims/static/claims", "claims/templatetags")
SUFFIXES = frozenset({".py", ".html", ".css", ".svg"})
