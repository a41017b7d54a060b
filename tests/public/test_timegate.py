"""Memento for programs: the TimeGate, the TimeMap, and the links that lead there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from memento_client import MementoClient

from claims.models import Claim
from tests import factories
from tests.public.lives import grow, long_life
from tests.public.pages import path_of

pytestmark = pytest.mark.django_db
Ask = Callable[[Callable[[], dict[str, Any]]], dict[str, Any]]
BASE = "http://127.0.0.1:8000"
FIRST, SECOND, LAST = "20240201123000", "20240305081507", "20240505120000"


@pytest.fixture
def lived() -> Claim:
    return long_life()


def gate(client: Client, claim: Claim, date: str | None = None) -> Any:
    headers = {} if date is None else {"Accept-Datetime": date}
    return client.get(f"/timegate/claims/{claim.public_id}/", headers=headers)


@pytest.mark.parametrize(
    ("date", "stamp"),
    [
        ("Fri, 01 Jan 2010 00:00:00 GMT", FIRST),
        ("Thu, 01 Feb 2024 12:29:59 GMT", FIRST),
        ("Thu, 01 Feb 2024 12:30:00 GMT", FIRST),
        ("Tue, 05 Mar 2024 08:15:06 GMT", FIRST),
        ("Tue, 05 Mar 2024 08:15:07 GMT", SECOND),
        ("Wed, 01 May 2024 00:00:00 GMT", SECOND),
        ("Sun, 01 Dec 2024 00:00:00 GMT", LAST),
        ("Sat, 01 Jan 2999 00:00:00 GMT", LAST),
        (None, LAST),
    ],
)
def test_the_timegate_leads_to_the_version_of_a_date(client, lived, date, stamp) -> None:
    response = gate(client, lived, date)
    assert response.status_code == 302
    assert response["Location"] == f"/claims/{lived.public_id}/@{stamp}/"
    assert client.get(response["Location"])["Memento-Datetime"]


def test_the_timegate_says_what_it_chose_from(client: Client, lived: Claim) -> None:
    response = gate(client, lived, "Wed, 01 May 2024 00:00:00 GMT")
    assert response["Vary"] == "accept-datetime"
    assert "Memento-Datetime" not in response
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    base = f"{BASE}/claims/{lived.public_id}/"
    assert response["Link"].split(", <") == [
        f'<{base}>; rel="original"',
        f'{BASE}/timemap/claims/{lived.public_id}/>; rel="timemap"; type="application/link-format"',
        f'{base}@{FIRST}/>; rel="first memento"; datetime="Thu, 01 Feb 2024 12:30:00 GMT"',
        f'{base}@{SECOND}/>; rel="memento"; datetime="Tue, 05 Mar 2024 08:15:07 GMT"',
        f'{base}@{LAST}/>; rel="last memento"; datetime="Sun, 05 May 2024 12:00:00 GMT"',
    ]


@pytest.mark.parametrize(
    "date",
    ["", "yesterday", "2024-05-01", "Wed, 31 Feb 2024 00:00:00 GMT", "Wed, 01 May 2024 \x00"],
)
def test_a_date_that_is_none_is_refused(client: Client, lived: Claim, date: str) -> None:
    response = gate(client, lived, date)
    assert response.status_code == 400
    assert response["Vary"] == "accept-datetime"
    assert "Accept-Datetime" in response.content.decode()


def test_the_timemap_lists_every_version(client: Client, lived: Claim) -> None:
    response = client.get(f"/timemap/claims/{lived.public_id}/")
    assert response["Content-Type"] == "application/link-format"
    base = f"{BASE}/claims/{lived.public_id}/"
    first, last = "Thu, 01 Feb 2024 12:30:00 GMT", "Sun, 05 May 2024 12:00:00 GMT"
    assert response.content.decode().splitlines() == [
        f'<{base}>; rel="original",',
        f'<{BASE}/timemap/claims/{lived.public_id}/>; rel="self"; type="application/link-format"; '
        f'from="{first}"; until="{last}",',
        f'<{BASE}/timegate/claims/{lived.public_id}/>; rel="timegate",',
        f'<{base}@{FIRST}/>; rel="first memento"; datetime="{first}",',
        f'<{base}@{SECOND}/>; rel="memento"; datetime="Tue, 05 Mar 2024 08:15:07 GMT",',
        f'<{base}@{LAST}/>; rel="last memento"; datetime="{last}"',
    ]


def test_one_version_is_the_first_and_the_last(client: Client) -> None:
    claim = factories.published_claim()
    lines = client.get(f"/timemap/claims/{claim.public_id}/").content.decode().splitlines()
    assert 'rel="first last memento"' in lines[-1]


def test_the_page_links_both_and_the_last_version_in_each_language(client, lived) -> None:
    for language in ("", "/de"):
        for answer in (client.get, client.head):
            links = answer(language + path_of(lived))["Link"].split(", <")
            assert [link for link in links if 'rel="alternate"' not in link] == [
                f"<{BASE}{language}/claims/{lived.public_id}/@{LAST}/>; "
                'rel="last memento"; datetime="Sun, 05 May 2024 12:00:00 GMT"',
                f'{BASE}/timegate/claims/{lived.public_id}/>; rel="timegate"',
                f"{BASE}/timemap/claims/{lived.public_id}/>; "
                'rel="timemap"; type="application/link-format"',
            ]
        short = client.get(f"{language}/claims/{lived.public_id}/")
        assert short.status_code == 301
        assert "timegate" in short["Link"]


def test_all_doors_answer_head(client: Client, lived: Claim) -> None:
    for door, status in (("timegate", 302), ("timemap", 200)):
        head = client.head(f"/{door}/claims/{lived.public_id}/")
        assert (head.status_code, head.content) == (status, b"")
        assert client.post(f"/{door}/claims/{lived.public_id}/").status_code == 405


def test_unpublished_claims_are_unknown_at_both_doors(client: Client, claim: Claim) -> None:
    for door in ("timegate", "timemap"):
        hidden = client.get(f"/{door}/claims/{claim.public_id}/")
        unknown = client.get(f"/{door}/claims/0000000000/")
        assert hidden.status_code == unknown.status_code == 404
        assert (hidden.content, hidden.headers) == (unknown.content, unknown.headers)


@pytest.mark.parametrize("more", [0, 19])
def test_each_door_costs_one_query(
    client: Client, lived: Claim, django_assert_num_queries, more: int
) -> None:
    grow(lived, more)
    # 1 the claim with its document
    with django_assert_num_queries(1):
        timemap = client.get(f"/timemap/claims/{lived.public_id}/")
    assert timemap.content.count(b"datetime=") == 3 + more
    with django_assert_num_queries(1):
        gate(client, lived, "Wed, 01 May 2024 00:00:00 GMT")


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def ask(settings: Any) -> Iterator[Ask]:
    """Return a way to run a client in a thread while this one, whose the data is, serves it over HTTP."""
    for moment in (request_started, request_finished):  # the data is not committed
        moment.disconnect(close_old_connections)
    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:
        settings.FACTCHECK_BASE_URL = f"http://127.0.0.1:{server.server_port}"
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        server.timeout = 0.05

        def asked(question: Callable[[], dict[str, Any]]) -> dict[str, Any]:
            with ThreadPoolExecutor(1) as pool:
                answer = pool.submit(question)
                while not answer.done():
                    server.handle_request()
                return answer.result()

        yield asked
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.mark.parametrize("slug", ["", "with slug"])
@pytest.mark.parametrize(
    ("when", "stamp"),
    [
        (datetime(2020, 1, 1), FIRST),
        (datetime(2024, 2, 20), FIRST),
        (datetime(2024, 3, 5, 8, 15, 7), SECOND),
        (datetime(2024, 4, 1), SECOND),
        (datetime(2024, 6, 1), LAST),
        (datetime(2999, 1, 1), LAST),
    ],
)
def test_an_unmodified_memento_client_finds_its_way(
    ask: Ask, lived: Claim, settings: Any, when: datetime, stamp: str, slug: str
) -> None:
    base = f"{settings.FACTCHECK_BASE_URL}/claims/{lived.public_id}/"
    asked_for = settings.FACTCHECK_BASE_URL + path_of(lived) if slug else base
    found = ask(lambda: MementoClient().get_memento_info(asked_for, when))
    assert (
        found["timegate_uri"] == f"{settings.FACTCHECK_BASE_URL}/timegate/claims/{lived.public_id}/"
    )
    closest = found["mementos"]["closest"]
    assert closest["uri"] == [f"{base}@{stamp}/"]
    assert closest["datetime"] == datetime.strptime(stamp, "%Y%m%d%H%M%S")
    assert closest["http_status_code"] == 200
    assert found["mementos"]["first"]["uri"] == [f"{base}@{FIRST}/"]
    assert found["mementos"]["last"]["uri"] == [f"{base}@{LAST}/"]


def test_a_memento_client_given_a_version_goes_on_from_its_original(ask, lived, settings) -> None:
    base = f"{settings.FACTCHECK_BASE_URL}/claims/{lived.public_id}/"
    found = ask(lambda: MementoClient().get_memento_info(f"{base}@{FIRST}/", datetime(2024, 4, 1)))
    assert found["original_uri"] == base
    assert found["mementos"]["closest"]["uri"] == [f"{base}@{SECOND}/"]
