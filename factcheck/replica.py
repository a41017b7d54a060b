"""Which requests are answered from the replica: what anybody may read, unless it must be as new as what was written."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from claims import languages, replicas

Answer = Callable[[HttpRequest], HttpResponse]
# The desk, what follows on something that a reader just sent, and what a secret address opens until it is taken back.
ON_THE_PRIMARY = ("/admin/", "/report/", "/reports/", "/following/", "/preview/")
AFTER_SENDING = ("/report/", "/follow/", "/follow/sent/")
# Keys are checked and counted where they are revoked; these conditions are about what will be written.
OF_WRITERS = ("Authorization", "If-Match", "If-Unmodified-Since")
LINES = "application/x-ndjson"  # read while it is sent, when the request is long over


def from_the_replica(get_response: Answer) -> Answer:
    """Middleware: answer readers from the replica while it has caught up, and from the primary otherwise.

    What the replica cannot answer, such as a read it had to give up for the sake of following, is asked of the primary.
    """
    if not replicas.exists():
        raise MiddlewareNotUsed

    def answer(request: HttpRequest) -> HttpResponse:
        if not (may_lag(request) and replicas.watch.caught_up()):
            return get_response(request)
        with replicas.reading():
            response = get_response(request)
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        replicas.watch.doubt()
        return get_response(request)

    return answer


def may_lag(request: HttpRequest) -> bool:
    """Return whether an answer may be some seconds old."""
    path = languages.plain(request.path_info)
    return (
        request.method in ("GET", "HEAD")
        and not path.startswith(ON_THE_PRIMARY)
        and not path.endswith(AFTER_SENDING)
        and not any(name in request.headers for name in OF_WRITERS)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and LINES not in request.headers.get("Accept", "")
    )
