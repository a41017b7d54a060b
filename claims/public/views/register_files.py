"""All verdicts in the forms that other programs read: Data Commons' DataFeed, and AVeriTeC."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from claims.interop.averitec_export import row_of
from claims.public.answers import for_a_short_while, not_to_be_kept
from claims.public.ranges import Whole, part_of
from claims.public.sharing import open_file
from claims.public.views.claim_files import JSON
from claims.streaming import as_sent
from claims.tasks.datafeed import feed_now, judged_documents, last_file


@open_file
def show_feed(request: HttpRequest) -> HttpResponse:
    """Hand out the DataFeed: from its file, in parts if so asked, or else as the register has it now, in one."""
    response = _from_file(request)
    if response is None:
        response = _as_read(request, feed_now())
        response.headers["Accept-Ranges"] = "none"
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        return not_to_be_kept(response)  # type: ignore[arg-type]
    return for_a_short_while(response)  # type: ignore[arg-type]


def _from_file(request: HttpRequest) -> HttpResponseBase | None:
    made = last_file()
    if made is None:
        return None
    try:
        return part_of(
            request, Whole(made.path, f"{made.mark}-{made.at.timestamp():.0f}", made.at, JSON)
        )
    except FileNotFoundError:  # a newer one took its place just now
        return None


@open_file
def show_rows(request: HttpRequest) -> HttpResponse:
    """Hand out every claim as a row of AVeriTeC, the first published first; written as it is read."""
    response = _as_read(request, _rows())
    response.headers["Content-Disposition"] = 'attachment; filename="averitec.json"'
    return for_a_short_while(response)  # type: ignore[arg-type]


def _as_read(request: HttpRequest, pieces: Iterator[str] | Iterator[bytes]) -> HttpResponseBase:
    """Return an answer that is written while it is read; for HEAD, which has no reader, nothing is."""
    if request.method == "HEAD":
        return HttpResponse(content_type=JSON)
    return StreamingHttpResponse(as_sent(request, pieces), content_type=JSON)


def _rows() -> Iterator[bytes]:
    before = b"[\n"
    rows = (row_of(one, base=settings.FACTCHECK_BASE_URL) for one in judged_documents())
    for row in rows:
        if row:
            yield before + orjson.dumps(row)
            before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"
