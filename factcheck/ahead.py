"""The hottest reads, answered ahead of Django: with what Django answered, for as long as it would again.

An answer that anybody may keep is kept in memory, with the marks of all that can change on it. Whoever asks the same is
given it while the database, which is asked each time, has the same marks still: what was erased, merged or ruled on
anew is told to the next reader. Whatever is not plainly such a question goes to Django, and so does what fails here.

Nothing is said that Django did not say; only what is left of a reader's rate is counted, as Django does, and said anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from threading import local
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import Error, close_old_connections
from django.http import HttpRequest, HttpResponse

from claims import replicas
from claims.api import ahead as document
from claims.encodings import takes_gzip
from claims.public import ahead as page
from factcheck.kept_answers import Header, Kept, KeptAnswers, kept_from
from factcheck.negotiation import PAGE, form_for
from factcheck.requests import WsgiRequest

if TYPE_CHECKING:
    import re
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from claims.models.compiled import Raw

# Whoever sends one of these is answered by Django.
NOT_PLAIN = frozenset(
    {
        "HTTP_AUTHORIZATION",
        "HTTP_IF_MATCH",
        "HTTP_IF_RANGE",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_RANGE",
        "HTTP_TRANSFER_ENCODING",
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
LOOKED_AFTER = 1.0  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """What is answered ahead, by the module of the audience whose view answers it.

    `marks_of` returns what changes with the answer about an id, nothing where nothing public has it; `etag_now` its
    entity tag with these marks, uncompressed, "" where it is not to be kept; `is_accepted` whether it is the answer to
    an Accept header; `counted` the headers that count the request, None where Django has to answer it.
    """

    address: re.Pattern[str]
    marks_of: Callable[[str], Sequence[Raw]]
    etag_now: Callable[[HttpRequest, str, Sequence[Raw]], str]
    is_accepted: Callable[[str | None], bool]
    counted: Callable[[WSGIEnvironment], Sequence[Header] | None]


@lru_cache(ACCEPTS)
def page_is_preferred(accept: str | None) -> bool:
    """Whether a claim's own address answers a client with this Accept header, or without any, with its page."""
    asked = HttpRequest()
    asked.method = "GET"
    asked.META = {} if accept is None else {"HTTP_ACCEPT": accept}
    return form_for(asked) == PAGE


DOCUMENT = Read(
    document.ADDRESS,
    document.marks_of,
    document.etag_now,
    document.is_accepted,
    document.counted,
)
CLAIM_PAGE = Read(page.ADDRESS, page.marks_of, page.etag_now, page_is_preferred, lambda _: ())


class Question(NamedTuple):
    """A plain question: what is read of which id, all that the answer differs by, and the version the client has."""

    read: Read
    public_id: str
    key: tuple[object, ...]
    etag: str | None
    modified: str | None


class Found(NamedTuple):
    """An answer with the headers that count it; or the marks and the tag under which Django's is to be kept."""

    question: Question
    marks: Sequence[Raw]
    etag: str
    kept: Kept | None
    counted: Sequence[Header]


class Ahead:
    """A WSGI application that stands before Django's, and keeps at most so many bytes of its answers."""

    def __init__(self, django: WSGIApplication, limit: int) -> None:
        self._django, self._kept = django, KeptAnswers(limit)
        self._thread = local()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let Django answer."""
        try:
            found = self._found(environ)
        except Error:  # Django asks the database again, and says what is wrong with it
            found = None
        except Exception:
            logger.exception("What failed ahead of Django goes to Django")
            found = None
        if found is None:
            return self._django(environ, start_response)
        if found.kept is None:
            return self._listened_to(found, environ, start_response)
        kept = found.kept
        start_response(kept.status, [*kept.before, *found.counted, *kept.behind])
        return [kept.content]

    def _found(self, environ: WSGIEnvironment) -> Found | None:
        question = question_of(environ)
        if question is None:
            return None
        self._look_after_connections()
        marks = marks_now(question)
        if not marks:
            return None
        kept = self._kept.get(question.key)
        if kept is not None and kept.marks != marks:
            self._kept.drop(question.key)
            kept = None
        if kept is None or not kept.is_meant(question.etag, question.modified):
            request = WsgiRequest(environ)
            etag = question.read.etag_now(request, question.public_id, marks)
            return Found(question, marks, etag, None, ())
        counted = question.read.counted(environ)
        return None if counted is None else Found(question, marks, "", kept, counted)

    def _look_after_connections(self) -> None:
        """Do as Django does before and after each request, but once in a while: it takes longer than the question."""
        now = monotonic()
        if now >= getattr(self._thread, "next", 0.0):
            self._thread.next = now + LOOKED_AFTER
            close_old_connections()

    def _listened_to(
        self, found: Found, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let Django answer, and keep what it answers."""
        said: list[tuple[str, list[Header]]] = []

        def listening(status: str, headers: list[Header], *error: Any) -> Callable[[bytes], object]:
            said.append((status, headers))
            return start_response(status, headers, *error)

        response = self._django(environ, listening)
        if environ["REQUEST_METHOD"] == "GET" and isinstance(response, HttpResponse):
            self._keep(found, response, *said[-1])
        return response

    def _keep(
        self, found: Found, response: HttpResponse, status: str, headers: list[Header]
    ) -> None:
        """Keep an answer if it is the one with these marks: the claim may have changed before Django read it."""
        tag = response.headers.get("ETag", "")
        if not found.etag or tag not in (found.etag, f'{found.etag[:-1]}-gzip"'):
            return
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            return
        kept = kept_from(response, status, headers, marks=found.marks)
        if kept is not None:
            self._kept.put((response.status_code, *found.question.key[1:]), kept)


def marks_now(question: Question) -> Sequence[Raw]:
    """Return the marks from the database that Django's answer would come from: the replica, while it has caught up."""
    if not (replicas.exists() and replicas.watch.caught_up()):
        return question.read.marks_of(question.public_id)
    with replicas.reading():
        return question.read.marks_of(question.public_id)


def ahead_of(django: WSGIApplication) -> WSGIApplication:
    """Return the application with the hottest reads answered ahead of it, unless the settings leave no memory."""
    megabytes: int = settings.FACTCHECK_AHEAD_MB
    return Ahead(django, megabytes * 1024 * 1024) if megabytes else django


def question_of(environ: WSGIEnvironment) -> Question | None:
    """Return what is asked; None where it is nothing that is answered ahead, or is not asked plainly."""
    path = environ.get("PATH_INFO", "")
    for read in (DOCUMENT, CLAIM_PAGE):
        found = read.address.fullmatch(path)
        if found is not None:
            accepted = _is_plain(environ) and read.is_accepted(environ.get("HTTP_ACCEPT"))
            return _question(read, found[1], path, environ) if accepted else None
    return None


def _question(read: Read, public_id: str, path: str, environ: WSGIEnvironment) -> Question:
    etag, modified = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    conditional = etag is not None or modified is not None
    key = (
        HTTPStatus.NOT_MODIFIED if conditional else HTTPStatus.OK,
        path,
        takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ["HTTP_HOST"],
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO"),
    )
    return Question(read, public_id, key, etag, modified)


def _is_plain(environ: WSGIEnvironment) -> bool:
    cookies = environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and not environ.get("CONTENT_TYPE")
        and environ.get("CONTENT_LENGTH") in EMPTY
        and environ.get("HTTP_X_FORWARDED_PROTO") in SCHEMES
        and "HTTP_HOST" in environ
        and NOT_PLAIN.isdisjoint(environ)
        and not (cookies and any(name in cookies for name in OWN_COOKIES))
    )
