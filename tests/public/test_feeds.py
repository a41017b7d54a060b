"""Feeds: the same things told in three forms, each under an id that never changes, to programs of others."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from typing import Any

import feedparser
import jsonschema  # type: ignore[import-untyped]
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims import workflow
from claims.models import Claim, User
from claims.public.feeds.entries import of_acts
from claims.vocabulary import Role, VerificationStatus
from tests import factories
from tests.public.json_feed import JSON_FEED
from tests.public.pages import Elements, document, everything, html, path_of

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"
FORMS = ("atom", "rss", "json")
KINDS = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def in_json(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, path
    found: dict[str, Any] = response.json()
    jsonschema.validate(found, JSON_FEED)
    assert len(response.content) < 250_000
    return found


def parsed(client: Client, path: str) -> Any:
    """Return what a program that knows nothing of us reads from a feed."""
    response = client.get(path)
    assert response.status_code == 200, path
    headers = {name.lower(): value for name, value in response.headers.items()}
    found = feedparser.parse(response.content, response_headers=headers)
    assert not found.bozo, found.get("bozo_exception")
    return found


def entries(client: Client, path: str) -> list[Any]:
    return list(in_json(client, path)["items"])


def moment(stamp: Any) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(stamp), UTC)


def changed(claim: Claim) -> None:
    """Have a claim disputed that was confirmed."""
    factories.give_verdict(claim, VerificationStatus.DISPUTED)


def names(claim: Claim) -> list[str]:
    return [
        f"/feeds/{what}"
        for what in ("claims", "changes", "corrections", f"claims/{claim.public_id}")
    ]


def test_all_forms_of_all_feeds_tell_the_same(client: Client, editor: User) -> None:
    claim = everything("“plain” words").claim
    changed(claim)
    workflow.void_verdict(claim, reason="An error.", by=editor)
    for name in names(claim):
        whole = in_json(client, f"{name}.json")
        assert whole["items"], name
        for form in ("atom", "rss"):
            found = parsed(client, f"{name}.{form}")
            assert found.version == {"atom": "atom10", "rss": "rss20"}[form]
            assert found.feed.title == whole["title"]
            assert [one.id for one in found.entries] == [one["id"] for one in whole["items"]]
            assert [one.title for one in found.entries] == [one["title"] for one in whole["items"]]
            assert [one.link for one in found.entries] == [one["url"] for one in whole["items"]]


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_says_what_it_is_where_it_is_and_which_hub_to_ask(
    client: Client, published: Claim, settings: Settings, form: str
) -> None:
    path = f"/feeds/claims.{form}"
    assert client.get(path)["Link"] == f'<{BASE}{path}>; rel="self"'
    settings.FACTCHECK_WEBSUB_HUB = "https://hub.example/"
    response = client.get(path)
    assert response["Content-Type"] == KINDS[form]
    assert response["Link"] == f'<{BASE}{path}>; rel="self", <https://hub.example/>; rel="hub"'
    if form == "json":
        assert response.json()["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        assert response.json()["feed_url"] == BASE + path
        return
    links = {link.rel: link.href for link in parsed(client, path).feed.links}
    assert links["hub"] == "https://hub.example/"
    assert links["self"] == BASE + path
    assert links["alternate"] == f"{BASE}/claims/"


def test_a_claim_stays_the_same_entry_when_its_status_changes(
    client: Client, published: Claim
) -> None:
    (before,) = entries(client, "/feeds/claims.json")
    changed(published)
    (after,) = entries(client, "/feeds/claims.json")
    assert before["id"] == after["id"]
    assert before["id"] == f"tag:factcheck.localhost,2026:register/claims/{published.public_id}"
    assert before["date_published"] == after["date_published"]
    assert before["date_modified"] < after["date_modified"]
    assert before["title"] == f"Confirmed: “{published.wording}”"
    assert after["title"] == f"Disputed: “{published.wording}”"
    (atom,) = parsed(client, "/feeds/claims.atom").entries
    assert moment(atom.updated_parsed) == datetime.fromisoformat(after["date_modified"]).replace(
        microsecond=0
    )


def test_an_id_outlives_a_move_to_another_host(
    client: Client, published: Claim, settings: Settings
) -> None:
    before = entries(client, "/feeds/claims.json")[0]["id"]
    settings.FACTCHECK_BASE_URL = "https://new.example"
    found = entries(client, "/feeds/claims.json")[0]
    assert (found["id"], found["url"]) == (before, f"https://new.example{path_of(published)}")


def test_changes_say_what_was_and_what_is(client: Client, published: Claim) -> None:
    assert entries(client, "/feeds/changes.json") == []
    changed(published)
    (one,) = entries(client, "/feeds/changes.json")
    assert one["title"] == f"Confirmed → Disputed: “{published.wording}”"
    assert "What was found." in one["content_text"]
    number = document(published)["verdict"]["entry"]
    assert one["url"] == f"{BASE}{path_of(published)}#history-{number}"


def test_corrections_are_told(client: Client, published: Claim, editor: User) -> None:
    workflow.void_verdict(published, reason="An error of ours.", by=editor)
    (one,) = entries(client, "/feeds/corrections.json")
    assert one["title"].startswith("Verdict taken back (Confirmed → Withdrawn): “")
    assert "An error of ours." in one["content_text"]


def test_the_feed_of_a_claim_tells_its_acts_the_latest_first(
    client: Client, published: Claim, editor: User
) -> None:
    factories.EvidenceFactory(claim=published, by=editor)
    found = entries(client, f"/feeds/claims/{published.public_id}.json")
    history = document(published)["history"]
    assert [one["date_modified"][:19] for one in found] == [
        act["recorded_at"][:19] for act in reversed(history)
    ]
    assert found[0]["title"] == f"Evidence was added, entry {len(history)}"
    assert len({one["id"] for one in found}) == len(history)


def test_a_choice_has_a_feed_of_its_own(client: Client, published: Claim) -> None:
    speaker = factories.ClaimantFactory.create(name="The mayor")
    hers = factories.published_claim(VerificationStatus.DISPUTED, claimant=speaker)
    for query, claims in (
        ("status=disputed", [hers]),
        ("status=confirmed", [published]),
        (f"claimant={speaker.public_id}", [hers]),
        ("status=unconfirmed", []),
    ):
        whole = in_json(client, f"/feeds/claims.json?{query}")
        assert [one["url"] for one in whole["items"]] == [BASE + path_of(one) for one in claims]
        assert whole["feed_url"] == f"{BASE}/feeds/claims.json?{query}"
        assert whole["home_page_url"] == f"{BASE}/claims/?{query}"


def test_what_nobody_knows_has_no_feed(client: Client, claim: Claim) -> None:
    hidden = factories.ClaimantFactory.create()
    for path in (
        f"/feeds/claims/{claim.public_id}.atom",
        "/feeds/claims/zzzzzzzzzz.atom",
        f"/feeds/claims.atom?claimant={hidden.public_id}",
        "/feeds/claims.atom?publisher=zzzzzzzzzz",
        "/feeds/claims.atom?topic=none",
        "/feeds/users.atom",
        "/feeds/claims.xml",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/feeds/claims.atom?status=true").status_code == 400


def test_the_feed_of_a_merged_claim_is_the_survivors(
    client: Client, published: Claim, editor: User
) -> None:
    other = factories.published_claim()
    workflow.merge_claims(other, into=published, reason="The same.", by=editor)
    moved = client.get(f"/feeds/claims/{other.public_id}.atom")
    assert moved["Location"] == f"/feeds/claims/{published.public_id}.atom"


@pytest.mark.parametrize("form", FORMS)
def test_feeds_answer_conditional_requests(client: Client, published: Claim, form: str) -> None:
    for name in names(published):
        first = client.get(f"{name}.{form}")
        assert first["Cache-Control"].startswith("public, max-age=60")
        again = client.get(f"{name}.{form}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(f"{name}.{form}").content == b""
    mark = client.get(f"/feeds/claims.{form}")["ETag"]
    factories.EvidenceFactory(claim=published)
    assert client.get(f"/feeds/claims.{form}", headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_an_empty_feed_is_a_feed_and_does_not_change_with_the_clock(
    client: Client, form: str
) -> None:
    assert parsed(client, f"/feeds/claims.{form}").entries == []
    assert b"1970" in client.get(f"/feeds/claims.{form}").content


def test_no_text_becomes_markup_or_breaks_a_feed(client: Client) -> None:
    hostile = '<script>alert(1)</script> ]]> & "x" <img src=x onerror=alert(1)>'
    claim = everything(hostile).claim
    for name in names(claim)[:1] + names(claim)[3:]:
        for one in entries(client, f"{name}.json"):
            assert "<script" not in one["content_html"]
            assert "<img" not in one["content_html"]
        parsed(client, f"{name}.rss")
        (first, *_) = parsed(client, f"{name}.atom").entries
        assert "<script" not in first.content[0].value


def test_removed_words_are_not_told(client: Client, published: Claim) -> None:
    there = document(published)
    there["wording"], there["claimant"] = None, None
    for act in there["history"]:
        act["reason"] = None
    for one in of_acts(there, most=30)[0]:
        assert published.wording not in f"{one.title}{one.text}{one.html}"


@pytest.mark.parametrize("rows", [1, 5])
def test_a_feed_costs_the_same_for_any_number_of_claims(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claims = [factories.published_claim() for _ in range(rows)]
    for claim in claims:
        changed(claim)
        workflow.void_verdict(claim, reason="An error.", by=factories.person(Role.EDITOR))
    for path in names(claims[0]):
        # the claims with their documents, or the acts with them; of changes, which claims changed besides
        with django_assert_num_queries(2 if path.endswith("/changes") else 1):
            assert client.get(f"{path}.atom").status_code == 200


def test_pages_name_the_feeds_of_what_they_show(client: Client) -> None:
    claim = everything("plain").claim
    claimant = document(claim)["claimant"]

    def found(path: str) -> list[str]:
        links = [a for tag, a in Elements.of(html(client, path)) if tag == "link"]
        return [str(a["href"]) for a in links if "atom" in str(a.get("type"))]

    general = ["/feeds/claims.atom", "/feeds/changes.atom", "/feeds/corrections.atom"]
    assert found("/") == found("/de/") == general
    assert found(path_of(claim)) == [f"/feeds/claims/{claim.public_id}.atom", *general]
    own = f"/feeds/claims.atom?claimant={claimant['id']}"
    assert found(claimant["html_url"]) == [own, *general]
    assert found("/claims/?status=disputed") == ["/feeds/claims.atom?status=disputed", *general]
    for path in [*found(path_of(claim)), own]:
        assert client.get(path).status_code == 200
