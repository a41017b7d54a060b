"""Questions that are plain enough to be answered ahead of Django, and all that an answer to them may differ by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from claims.api import ahead as document
from claims.encodings import takes_gzip
from claims.public import ahead as page
from factcheck.negotiation import PAGE, form_for

if TYPE_CHECKING:
    import re
    from wsgiref.types import WSGIEnvironment

    from claims.models.compiled import Raw

# Whoever sends one of these is answered by Django.
NOT_PLAIN = frozenset(
    {
        "HTTP_ACCEPT_DATETIME",
        "HTTP_AUTHORIZATION",
        "HTTP_IF_MATCH",
        "HTTP_IF_RANGE",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_RANGE",
        "HTTP_TRANSFER_ENCODING",
        "HTTP_X_GOOG_API_KEY",
        "HTTP_X_HTTP_METHOD_OVERRIDE",
    }
)
# What else of a request an answer may differ by; a test compares it with what Django reads.
LOOKED_AT = NOT_PLAIN | {
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_COOKIE",
    "HTTP_HOST",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
}
EMPTY = (None, "", "0")
SCHEMES = (None, "http", "https")
OWN_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
ACCEPTS = 200  # that many are remembered
LONGEST = 2_000  # characters of an address, a query or a header by which an answer is kept


@dataclass(frozen=True, slots=True)
class Read:
    """A read whose answer is known by marks of its own, by the module of the audience whose view answers it.

    `marks_of` returns what changes with the answer about an id, nothing where nothing public has it; `etag_now` its
    entity tag with these marks, uncompressed, "" where it is not to be kept; `is_accepted` whether it is the answer to
    an Accept header.
    """

    address: re.Pattern[str]
    marks_of: Callable[[str], Sequence[Raw]]
    etag_now: Callable[[HttpRequest, str, Sequence[Raw]], str]
    is_accepted: Callable[[str | None], bool]


@lru_cache(ACCEPTS)
def page_is_preferred(accept: str | None) -> bool:
    """Whether a claim's own address answers a client with this Accept header, or without any, with its page."""
    asked = HttpRequest()
    asked.method = "GET"
    asked.META = {} if accept is None else {"HTTP_ACCEPT": accept}
    return form_for(asked) == PAGE


DOCUMENT = Read(document.ADDRESS, document.marks_of, document.etag_now, document.is_accepted)
CLAIM_PAGE = Read(page.ADDRESS, page.marks_of, page.etag_now, page_is_preferred)


class Question(NamedTuple):
    """A plain question: all that the answer differs by, and the version the client has.

    `read` names what of which id is read, where the answer is known by marks of its own; None for every other one.
    """

    key: tuple[object, ...]
    read: Read | None
    public_id: str
    etag: str | None
    modified: str | None


def question_of(environ: WSGIEnvironment) -> Question | None:
    """Return what is asked; None where it is not asked plainly."""
    if not _is_plain(environ):
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    accept = environ.get("HTTP_ACCEPT")
    if not query:
        for read in (DOCUMENT, CLAIM_PAGE):
            found = read.address.fullmatch(path)
            if found is not None and read.is_accepted(accept):
                return _question(environ, path, read, found[1])
    asked = (path, query, accept or "")
    return _question(environ, asked) if max(map(len, asked)) <= LONGEST else None


def _question(
    environ: WSGIEnvironment, asked: object, read: Read | None = None, public_id: str = ""
) -> Question:
    etag, modified = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    conditional = etag is not None or modified is not None
    key = (
        HTTPStatus.NOT_MODIFIED if conditional else HTTPStatus.OK,
        asked,
        takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ["HTTP_HOST"],
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO"),
    )
    return Question(key, read, public_id, etag, modified)


def _is_plain(environ: WSGIEnvironment) -> bool:
    cookies = environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("SCRIPT_NAME")
        and not environ.get("CONTENT_TYPE")
        and environ.get("CONTENT_LENGTH") in EMPTY
        and environ.get("HTTP_X_FORWARDED_PROTO") in SCHEMES
        and "HTTP_HOST" in environ
        and NOT_PLAIN.isdisjoint(environ)
        and not (cookies and any(name in cookies for name in OWN_COOKIES))
    )
