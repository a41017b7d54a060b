"""Feeds that go on: whoever follows them to the end has read every entry, and none twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import feedparser
import jsonschema  # type: ignore[import-untyped]
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims import workflow
from claims.models import Claim, User
from claims.public.views import feed
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.json_feed import JSON_FEED

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST", 3)


def claims_of(number: int, by: User) -> list[Claim]:
    """Return claims, each with a change of its verdict and a correction."""
    made = [factories.published_claim() for _ in range(number)]
    for claim in made:
        factories.give_verdict(claim, VerificationStatus.DISPUTED)
        workflow.void_verdict(claim, reason="An error.", by=by)
    return made


def in_json(client: Client, path: str) -> Iterator[dict[str, Any]]:
    """Yield the answers that a feed consists of, following it to its end."""
    address = BASE + path
    while address:
        found = client.get(address.removeprefix(BASE)).json()
        jsonschema.validate(found, JSON_FEED)
        yield found
        assert found.get("next_url") not in (address, found["feed_url"])
        address = found.get("next_url", "")


def in_xml(client: Client, path: str) -> Iterator[Any]:
    """Yield the same as a program reads it that knows nothing of us."""
    address = BASE + path
    while address:
        response = client.get(address.removeprefix(BASE))
        found = feedparser.parse(response.content)
        assert not found.bozo, found.get("bozo_exception")
        yield found
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == address
        assert links.get("first", address) == (address if address == BASE + path else BASE + path)
        assert response["Link"].startswith(f'<{address}>; rel="self"')
        assert ('rel="next"' in response["Link"]) is ("next" in links)
        address = links.get("next", "")


@pytest.mark.parametrize("number", [1, 3, 4, 7])
def test_every_entry_is_told_once_in_every_form(client: Client, editor: User, number: int) -> None:
    made = claims_of(number, editor)
    acts = made[0].entries.count()
    for name, total in {
        "claims": number,
        "claims?status=withdrawn": number,
        "changes": 2 * number,
        "corrections": number,
        f"claims/{made[0].public_id}": acts,
    }.items():
        what, _, query = name.partition("?")
        path = f"/feeds/{what}.{{}}{f'?{query}' if query else ''}"
        pages = list(in_json(client, path.format("json")))
        told = [item["id"] for page in pages for item in page["items"]]
        assert len(told) == len(set(told)) == total, name
        assert len(pages) == -(-total // 3)
        assert {page["feed_url"] for page in pages} == {BASE + path.format("json")}
        times = [item["date_modified"] for page in pages for item in page["items"]]
        assert times == sorted(times, reverse=True)
        for form in ("atom", "rss"):
            found = list(in_xml(client, path.format(form)))
            assert [entry.id for page in found for entry in page.entries] == told


def test_what_arrives_meanwhile_shifts_nothing(client: Client) -> None:
    made = [factories.published_claim() for _ in range(7)]
    pages = in_json(client, "/feeds/claims.json")
    told = [item["id"] for item in next(pages)["items"]]
    for _ in range(2):
        factories.published_claim()
    told += [item["id"] for page in pages for item in page["items"]]
    assert [one.rpartition("/")[2] for one in told] == [one.public_id for one in reversed(made)]


def test_only_the_beginning_names_the_hub(client: Client, editor: User, settings: Settings) -> None:
    claims_of(4, editor)
    settings.FACTCHECK_WEBSUB_HUB = "https://hub.example/"
    first, second = in_json(client, "/feeds/claims.json")
    assert ("hubs" in first, "hubs" in second) == (True, False)
    response = client.get(str(first["next_url"]).removeprefix(BASE))
    assert "hub" not in response["Link"]


@pytest.mark.parametrize("given", ["x", "0", "-1", "1.5", "9" * 30, "MTIz", "%00", "1&after=2"])
def test_what_is_no_place_is_refused(client: Client, published: Claim, given: str) -> None:
    for what in ("claims", "changes", "corrections", f"claims/{published.public_id}"):
        assert client.get(f"/feeds/{what}.json?after={given}").status_code == 400, what


def test_behind_the_last_entry_nothing_is_left(client: Client, published: Claim) -> None:
    found = client.get(f"/feeds/claims/{published.public_id}.json?after=1").json()
    assert (found["items"], found.get("next_url")) == ([], None)


def test_a_place_beyond_the_first_entry_is_the_beginning(client: Client, published: Claim) -> None:
    path = f"/feeds/claims/{published.public_id}.json"
    pages = [list(in_json(client, path + query)) for query in ("", "?after=999")]
    first, second = ([page["items"] for page in one] for one in pages)
    assert first == second


@pytest.mark.parametrize("what", ["claims", "changes", "corrections"])
def test_a_later_answer_costs_what_the_first_does(
    client: Client, editor: User, django_assert_num_queries: DjangoAssertNumQueries, what: str
) -> None:
    claims_of(8, editor)
    first = client.get(f"/feeds/{what}.json").json()
    # the claims with their documents, or the acts with them; of changes, which claims changed besides
    with django_assert_num_queries(2 if what == "changes" else 1):
        again = client.get(first["next_url"].removeprefix(BASE))
    known = {"If-None-Match": again["ETag"]}
    assert client.get(first["next_url"].removeprefix(BASE), headers=known).status_code == 304
