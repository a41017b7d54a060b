"""The container's health check tells a serving register from one that is not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test import Client

from factcheck import healthcheck


@contextmanager
def server(status: int) -> Iterator[tuple[int, list[dict[str, str]]]]:
    """A server that answers everything with `status`, and the headers it was sent."""
    seen: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(dict(self.headers))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_port, seen
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (301, 1), (400, 1), (503, 1)])
def test_only_a_page_that_is_served_counts_as_healthy(status, code):
    with server(status) as (port, _):
        assert healthcheck.main(port) == code


def test_it_speaks_as_the_proxy_in_front_would(monkeypatch):
    monkeypatch.setenv("FACTCHECK_ALLOWED_HOSTS", "register.example.org, other.example.org")
    with server(200) as (port, seen):
        healthcheck.main(port)
    assert seen[0]["Host"] == "register.example.org"
    assert seen[0]["X-Forwarded-Proto"] == "https"


def test_a_server_that_is_not_there_is_unhealthy(capsys):
    with server(200) as (port, _):
        pass
    assert healthcheck.main(port) == 1
    assert "No answer" in capsys.readouterr().err


def test_the_page_it_asks_for_is_served_from_the_database(
    client: Client,
    db: None,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    with django_assert_num_queries(1):
        assert client.get(healthcheck.PATH).status_code == 200


def test_a_database_that_is_silent_is_unhealthy(client: Client, db: None) -> None:
    with connection.execute_wrapper(Mock(side_effect=OperationalError("no server"))):
        assert client.get(healthcheck.PATH).status_code == 503
