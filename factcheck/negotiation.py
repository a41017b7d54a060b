"""In which form a claim is told at its own address: as a page, or in a form that its reader prefers (RFC 9110, 12.5.1).

Each form has an address of its own as well, and is answered by what answers there, so that both are the same bytes. The
forms for programs are the same in every language of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from claims import addresses, languages
from claims.models.fields import PUBLIC_ID_PATTERN

Answer = Callable[[HttpRequest], HttpResponse]
CLAIM = re.compile(rf"/claims/(?P<id>{PUBLIC_ID_PATTERN})/(?:(?P<slug>[^/@][^/]*)/)?")
PAGE = ""
# What there is, the page first: it is for whoever has no preference, or one that cannot be met or read.
FORMS = {
    "text/html": PAGE,
    "application/json": "json",
    "application/json; charset=utf-8": "json",
    "application/ld+json": "jsonld",
}


def by_what_is_accepted(get_response: Answer) -> Answer:
    """Middleware: at a claim's own address, answer in the form that the reader prefers, and say that it was chosen."""

    def answer(request: HttpRequest) -> HttpResponse:
        found = CLAIM.fullmatch(languages.plain(request.path_info))
        if found is None or found["slug"] in addresses.TAKEN:
            return get_response(request)
        form = form_for(request)
        path = addresses.claim_file(found["id"], form)
        if form:
            request.path_info = path
        response = get_response(request)
        patch_vary_headers(response, ["Accept"])
        if form and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            response.headers["Content-Location"] = path
        return response

    return answer


def form_for(request: HttpRequest) -> str:
    """Return the ending of the form that is preferred; "" for the page."""
    if request.method not in ("GET", "HEAD"):
        return PAGE
    try:
        preferred = request.get_preferred_type(list(FORMS))
    except (ValueError, LookupError):  # a parameter in an encoding that nobody knows (RFC 2231)
        return PAGE
    return FORMS[preferred] if preferred else PAGE
