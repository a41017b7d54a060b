"""Reads that are asked again, answered ahead of Django: with what Django answered, for as long as it would again.

An answer that anybody may keep is kept in memory with the state that the whole database was in. Whoever asks the same
is given it while the database, which is asked each time, is in that state still: what was erased, merged or ruled on
anew is told to the next reader. A claim's document and its page are known by marks of their own besides, and outlive
what is written about others. Whatever is not plainly such a question goes to Django, and so does what fails here.

Nothing is said that Django did not say; only what is left of a reader's rate is counted, as Django does, and said anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from threading import local
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import Error, close_old_connections
from django.http import HttpResponse

from claims import replicas
from claims.api.ahead import counted
from factcheck import database_version
from factcheck.database_version import Version
from factcheck.kept_answers import Header, Kept, KeptAnswers, kept_from
from factcheck.plain_questions import Question, Read, question_of
from factcheck.requests import WsgiRequest

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from claims.models.compiled import Raw

LOOKED_AFTER = 1.0  # seconds
# What has no marks of its own may tell what time it is, as lists of the last days do: so long it may be late.
LASTING = 15.0  # seconds
logger = logging.getLogger(__name__)


class Found(NamedTuple):
    """A kept answer with the headers that count it; or the state, marks and tag with which Django's is to be kept."""

    question: Question
    version: Version | None
    marks: Sequence[Raw]
    etag: str
    kept: Kept | None = None
    counted: Sequence[Header] = ()


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
        version = database_version.now()
        kept = self._kept.get(question.key)
        meant = kept is not None and kept.is_meant(question.etag, question.modified)
        if kept is not None and meant and kept.is_current(version, monotonic()):
            return _again(Found(question, version, kept.marks, kept.etag, kept), environ)
        if question.read is not None:
            return self._by_marks(question, question.read, version, environ)
        if version is None or not self._kept.is_asked_again(question.key):
            return None
        return Found(question, version, (), "")

    def _by_marks(
        self, question: Question, read: Read, version: Version | None, environ: WSGIEnvironment
    ) -> Found | None:
        """Return what is known by marks of its own, whatever else was written since."""
        marks, kept = marks_now(read, question.public_id), self._kept.get(question.key)
        if not marks:
            return None
        if kept is not None and kept.marks != marks:
            self._kept.drop(question.key)
        elif kept is not None and kept.is_meant(question.etag, question.modified):
            kept.version = version
            return _again(Found(question, version, marks, kept.etag, kept), environ)
        etag = read.etag_now(WsgiRequest(environ), question.public_id, marks)
        return Found(question, version, marks, etag) if etag else None

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
        """Keep an answer, one of a claim if it has these marks still: Django may have read it when it had changed."""
        tag = response.headers.get("ETag", "")
        if found.etag and tag not in (found.etag, f'{found.etag[:-1]}-gzip"'):
            return
        if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            return
        kept = kept_from(response, status, headers, marks=found.marks, version=found.version)
        if kept is not None:
            if not found.marks:
                kept.until = monotonic() + LASTING
            self._kept.put((response.status_code, *found.question.key[1:]), kept)


def _again(found: Found, environ: WSGIEnvironment) -> Found | None:
    """Return what is kept with what is left of the reader's rate; None where that has to be said by Django."""
    if found.kept is None or not found.kept.counts:
        return found
    headers = counted(environ)
    return None if headers is None else found._replace(counted=headers)


def marks_now(read: Read, public_id: str) -> Sequence[Raw]:
    """Return the marks from the database that Django's answer would come from: the replica, while it has caught up."""
    if not (replicas.exists() and replicas.watch.caught_up()):
        return read.marks_of(public_id)
    with replicas.reading():
        return read.marks_of(public_id)


def ahead_of(django: WSGIApplication) -> WSGIApplication:
    """Return the application with kept answers ahead of it, unless the settings leave no memory."""
    megabytes: int = settings.FACTCHECK_AHEAD_MB
    return Ahead(django, megabytes * 1024 * 1024) if megabytes else django
