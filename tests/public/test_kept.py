"""A page is made once for as long as nothing on it changes, and never kept where something did."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings
from redis.exceptions import ConnectionError as NoAnswer

from claims.models import Claim, User
from claims.public import kept
from claims.public.answers import answer
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were rendered, in order."""
    found: list[str] = []

    def render(template: str, context: dict[str, Any], request: HttpRequest) -> str:
        found.append(template)
        return f"page {len(found)}"

    monkeypatch.setattr(kept, "render_to_string", render)
    return found


def ask(path: str, *marks: str) -> HttpResponse:
    return answer(RequestFactory().get(path), "public/home.html", dict, marks=marks)


def test_the_same_page_is_made_once(made: list[str]) -> None:
    assert [ask("/x/", "a").content for _ in range(3)] == [b"page 1"] * 3
    assert len(made) == 1


def test_another_mark_another_address_or_another_name_make_another_page(
    made: list[str], settings: Settings
) -> None:
    ask("/x/", "a")
    ask("/x/", "b")
    ask("/de/x/", "a")
    settings.FACTCHECK_REGISTER_NAME = "Another register"
    ask("/x/", "a")
    assert len(made) == 4


def test_what_can_be_asked_in_endless_ways_is_not_kept(made: list[str]) -> None:
    for number in range(3):
        ask(f"/x/?q={number}", "a")
    ask("/x/?q=1", "a")
    ask("/x/?&", "a")
    ask("/x/?&", "a")
    assert len(made) == 6


def test_what_a_page_needs_is_not_gathered_where_it_is_kept(made: list[str]) -> None:
    gathered = []

    def context() -> dict[str, Any]:
        gathered.append(1)
        return {}

    for _ in range(3):
        answer(RequestFactory().get("/x/"), "public/home.html", context, marks=["a"])
    assert len(gathered) == 1


def test_a_silent_cache_costs_time_alone(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*args: object) -> None:
        raise NoAnswer("nobody there")

    monkeypatch.setattr(cache, "set", silent)
    assert ask("/x/", "a").content == b"page 1"
    monkeypatch.setattr(cache, "get", silent)
    assert ask("/x/", "a").content == b"page 2"


def test_readers_see_an_act_at_once(client: Client, editor: User) -> None:
    claim: Claim = factories.published_claim()
    html(client, path_of(claim))
    factories.EvidenceFactory(claim=claim, title="Came after the page was kept")
    assert "Came after the page was kept" in words(html(client, path_of(claim)))


@pytest.mark.parametrize("accepted", ["gzip", "br;q=1, GZIP;q=0.5", "gzip;q=0.01, identity"])
def test_who_reads_gzip_gets_the_same_page_smaller(client: Client, accepted: str) -> None:
    path = path_of(factories.published_claim())
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": accepted})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert int(packed["Content-Length"]) == len(packed.content)


@pytest.mark.parametrize(
    "accepted", ["", "br", "identity", "gzip;q=0", "gzip;q=0.00, br", "bgzip2"]
)
def test_who_does_not_is_spared(client: Client, accepted: str) -> None:
    response = client.get(
        path_of(factories.published_claim()), headers={"Accept-Encoding": accepted}
    )
    assert "Content-Encoding" not in response
    assert response.content.lstrip().startswith(b"<!doctype html>")


def test_caches_tell_the_two_apart(client: Client) -> None:
    path = path_of(factories.published_claim())
    asked = {"Accept-Encoding": "gzip"}
    plain, packed = client.get(path), client.get(path, headers=asked)
    assert {"Accept-Encoding, Accept"} == {plain["Vary"], packed["Vary"]}
    assert plain["ETag"] != packed["ETag"]
    known = asked | {"If-None-Match": packed["ETag"]}
    again = client.get(path, headers=known)
    assert (again.status_code, again["ETag"], again["Vary"]) == (
        304,
        packed["ETag"],
        "Accept-Encoding, Accept",
    )
    assert client.get(path, headers={"If-None-Match": packed["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/card.png", "/statistics/", "/statistics/months.csv"])
def test_nor_does_one_keep_cards_and_figures_from_being_made(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def silent(*args: object, **named: object) -> None:
        raise NoAnswer("nobody there")

    for call in ("get", "set", "add", "get_or_set"):
        monkeypatch.setattr(cache, call, silent)
    assert client.get(path).status_code == 200
