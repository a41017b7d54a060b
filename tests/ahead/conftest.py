"""A server's side of the register: whoever asks, and how often Django was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import time_machine
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.utils import timezone

from claims.models import Claim
from factcheck import ahead
from factcheck.ahead import Ahead
from factcheck.requests import Wsgi
from tests.public.pages import path_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ROOM = 10_000_000
LATER = timezone.now() + timedelta(hours=1)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


class Said(NamedTuple):
    """An answer as a server gets it. In which order the directives of a policy stand is Django's to choose anew."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Django:
    """Django, counting what reaches it."""

    def __init__(self) -> None:
        self.application, self.asked = Wsgi(), 0
        self.before: Callable[[], object] = lambda: None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Any:
        self.asked += 1
        self.before()
        return self.application(environ, start)


def ask(app: WSGIApplication, path: str, method: str = "GET", **headers: str) -> Said:
    """Return the answer, some time after the last act, to somebody who has asked nothing before."""
    cache.clear()
    return ask_again(app, path, method, None, **headers)


def ask_again(
    app: WSGIApplication,
    path: str,
    method: str = "GET",
    at: datetime | None = None,
    **headers: str,
) -> Said:
    """Return the answer; names of headers are written with underscores."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(method, path, headers={"host": "testserver", **given})

    def start(status: str, told: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
        said.append((status, told))
        return lambda _: None

    with time_machine.travel(
        at or LATER, tick=False
    ):  # what is left of a period is the same for all
        answer = app(request.environ, start)
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
    [(status, told)] = said
    return Said(status, [(name, in_order(name, value)) for name, value in told], body)


def in_order(name: str, value: str) -> str:
    return "; ".join(sorted(value.split("; "))) if name == "Content-Security-Policy" else value


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test stands in a transaction, so nobody may close its connection."""
    monkeypatch.setattr(ahead, "close_old_connections", lambda: None)
    moments = (request_started, request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture
def django() -> Django:
    return Django()


@pytest.fixture
def app(django: Django) -> Ahead:
    return Ahead(django, ROOM)


def paths(claim: Claim) -> dict[str, str]:
    page = path_of(claim)
    return {"document": api_path(claim), "page": page, "German page": f"/de{page}"}


def api_path(claim: Claim) -> str:
    return f"/api/v1/claims/{claim.public_id}/"


def told(said: Said, name: str) -> str:
    return dict(said.headers)[name]
