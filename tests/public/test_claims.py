"""The list of all verdicts."""

from __future__ import annotations

import base64
import json
import re
from datetime import date

import pytest
from django.test import Client

from claims.models import Claim, Claimant
from claims.vocabulary import Precision, VerificationStatus
from claims.workflow import void_verdict, withdraw_evidence
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_claim_changed_last_first(client: Client) -> None:
    first, second = factories.published_claim(), factories.published_claim()
    page = html(client, "/claims/")
    assert page.index(path_of(second)) < page.index(path_of(first))


@pytest.mark.parametrize("status", list(VerificationStatus))
def test_a_status_shows_only_its_claims(client: Client, status: VerificationStatus) -> None:
    paths = {one: path_of(factories.published_claim(one)) for one in VerificationStatus}
    page = html(client, f"/claims/?status={status}")
    assert [one for one, path in paths.items() if path in page] == [status]


def test_a_withdrawn_verdict_stays_in_the_list_under_its_name(client: Client, editor) -> None:
    claim = factories.published_claim()
    void_verdict(claim, reason="An error.", by=editor)
    assert "Withdrawn" in words(html(client, "/claims/"))


def test_an_empty_status_filter_is_no_filter(client: Client) -> None:
    factories.published_claim()
    assert words(html(client, "/claims/?status=")) == words(html(client, "/claims/"))


@pytest.mark.parametrize("status", ["true", "Confirmed", "confirmed'--", "\x00", "<b>"])
def test_an_unknown_status_is_refused_with_the_allowed_ones(client: Client, status: str) -> None:
    page = words(html(client, f"/claims/?status={status.replace('%', '%25')}", 400))
    assert "status" in page
    assert "it is none of: confirmed, unconfirmed, disputed, withdrawn." in page


def pages_of(client: Client, path: str) -> list[list[str]]:
    """Follow the links to older claims and return what each page lists."""
    found: list[list[str]] = []
    while path:
        assert len(found) < 9, "the pages never end"
        page = html(client, path)
        found.append(re.findall(r'item__claim"><a href="([^"]+)"', page))
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = older[1].replace("&amp;", "&") if older else ""
    return found


def test_every_claim_is_on_exactly_one_page(client: Client) -> None:
    claims = [factories.published_claim() for _ in range(41)]
    found = pages_of(client, "/claims/")
    assert [len(page) for page in found] == [20, 20, 1]
    assert [path for page in found for path in page] == [path_of(one) for one in reversed(claims)]


def test_claims_of_the_same_moment_are_not_lost_between_pages(client: Client) -> None:
    claims = [factories.published_claim() for _ in range(21)]
    claims[0].refresh_from_db()
    Claim.objects.update(status_since=claims[0].status_since)
    found = pages_of(client, "/claims/?status=confirmed")
    assert [len(page) for page in found] == [20, 1]
    assert len({path for page in found for path in page}) == 21


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "ü",
        "ZZZZ",
        "1",
        encoded("text"),
        encoded([]),
        encoded({"a": 1}),
        encoded(["2024-01-01T00:00:00", "0000000000"]),
        encoded(["2024-01-01T00:00:00+00:00", 5]),
        encoded([5, "0000000000"]),
        encoded([[], "0000000000"]),
        encoded(["0001-01-01T00:00:00+14:00", "0000000000"]),
        encoded(["9999-12-31T23:59:59-14:00", "0000000000"]),
        encoded(["2024-01-01T01:00:00+01:00", "0000000000"]),
        encoded(["2024-01-01T00:00:00+00:00", "\ud800"]),
        encoded(["2024-01-01T00:00:00+00:00", "\x00"]),
        encoded(["2024-01-01T00:00:00+00:00", ""]),
        "W1tbW1tbW1tb" * 2000,
    ],
)
def test_a_cursor_that_names_no_place_is_refused_in_words(client: Client, cursor: str) -> None:
    page = words(html(client, f"/claims/?after={cursor}", 400))
    assert "after" in page
    assert "it is not a place in the list" in page


def test_a_place_whose_claim_is_gone_from_the_list_still_leads_on(client: Client) -> None:
    factories.published_claim()
    moment = "2099-01-01T00:00:00+00:00"
    assert len(pages_of(client, f"/claims/?after={encoded([moment, '0000000000'])}")[0]) == 1


def test_an_argument_given_twice_is_refused(client: Client) -> None:
    page = words(html(client, "/claims/?status=confirmed&status=disputed", 400))
    assert "it is given more than once" in page


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_six_queries(client: Client, django_assert_num_queries, rows: int) -> None:
    for _ in range(rows):
        found_in_an_article(factories.ClaimantFactory())
    # 1 the claims of the page with their summaries, and one more to know whether there are others
    # 2 what facets count of the newest claims; 3 the names of claimants; 4 and 5 how many claims publishers
    # carry, and their names; 6 how many claims topics have (none has any here)
    with django_assert_num_queries(6):
        html(client, "/claims/")


def found_in_an_article(claimant: Claimant) -> Claim:
    publisher = factories.PublisherFactory()
    article = factories.ArticleFactory(publisher=publisher)
    quote = factories.appearance_draft(article, "is safe")
    return factories.published_claim(claimant=claimant, appearance=quote)


def test_a_list_names_its_first_page_as_canonical(client: Client) -> None:
    factories.published_claim()
    for path in ("/claims/", "/claims/?status=confirmed"):
        page = html(client, path)
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in page
    page = html(client, "/claims/?utm_source=x&status=confirmed")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/claims/?status=confirmed">' in page


def test_the_facts_of_a_claim_are_told_apart_without_a_stylesheet(client: Client) -> None:
    speaker = factories.ClaimantFactory(name="Ada Speaker")
    factories.published_claim(claimant=speaker)
    facts = re.findall(r'<span class="item__fact">(.*?)</span>\n', html(client, "/claims/"))
    assert words(facts[0]) == "Ada Speaker"
    assert words(facts[1]).startswith("since ")


def test_a_date_is_told_as_exactly_as_it_is_known(client: Client) -> None:
    factories.published_claim(said_on=date(2020, 1, 1), said_on_precision=Precision.YEAR)
    page = html(client, "/claims/")
    assert '<time datetime="2020">2020</time>' in page
    assert "1 January 2020" not in page


def test_a_verdict_whose_evidence_was_withdrawn_is_marked(client: Client, editor) -> None:
    claim = factories.published_claim()
    assert "on evidence withdrawn since" not in html(client, "/claims/")
    withdraw_evidence(claim.evidence.all()[0], reason="Retracted.", by=editor)
    assert "on evidence withdrawn since" in html(client, "/claims/")
