"""The site map: every page readers find, in every language, with the true date of the last change; and the news."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.models import Claim, User, mapped
from tests import factories
from tests.public.pages import document, everything, path_of

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def read(client: Client, address: str) -> ET.Element:
    response = client.get(address.removeprefix(BASE))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314  (our own answer)


def entries(tree: ET.Element) -> dict[str, str | None]:
    """Return each address with its date of the last change."""
    return {
        str(one.findtext("s:loc", "", NAMES)): one.findtext("s:lastmod", None, NAMES)
        for one in tree
    }


def everywhere(client: Client) -> dict[str, str | None]:
    index = entries(read(client, "/sitemap.xml"))
    return {a: at for page in index for a, at in entries(read(client, page)).items()}


def test_every_address_of_the_map_is_a_page(client: Client) -> None:
    scene = everything("plain words")
    found = everywhere(client)
    for path in scene.paths:
        if "?" not in path:
            assert BASE + path in found
            assert (f"{BASE}/de{path}" if path != "/" else f"{BASE}/de/") in found
    for address in found:
        assert client.get(address.removeprefix(BASE)).status_code == 200, address


def test_each_place_names_itself_in_every_language(client: Client, published: Claim) -> None:
    tree = read(client, "/sitemaps/claims-1.xml")
    for one in tree:
        links = {str(a.get("hreflang")): a.get("href") for a in one.findall("x:link", NAMES)}
        assert links == {
            "en-GB": BASE + path_of(published),
            "de": f"{BASE}/de{path_of(published)}",
        }
    assert len(tree) == 2


def test_a_claim_changed_last_when_its_last_entry_was_recorded(
    client: Client, published: Claim, editor: User
) -> None:
    factories.EvidenceFactory(claim=published, by=editor)
    last = document(published)["history"][-1]["recorded_at"]
    assert str(everywhere(client)[BASE + path_of(published)])[:19] == last[:19]
    index = entries(read(client, "/sitemap.xml"))
    assert str(index[f"{BASE}/sitemaps/claims-1.xml"])[:19] == last[:19]


def test_what_lists_do_not_show_is_not_on_the_map(
    client: Client, published: Claim, editor: User
) -> None:
    hidden, merged = factories.ClaimFactory.create(), factories.published_claim()
    gone = path_of(merged)
    workflow.merge_claims(merged, into=published, reason="The same.", by=editor)
    found = "".join(everywhere(client))
    assert hidden.public_id not in found
    assert gone not in found
    assert client.get("/sitemaps/claims-2.xml").status_code == 404
    assert client.get("/sitemaps/claims-99999999999999999999.xml").status_code == 404
    assert client.get("/sitemaps/users-1.xml").status_code == 404


def test_an_empty_register_has_a_map(client: Client) -> None:
    assert entries(read(client, "/sitemap.xml")) == {f"{BASE}/sitemaps/pages-1.xml": None}
    assert len(read(client, "/sitemap-news.xml")) == 0


def test_a_page_of_the_map_stays_the_same_when_claims_come(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapped, "PAGE", 2)
    claims = [factories.published_claim() for _ in range(3)]
    pages = [page for page in entries(read(client, "/sitemap.xml")) if "/claims-" in page]
    assert len(pages) in (2, 3)
    listed = [a for page in pages for a in entries(read(client, page)) if "/de/" not in a]
    assert listed == [BASE + path_of(claim) for claim in claims]
    before = client.get(pages[0].removeprefix(BASE)).content
    factories.published_claim()
    assert client.get(pages[0].removeprefix(BASE)).content == before


@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_costs_the_same_for_any_number_of_claims(
    client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        factories.published_claim()
    with django_assert_num_queries(
        5
    ):  # one each for claims, articles, claimants, publishers, topics
        client.get("/sitemap.xml")
    with django_assert_num_queries(1):  # the claims with their summaries
        client.get("/sitemaps/claims-1.xml")
    with django_assert_num_queries(1):  # the claims with their summaries
        client.get("/sitemap-news.xml")


def test_news_are_what_was_first_published_in_the_last_two_days(client: Client) -> None:
    claim = factories.published_claim(wording="<b> & “x” is so.")
    (one,) = read(client, "/sitemap-news.xml")
    assert one.findtext("s:loc", "", NAMES) == BASE + path_of(claim)
    assert one.findtext("n:news/n:title", "", NAMES) == f"Confirmed: “{claim.wording}”"
    assert one.findtext("n:news/n:publication/n:language", "", NAMES) == "en"
    said = one.findtext("n:news/n:publication_date", "", NAMES)
    assert said[:19] == document(claim)["published_at"][:19]
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1)):
        assert len(read(client, "/sitemap-news.xml")) == 0


def test_robots_are_told_of_the_map(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {BASE}/sitemap.xml\n" in text
    assert f"Sitemap: {BASE}/sitemap-news.xml\n" in text


@pytest.mark.parametrize(("tag", "told"), [("fil", "fil"), ("pt-BR", "pt"), ("ckb-Arab", "ckb")])
def test_news_is_told_in_the_language_it_is_in(client: Client, tag: str, told: str) -> None:
    factories.published_claim(language=tag)
    [item] = read(client, "/sitemap-news.xml")
    assert item.findtext(".//n:language", "", NAMES) == told


def test_the_map_names_the_changes_and_the_statistics(client: Client) -> None:
    found = entries(read(client, "/sitemaps/pages-1.xml"))
    assert {f"{BASE}/changes/", f"{BASE}/statistics/", f"{BASE}/de/statistics/"} <= set(found)
