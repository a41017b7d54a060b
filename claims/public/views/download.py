"""The files of an export: whole, or the part that somebody still misses (RFC 9110 §14)."""

from __future__ import annotations

import re
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from claims.exports.keeping import Kept, kept_as
from claims.exports.shape import MANIFEST
from claims.public.ranges import Part
from claims.public.sharing import open_file
from claims.streaming import as_sent

RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)
# Its name tells what it holds. A day and not a year: words that a court has erased must leave every cache.
CACHED = "public, max-age=86400, immutable"


@open_file
def send(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """Send one file of an export; 404 where it is no longer kept, 416 for a part that it does not have."""
    export = kept_as(name)
    if export is None:
        raise Http404
    try:
        response = _found(request, export, file)
    except FileNotFoundError:  # thrown away just now
        raise Http404 from None
    response["Accept-Ranges"] = "bytes"
    response["Cache-Tag"] = f"export-{name}"
    return response


def _found(request: HttpRequest, export: Kept, file: str) -> HttpResponse:
    found = _digest_and_size(export, file)
    if found is None:
        raise Http404
    digest, size = found
    return _answer(request, export.folder / file, f'"{digest}"', size)


def _digest_and_size(export: Kept, file: str) -> tuple[str, int] | None:
    if file == MANIFEST:
        return export.digest, (export.folder / file).stat().st_size
    wanted = next((one for one in export.manifest.files if one.name == file), None)
    return (wanted.sha256, wanted.bytes) if wanted else None


def _answer(request: HttpRequest, path: Path, etag: str, size: int) -> HttpResponse:
    kind = "application/json" if path.name == MANIFEST else "application/gzip"
    whole = HttpResponse(content_type=kind, headers={"ETag": etag, "Cache-Control": CACHED})
    unchanged = get_conditional_response(request, etag=etag, response=whole)
    if unchanged is not whole:
        return unchanged or whole
    span = _span(request, etag, size)
    if span == ():
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, after = span or (0, size)
    sent = StreamingHttpResponse(
        ()
        if request.method == "HEAD"
        else as_sent(request, Part(path.open("rb"), first, after - first)),
        content_type=kind,
        status=206 if span else 200,
        headers={"ETag": etag, "Cache-Control": CACHED, "Content-Length": str(after - first)},
    )
    if span:
        sent["Content-Range"] = f"bytes {first}-{after - 1}/{size}"
    return sent  # type: ignore[return-value]  # like every other answer but that it is sent piece by piece


def _span(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """Return the first byte asked for and the one after the last; () where there are none, None where all is wanted.

    Several parts at once are answered with all, as the RFC allows; so is a part of what has another validator.
    """
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not asked or asked.groups() == ("", ""):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    begin, end = asked.groups()
    if not begin:
        first, after = max(0, size - int(end)), size
    else:
        first, after = int(begin), min(size, int(end) + 1) if end else size
        if end and int(end) < first:
            return None
    return (first, after) if first < after else ()
