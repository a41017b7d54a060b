"""Parts of a file (RFC 9110, 14): one range of bytes, or the whole; several are answered with the whole, as one may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag

from claims.streaming import as_sent

RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})", re.ASCII | re.IGNORECASE)
BLOCK = 64 * 1024


class Unsatisfiable(Exception):
    """A range begins behind the end of the file."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that does not change under its mark."""

    path: Path
    mark: str
    made: datetime
    media_type: str

    @property
    def etag(self) -> str:
        """The strong validator of the file."""
        return quote_etag(self.mark)


class Part:
    """Some bytes of an open file, read as they are sent; the file is closed with the answer."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (block := self.file.read(min(BLOCK, self.left))):
            self.left -= len(block)
            yield block

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def part_of(request: HttpRequest, whole: Whole) -> HttpResponseBase:
    """Return as much of a file as is asked for: 200, 206, 304, 412 or 416. Raises FileNotFoundError."""
    modified = int(whole.made.timestamp())
    known = get_conditional_response(request, etag=whole.etag, last_modified=modified)
    if known:
        known["ETag"], known["Last-Modified"] = whole.etag, http_date(modified)
        return known
    file = whole.path.open("rb")
    size = file.seek(0, SEEK_END)
    try:
        start, end = asked_range(request, whole, size) or (0, size)
    except Unsatisfiable:
        file.close()
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(as_sent(request, Part(file, start, end - start)))
    if (start, end) != (0, size):
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response["Content-Type"] = whole.media_type
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = whole.etag
    response["Last-Modified"] = http_date(modified)
    return response


def asked_range(request: HttpRequest, whole: Whole, size: int) -> tuple[int, int] | None:
    """Return where the range asked for begins and ends; None for the whole. Raises Unsatisfiable.

    A range that cannot be read is not looked at (14.2), and neither is one of a file that is another by now (13.1.5).
    """
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    found = RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()) or not _is_the_same(request, whole):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    if last and first and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, end


def _is_the_same(request: HttpRequest, whole: Whole) -> bool:
    condition = request.headers.get("If-Range")
    if not condition or condition == whole.etag:
        return True
    return parse_http_date_safe(condition) == int(whole.made.timestamp())
