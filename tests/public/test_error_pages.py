"""The pages for what cannot be answered, in the house's design."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.views import csrf, defaults

from tests.public.pages import html


def test_an_unknown_address_gets_the_houses_page(client: Client) -> None:
    page = html(client, "/nothing/here/", 404)
    assert "There is no page at this address." in page
    assert "claims/public.css" in page


@pytest.mark.parametrize(
    ("answer", "status", "text"),
    [
        (lambda r: defaults.bad_request(r, SuspiciousOperation()), 400, "cannot be read"),
        (lambda r: defaults.permission_denied(r, PermissionDenied("secret")), 403, "not open"),
        (lambda r: csrf.csrf_failure(r), 403, "send it again"),
        (lambda r: defaults.server_error(r), 500, "The fault is ours"),
    ],
)
def test_each_error_has_a_page_that_gives_nothing_away(answer, status: int, text: str) -> None:
    response = answer(RequestFactory().get("/secret-path/"))
    page = response.content.decode()
    assert response.status_code == status
    assert text in page
    assert "claims/public.css" in page
    assert "secret" not in page


def test_a_fault_in_a_view_says_nothing_of_its_cause(client: Client, db, monkeypatch) -> None:
    def broken(counts: object) -> None:
        raise RuntimeError("secret cause")

    monkeypatch.setattr("claims.public.views.home.tally_of", broken)
    client.raise_request_exception = False
    page = html(client, "/", 500)
    assert "The fault is ours" in page
    assert "secret cause" not in page


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_silent_database_means_come_back_later(client: Client, db, monkeypatch, error) -> None:
    def silent(counts: object) -> None:
        raise error("server at 10.0.0.5 closed the connection")

    monkeypatch.setattr("claims.public.views.home.tally_of", silent)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Cache-Control"] == "no-store"
    assert "10.0.0.5" not in response.content.decode()
