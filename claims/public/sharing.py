"""How files for programs answer: as public pages do, and open to scripts on other sites, whose browsers ask first."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.public.answers import P, View, with_care

METHODS = ("GET", "HEAD", "OPTIONS")
# What a script is shown beyond what it may always see (Fetch, 3.3.3), parts of a file among it.
EXPOSED = ("Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "Link")
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
}
PREFLIGHT = {
    **OPEN,
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}


def open_file(view: View[P]) -> View[P]:
    """Make a view a file that is only read, by anybody and from anywhere; OPTIONS costs nothing and says so."""
    careful = with_care(view)

    @wraps(view)
    def file(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            return _methods()
        response = careful(request, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return csrf_exempt(require_http_methods(METHODS)(file))


def _methods() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
    del response.headers["Content-Type"]
    return response
