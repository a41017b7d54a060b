"""Requests as they are read: in UTF-8, or in an encoding they name that any bytes can be read in.

Django takes every encoding that Python knows, and fails before any page of ours can answer where one is for no text
("rot13") or not for every text ("idna"). Such a one is not looked at, as one that nobody knows.
"""

from __future__ import annotations

from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest

from factcheck.short_way import Answer, either_way

SAMPLES = (b"", b"q=a", bytes(range(128)), bytes(range(256)))


class Readable(HttpRequest):
    """A request whose encoding, if it names one, is one of texts."""

    @property
    def encoding(self) -> str | None:
        """The encoding that the request names; None where it names none that can be used."""
        return HttpRequest.encoding.fget(self)  # type: ignore[attr-defined,no-any-return]

    @encoding.setter
    def encoding(self, name: str | None) -> None:
        if name is None or _reads_any_text(name):
            HttpRequest.encoding.fset(self, name)  # type: ignore[attr-defined]


class WsgiRequest(Readable, WSGIRequest):
    """A request of a WSGI server."""


class AsgiRequest(Readable, ASGIRequest):
    """A request of an ASGI server."""


class Wsgi(WSGIHandler):
    """The register for a WSGI server."""

    request_class = WsgiRequest

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002  (as Django has it)
        """Put the middleware together, and the shorter way of programs beside it."""
        super().load_middleware(is_async)
        whole: Answer = self._middleware_chain  # type: ignore[has-type]  # the stubs leave both out
        view: Answer = self._get_response  # type: ignore[attr-defined]
        self._middleware_chain = either_way(whole, convert_exception_to_response(view))


class Asgi(ASGIHandler):
    """The register for an ASGI server."""

    request_class = AsgiRequest


def _reads_any_text(encoding: str) -> bool:
    return all(_reads(encoding, sample) for sample in SAMPLES)


def _reads(encoding: str, sample: bytes) -> bool:
    """Whether Django could read it: it falls back on another encoding for bytes that are none of this one's text."""
    try:
        sample.decode(encoding, "replace")
        sample.decode(encoding)
    except UnicodeDecodeError:
        return True
    except (LookupError, UnicodeError):
        return False
    return True
