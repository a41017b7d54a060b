"""The pages for what cannot be answered, in the house's design."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import csrf, defaults

from claims.models import Claim
from tests.public.pages import html, path_of


def test_an_unknown_address_gets_the_houses_page(client: Client) -> None:
    page = html(client, "/nothing/here/", 404)
    assert "There is no page at this address." in page
    assert "claims/public.css" in page


def test_whoever_found_nothing_is_shown_ways_on(client: Client) -> None:
    page = html(client, "/de/nothing/", 404)
    assert 'action="/de/claims/"' in page
    assert 'name="q"' in page
    assert 'href="/de/report/"' in page


def test_an_unpublished_claim_is_not_found_as_one_that_never_was(
    client: Client, claim: Claim
) -> None:
    pages = [
        client.get(f"/claims/{one}/").content.decode().replace(one, "")
        for one in (claim.public_id, "0000000000")
    ]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_an_error_page_asks_the_database_nothing(
    page: str, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert render_to_string(f"{page}.html", request=RequestFactory().get("/"))


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
    assert "cannot look anything up just now" in response.content.decode()
    assert "10.0.0.5" not in response.content.decode()


def test_a_search_stands_on_every_page_once(client: Client, published: Claim) -> None:
    for path in ("/", "/claims/", "/method/", "/changes/", f"/de{path_of(published)}"):
        page = html(client, path)
        assert page.count('type="search"') == 1, path
        assert page.count('role="search"') == 1, path
    assert 'action="/de/claims/"' in page
