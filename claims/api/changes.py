"""Changes: every public act over all claims in the order of the log, for those who keep in step."""

from __future__ import annotations

from collections.abc import Generator

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from claims import addresses
from claims.api import cursors
from claims.api.answers import JSON, ReadOnlyView
from claims.api.bases import base_of
from claims.api.cursors import Cursor
from claims.api.described import CHANGES_PARAMETERS, described
from claims.api.parameters import CHANGES_LIMIT, LONGEST_WAIT, Parameters
from claims.api.problems import LogBeganAnew
from claims.api.shapes.changes import ChangeSerializer, ChangesPageSerializer
from claims.api.told import Followed, Reading, read_on
from claims.api.waiting import room, wait_until
from claims.models import LogLeaf
from claims.streaming import as_sent

LINES = "application/x-ndjson"
PAGES_OF_A_STREAM = 100


class LinesFormat(BaseRenderer):
    """Lets clients ask for a line for each act."""

    media_type = LINES
    format = "ndjson"


class Changes(ReadOnlyView):
    """The acts of the log."""

    renderer_classes = [JSONRenderer, LinesFormat]

    @described(
        "listChanges",
        "Follow every public act",
        {(200, JSON): ChangesPageSerializer, (200, LINES): ChangeSerializer},
        parameters=CHANGES_PARAMETERS,
        gone="The register was brought back to a state before the act that `since` knows last; begin anew.",
        tag="changes",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return public acts over all claims in the order of the log, from the first on or after `since`.

        `next` is always there: at the end it is the address to come back to. Nothing is left out and nothing comes
        twice, whoever writes meanwhile. As `application/x-ndjson`, each act is a line, and after every 500 a line
        with nothing but `next` says where to go on if the stream is cut; the last line is one of these.
        """
        asked = Parameters(request.query_params, ("since", "limit", "wait"))
        limit = asked.limit(usual=CHANGES_LIMIT, most=CHANGES_LIMIT)
        seconds = asked.count("wait", usual=0, least=0, most=LONGEST_WAIT)
        asked.check()
        since = asked.given.get("since")
        known = read_place(since) if since else Followed()
        wait_until(LogLeaf.objects.from_index(known.acts).exists, seconds=seconds)
        reading = _read(known, limit, base_of(request))
        if request.accepted_renderer.format == LinesFormat.format:
            return self._stream(request, reading, limit)
        return self._page(request, reading, kept={"limit": limit} if limit != CHANGES_LIMIT else {})

    def _page(
        self, request: Request, reading: Reading, *, kept: dict[str, int]
    ) -> HttpResponseBase:
        following = changes_url(base_of(request), reading.known, **kept)
        body = orjson.dumps({"results": reading.parts, "more": reading.more, "next": following})
        response = self.answer(body, links={"next": following})
        if "wait" in request.query_params:
            response["Cache-Control"] = "no-store"
        return response

    def _stream(self, request: Request, reading: Reading, limit: int) -> HttpResponseBase:
        if request.method == "HEAD":
            return HttpResponse(content_type=LINES)
        pages = lines(reading, limit, base_of(request))
        return StreamingHttpResponse(as_sent(request._request, pages), content_type=LINES)


def _read(known: Followed, limit: int, base: str) -> Reading:
    reading = read_on(known, limit=limit, base=base)
    if reading is None:
        raise LogBeganAnew
    return reading


def lines(reading: Reading, limit: int, base: str) -> Generator[bytes, None, None]:
    """Yield pages of lines, each read when it is wanted; one page only where no worker may be held for more."""
    with room.place() as granted:
        left = PAGES_OF_A_STREAM if granted else 1
        while True:
            following = {"next": changes_url(base, reading.known)}
            yield b"".join(orjson.dumps(part) + b"\n" for part in [*reading.parts, following])
            left -= 1
            if not (left and reading.more):
                return
            reading = _read(reading.known, limit, base)


def changes_url(base: str, known: Followed, **kept: int) -> str:
    """Return the address of what comes after the known part of the log."""
    cursor = cursors.write(Cursor((known.acts, known.last)), bound_to=addresses.changes_api())
    limit = "".join(f"&{name}={value}" for name, value in kept.items())
    return f"{base}{addresses.changes_api()}?since={cursor}{limit}"


def read_place(text: str) -> Followed:
    """Return the place that a cursor names; raise BadParameters for any other text."""
    cursor = cursors.read(text, bound_to=addresses.changes_api(), parameter="since")
    return Followed(*cursor.key)
