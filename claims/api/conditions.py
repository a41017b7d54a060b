"""Whether the client has it already, or means another version: entity tags and dates (RFC 9110, 8.8 and 13)."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from claims.api.problems import PreconditionFailed
from claims.encodings import takes_gzip

WORTH_PACKING, LEVEL = 1_000, 5
SETTLED = timedelta(minutes=1)
TAG = re.compile(r'(W/)?"([!#-~\x80-\xff]*)"')


def etag_of(sha256: str, base: str, *, head: str = "") -> str:
    """Return the strong validator of a document with that digest, served behind `base`.

    That of a claim begins with the digest of the last act on it (`head_mark`), and so changes with every act; the rest
    changes with what is shown of it.
    """
    digest = hashlib.sha256(f"{base} {sha256}".encode()).hexdigest()[:32]
    return f'"{head}-{digest}"' if head else f'"{digest}"'


def head_mark(head_hash: bytes | memoryview) -> str:
    """Return what the entity tags of a claim begin with: the first 128 bits of the hash of its last entry."""
    return bytes(head_hash).hex()[:32]


def means_head(sent: str, head_hash: bytes | memoryview) -> bool:
    """Whether one of the tags in If-Match is of the claim as its last act left it, in any form it can be had in.

    Strong comparison (RFC 9110, 13.1.1): a weak tag is never the right one. `*` is right for any claim there is.
    """
    if sent.strip() == "*":
        return True
    tags = [tag for weak, tag in TAG.findall(sent) if not weak]
    return any(tag.split("-", 1)[0] == head_mark(head_hash) for tag in tags)


@dataclass(frozen=True, slots=True)
class Modified:
    """When something last changed, in the whole seconds that HTTP dates have.

    A second is named by its end, and only once it has been over for a minute: by then nothing can be recorded in it any
    more that a client with this date has not seen.
    """

    at: datetime

    @property
    def stamp(self) -> int:
        """The first whole second (Unix time) that is not before the change."""
        return -int(-self.at.timestamp() // 1)

    @property
    def settled(self) -> bool:
        """Whether no further change can bear the same date."""
        return timezone.now() - self.at > SETTLED

    def is_before(self, sent: str) -> bool:
        """Whether nothing changed after the date `sent` (RFC 9110, 13.1.4)."""
        date = parse_http_date_safe(sent)
        return date is not None and self.stamp <= date

    def is_known_to(self, sent: str | None) -> bool:
        """Whether whoever has what was there at the date `sent` has this.

        A date from a clock of the client's own must leave an act the minute that it may take to be seen.
        """
        date = parse_http_date_safe(sent) if sent else None
        if date is None or not self.settled:
            return False
        return date == self.stamp or date >= self.stamp + SETTLED.total_seconds()


def representation(
    request: HttpRequest, body: bytes, *, media_type: str, etag: str, modified: Modified | None
) -> HttpResponseBase:
    """Return `body` with its validators, compressed where that is worth it; 304 where the client has it already.

    Compressed it is another representation, with an entity tag of its own (RFC 9110, 8.8.3.3). Raises
    PreconditionFailed where If-Match or If-Unmodified-Since means another version.
    """
    worth = len(body) >= WORTH_PACKING
    packed = worth and takes_gzip(request.headers.get("Accept-Encoding", ""))
    tag = f'{etag[:-1]}-gzip"' if packed else etag
    response = _unless_known(request, tag, modified) or HttpResponse(
        gzip.compress(body, LEVEL, mtime=0) if packed else body, content_type=media_type
    )
    if packed and response.status_code == HTTPStatus.OK:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    if modified and modified.settled:
        response["Last-Modified"] = http_date(modified.stamp)
    if worth:
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _unless_known(
    request: HttpRequest, etag: str, modified: Modified | None
) -> HttpResponseBase | None:
    """Return 304 where the conditions say so. A date counts only where no tag is sent beside it (RFC 9110, 13.2.2)."""
    headers = request.headers
    tags_alone = {name: headers.get(name) for name in ("If-Match", "If-None-Match")}
    since, unmodified = headers.get("If-Modified-Since"), headers.get("If-Unmodified-Since")
    if modified and unmodified and not tags_alone["If-Match"]:
        readable = parse_http_date_safe(unmodified) is not None
        if readable and not modified.is_before(unmodified):
            raise PreconditionFailed
    for name in ("HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_MODIFIED_SINCE"):
        request.META.pop(name, None)  # they are seen to here
    found = get_conditional_response(request, etag=etag)
    if found is not None and found.status_code == HTTPStatus.PRECONDITION_FAILED:
        raise PreconditionFailed
    if found is None and modified and since and not tags_alone["If-None-Match"]:
        known = request.method in ("GET", "HEAD") and modified.is_known_to(since)
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED) if known else None
    return found
