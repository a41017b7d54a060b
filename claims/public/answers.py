"""How every public page answers: safe methods only, plain refusals, conditional requests, short caching."""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from claims import addresses, encodings, languages
from claims.public.arguments import BadArgument
from claims.public.kept import Context, rendered

RETRY_SECONDS = 5
IN_CONFIDENCE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
PACKED = {"Content-Encoding": "gzip"}
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
logger = logging.getLogger("django.request")


def public_page(view: View[P]) -> View[P]:
    """Make a view a public page: it is only read, an argument it cannot read is refused in words, and where the
    database does not answer the reader is asked to come back.
    """

    # What forges a request of another kind is refused for its kind: nothing is changed here by anybody.
    return csrf_exempt(require_safe(with_care(view)))


def with_care(view: View[P]) -> View[P]:
    """Make a view refuse in words what it cannot read, and ask to come back where the database does not answer."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
            response.headers.setdefault(
                "Cache-Tag", addresses.tag_of(languages.plain(request.path))
            )
            return response
        except BadArgument as refusal:
            return render(request, "public/bad_argument.html", {"refusal": refusal}, status=400)
        except (OperationalError, InterfaceError) as error:
            logger.error("The database does not answer", exc_info=error)
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = str(RETRY_SECONDS)
            return not_to_be_kept(response)

    return page


def answer(
    request: HttpRequest,
    template: str,
    context: Context,
    *,
    marks: Iterable[str],
    noindex: bool = False,
) -> HttpResponse:
    """Return the page, or "not modified" before anything is rendered.

    `marks` name everything of the page that can change, such as the hashes of the documents it shows: a page with the
    same marks is not made twice. Compressed it is another representation, with an ETag of its own (RFC 9110, 8.8.3.3),
    and `Vary` says so. `context` may be a function, which is called only where the page must be made.
    """
    etag, packed = etag_of(request.get_full_path(), *marks), takes_gzip(request)

    def made() -> dict[str, Any]:
        return {**(context() if callable(context) else context), "noindex": noindex}

    def page() -> HttpResponse:
        html = rendered(request, template, made, etag=etag)
        return HttpResponse(html, headers=PACKED) if packed else HttpResponse(gzip.decompress(html))

    response = _unless_known(request, page, f'{etag[:-1]}-gzip"' if packed else etag)
    patch_vary_headers(response, ["Accept-Encoding"])
    if noindex:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def takes_gzip(request: HttpRequest) -> bool:
    """Return whether the client says that it reads gzip (RFC 9110, 12.5.3)."""
    return encodings.takes_gzip(request.headers.get("Accept-Encoding", ""))


def answer_with(
    request: HttpRequest, make: Callable[[], HttpResponse], *, marks: Iterable[str]
) -> HttpResponse:
    """Return what `make` makes, whatever it is, or "not modified" before anything is made."""
    return _unless_known(request, make, etag_of(request.get_full_path(), *marks))


def _unless_known(
    request: HttpRequest, make: Callable[[], HttpResponse], etag: str
) -> HttpResponse:
    # Pages have no date of modification, and RFC 9110 (13.1.4) then wants this condition ignored.
    request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    known = get_conditional_response(request, etag=etag)
    if known and known.status_code == HTTPStatus.PRECONDITION_FAILED:
        return not_to_be_kept(known)
    response = known or make()
    response.headers["ETag"] = etag
    return for_a_short_while(response)


def is_at(request: HttpRequest, path: str) -> bool:
    """Return whether a page was asked for at its own address, in whichever language."""
    return request.path == languages.local(path)


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to the right address of the same thing in the same language, keeping what was asked for."""
    path = languages.local(path)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    # A browser that kept a redirect for ever would go round in circles once a slug changes back.
    return for_a_short_while(response)


def gone(request: HttpRequest, *, ground: StrOrPromise, at: datetime) -> HttpResponse:
    """Say of what readers could see that it was removed, on which ground and when, and where to go on."""
    context = {"ground": ground, "at": at, "noindex": True}
    response = render(request, "public/gone.html", context, status=HTTPStatus.GONE)
    response.headers["X-Robots-Tag"] = "noindex"
    return for_a_short_while(response)


def in_confidence(response: HttpResponse) -> HttpResponse:
    """Answer one person who was given a secret address: nothing keeps it, lists it, or learns the address from it."""
    for name, value in IN_CONFIDENCE.items():
        response.headers[name] = value
    return response


def found_at(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to what is the answer for now, in the same language."""
    return for_a_short_while(HttpResponseRedirect(languages.local(path)))


def not_to_be_kept(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches: what one reader's conditions led to is not for the next one."""
    patch_cache_control(response, no_store=True)
    return response


def for_a_short_while(response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer for a minute, unless set otherwise: readers see a new verdict at once, near enough."""
    stale, shared = settings.FACTCHECK_STALE_SECONDS, settings.FACTCHECK_CDN_SECONDS
    patch_cache_control(response, public=True, max_age=settings.FACTCHECK_FRESH_SECONDS)
    if shared:
        patch_cache_control(response, s_maxage=shared)
    if stale:
        patch_cache_control(response, stale_while_revalidate=stale)
    return response


def etag_of(*parts: str) -> str:
    """Return the entity tag of a page: `parts` are its address and the marks of all that can change on it."""
    shown = [str(getattr(settings, name)) for name in SHOWN]
    text = "\n".join([edition(), *shown, *parts])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@cache
def edition() -> str:
    """Return what changes when the pages' design changes, so that no cache mixes two of them."""
    rooms = [Path(__file__).parent, *(settings.BASE_DIR / room for room in DESIGN)]
    found = sorted(file for room in rooms for file in room.rglob("*.*") if file.suffix in SUFFIXES)
    files = [*found, *(settings.BASE_DIR / file for file in WORDS)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


DESIGN = (
    "templates/public",
    "claims/interop",
    "claims/layout",
    "claims/locale",
    "claims/static/claims",
    "claims/templatetags",
)
WORDS = ("claims/vocabulary.py", "claims/desk_vocabulary.py", "claims/languages.py")
SHOWN = (  # settings that pages show; a test compares them with those that are read
    "FACTCHECK_BASE_URL",
    "FACTCHECK_ESCALATION_NAME",
    "FACTCHECK_ESCALATION_URL",
    "FACTCHECK_FRESH_SECONDS",
    "FACTCHECK_FUNDING",
    "FACTCHECK_FUNDING_URL",
    "FACTCHECK_LICENCE_NAME",
    "FACTCHECK_LICENCE_URL",
    "FACTCHECK_LOG_ORIGIN",
    "FACTCHECK_OWNER_CONTACT",
    "FACTCHECK_OWNER_NAME",
    "FACTCHECK_POLICIES",
    "FACTCHECK_REGISTER_NAME",
    "FACTCHECK_WEBSUB_HUB",
)
SUFFIXES = frozenset({".py", ".html", ".css", ".svg", ".js", ".mo"})
