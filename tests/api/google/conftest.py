"""A client of the Fact Check Tools API, claims for it to find, and a server for clients that open sockets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client

from claims.models import Claim
from claims.vocabulary import VerificationStatus
from tests import factories

SEARCH = "/v1alpha1/claims:search"
Found = dict[str, Any]


class Google:
    """Asks as a client of that API does."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str = SEARCH, code: int = 200, /, **given: Any) -> Found:
        """Return the JSON of an answer that has the status `code`; one that refuses says that code itself."""
        response = self.client.get(path, given)
        assert response.status_code == code, response.content
        found: Found = response.json()
        assert code < 400 or found["error"]["code"] == code
        return found

    def refused(self, path: str = SEARCH, /, **given: Any) -> dict[str, str]:
        """Return which parameters of a call are refused, and why."""
        error = self.get(path, 400, **given)["error"]
        assert error["status"] == "INVALID_ARGUMENT"
        (detail,) = error["details"]
        assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
        return {one["field"]: one["description"] for one in detail["fieldViolations"]}


@pytest.fixture
def google(db: None) -> Google:
    """A client of that API."""
    return Google()


def bridges(number: int) -> list[Claim]:
    """Return so many published claims of bridges, the first confirmed first."""
    wordings = [f"Bridge {place} over the Elbe is safe." for place in range(1, number + 1)]
    status = VerificationStatus.CONFIRMED
    return [factories.published_claim(status, wording=wording) for wording in wordings]


@dataclass(frozen=True)
class Served:
    """The address of a register, and its claims in their order."""

    url: str
    claims: list[Claim]


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def served(db: None) -> Iterator[Served]:
    """Three claims of bridges, served; the server answers on the test's own connection to the database."""
    server = WSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(WSGIHandler())
    shared = connections["default"]

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever(poll_interval=0.05)

    # The connection is the test's own: Django must not close it where a request ends.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    shared.inc_thread_sharing()
    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield Served(f"http://127.0.0.1:{server.server_port}", bridges(3))
    server.shutdown()
    server.server_close()
    thread.join()
    shared.dec_thread_sharing()
    for signal in signals:
        signal.connect(close_old_connections)
