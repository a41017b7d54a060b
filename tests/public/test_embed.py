"""A claim within the pages of others: oEmbed as its consumers ask, and the card that shows the verdict of today."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import micawber
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.models import Claim, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import Elements, document, everything, html, path_of, words

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"


def card(claim: Claim) -> str:
    return f"/embed/claims/{claim.public_id}/"


def asked(client: Client, address: str, **more: Any) -> Any:
    return client.get("/oembed", {"url": address, **more})


def test_the_card_may_be_framed_by_anybody_and_nothing_else_may(
    client: Client, published: Claim, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # the claim with its summary and survivor
        response = client.get(card(published))
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert (response["X-Robots-Tag"], response.cookies) == ("noindex", {})
    page = client.get(path_of(published))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("status", VerificationStatus)
def test_the_card_says_the_status_in_words_and_the_claim_in_quotation_marks(
    client: Client, status: VerificationStatus
) -> None:
    claim = factories.published_claim(status)
    page = html(client, card(claim))
    assert f"“{document(claim)['wording']}”" in page
    assert str(status.label) in words(page)
    assert f'href="{BASE}{path_of(claim)}" target="_blank" rel="noopener"' in page
    elements = Elements.of(page)
    assert not [tag for tag, a in elements if tag in ("script", "style") or "style" in a]
    assert [tag for tag, _ in elements].count("h1") == 1


def test_the_card_follows_the_verdict(client: Client, published: Claim, editor: User) -> None:
    mark = client.get(card(published))["ETag"]
    assert client.get(card(published), headers={"If-None-Match": mark}).status_code == 304
    workflow.void_verdict(published, reason="An error.", by=editor)
    assert client.get(card(published), headers={"If-None-Match": mark}).status_code == 200
    assert "Withdrawn" in words(html(client, card(published)))


def test_a_merged_claim_leads_to_the_survivor(
    client: Client, published: Claim, editor: User
) -> None:
    other = factories.published_claim()
    address = BASE + path_of(other)
    workflow.merge_claims(other, into=published, reason="The same.", by=editor)
    assert client.get(card(other))["Location"] == card(published)
    assert card(published) in asked(client, address).json()["html"]


def test_what_is_not_published_has_no_card(client: Client, claim: Claim) -> None:
    assert client.get(card(claim)).status_code == 404
    assert asked(client, f"{BASE}/claims/{claim.public_id}/").status_code == 404


def test_the_answer_has_what_the_standard_wants_of_a_rich_one(
    client: Client, published: Claim, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = BASE + path_of(published)
    with django_assert_num_queries(1):  # the claim with its summary and survivor
        response = asked(client, address)
    found = response.json()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert found["title"] == f"Confirmed: “{document(published)['wording']}”"
    assert (found["width"], found["height"]) == (600, 280)
    assert found["thumbnail_url"] == f"{BASE}/claims/{published.public_id}/card.png"
    ((tag, frame),) = Elements.of(found["html"])
    assert (tag, frame["src"]) == ("iframe", BASE + card(published))
    assert frame["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_answer_keeps_to_the_room_there_is(client: Client, published: Claim) -> None:
    found = asked(client, BASE + path_of(published), maxwidth="320", maxheight="200").json()
    assert (found["width"], found["height"]) == (320, 200)
    assert 'width="320" height="200"' in found["html"]
    assert "thumbnail_url" not in found


@pytest.mark.parametrize("language", ["", "/de"])
def test_the_card_speaks_the_language_of_the_page(
    client: Client, published: Claim, language: str
) -> None:
    found = asked(client, f"{BASE}{language}{path_of(published)}").json()
    assert f'src="{BASE}{language}{card(published)}"' in found["html"]
    assert f'lang="{language[1:] or "en-GB"}"' in html(client, f"{language}{card(published)}")


def test_the_answer_as_xml_says_the_same(client: Client) -> None:
    claim = everything('<b>&"x"</b>').claim
    address = BASE + path_of(claim)
    told = asked(client, address, format="json").json()
    response = asked(client, address, format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    tree = ET.fromstring(response.content)  # noqa: S314  (our own answer)
    assert {part.tag: part.text for part in tree} == {k: str(v) for k, v in told.items()}
    assert "<b>" not in told["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"url": f"{BASE}/", "maxwidth": "wide"}, 400),
        ({"url": f"{BASE}/", "maxwidth": "0"}, 400),
        ({"url": f"{BASE}/", "maxheight": "-1"}, 400),
        ({"url": f"{BASE}/", "maxheight": "٣"}, 400),
        ({"url": f"{BASE}/", "format": "yaml"}, 501),
        ({"url": f"{BASE}/"}, 404),
        ({"url": f"{BASE}/claims/"}, 404),
        ({"url": f"{BASE}/claims/zzzzzzzzzz/x/"}, 404),
        ({"url": f"{BASE}/claims/%00%ff/x/"}, 404),
        ({"url": "https://elsewhere.example/claims/{id}/x/"}, 404),
        ({"url": f"{BASE}/claims/{{id}}/@20250101000000/"}, 404),
        ({"url": "http://[bad/"}, 404),
        ({"url": "/claims/{id}/"}, 404),
    ],
)
def test_bad_questions_are_refused_as_the_standard_says(
    client: Client, published: Claim, query: dict[str, str], status: int
) -> None:
    query = {name: value.replace("{id}", published.public_id) for name, value in query.items()}
    assert client.get("/oembed", query).status_code == status


@pytest.fixture
def consumer(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A program that knows oEmbed and nothing of us, its wire led into the test."""

    class Provider(micawber.Provider):  # type: ignore[misc]  # publishes no types
        def fetch(self, url: str) -> str:
            response = client.get(url.removeprefix(BASE))
            assert response.status_code == 200
            return str(response.content.decode())

    registry = micawber.ProviderRegistry()
    registry.register(re.escape(BASE) + r"/claims/\S+", Provider(f"{BASE}/oembed"))
    return registry.request  # type: ignore[no-any-return]


def test_a_program_that_takes_in_pages_of_others_takes_ours(
    consumer: Callable[[str], Any], published: Claim
) -> None:
    found = consumer(BASE + path_of(published))
    assert found["type"] == "rich"
    assert "<iframe" in found["html"]


def test_the_page_says_where_to_ask(client: Client, published: Claim) -> None:
    links = [a for tag, a in Elements.of(html(client, path_of(published))) if tag == "link"]
    found = {str(a.get("type")): str(a["href"]) for a in links}
    for form in ("application/json+oembed", "text/xml+oembed"):
        response = client.get(found[form].removeprefix(BASE))
        assert response.status_code == 200
        assert published.public_id in response.content.decode()


def test_what_was_merged_twice_is_taken_in_as_what_remains(client: Client, editor: User) -> None:
    first, second, third = (factories.published_claim() for _ in range(3))
    workflow.merge_claims(first, into=second, reason="The same.", by=editor)
    workflow.merge_claims(second, into=third, reason="The same.", by=editor)
    answer = asked(client, BASE + f"/claims/{first.public_id}/")
    assert card(third) in answer.json()["html"]
