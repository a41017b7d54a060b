"""The front page."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


def test_an_empty_register_says_so(client: Client) -> None:
    assert "No verdict has been published yet." in html(client, "/")


def test_the_newest_verdict_leads_and_older_ones_follow(client: Client) -> None:
    older = factories.published_claim(wording="The older claim.")
    newer = factories.published_claim(wording="The newer claim.")
    page = html(client, "/")
    assert page.index(path_of(newer)) < page.index(path_of(older))
    assert page.index("The newer claim.") < page.index("<h3") < page.index("The older claim.")


def test_the_lead_shows_the_beginning_of_its_rationale_as_plain_words(client: Client) -> None:
    claim = factories.ClaimFactory()
    factories.give_verdict(claim, rationale="It was **measured** & [seen](https://a.example).")
    assert "It was measured & seen." in words(html(client, "/")).replace("&amp;", "&")


def test_the_counts_are_drawn_with_a_text_that_says_the_same(client: Client) -> None:
    factories.published_claim()
    factories.published_claim(VerificationStatus.DISPUTED)
    page = html(client, "/")
    assert "2 claims in the register" in page
    assert '<title id="tally-title">1 confirmed, 0 unconfirmed, 1 disputed</title>' in page


def test_it_tells_how_to_read_a_verdict_and_leads_to_the_method(client: Client) -> None:
    factories.published_claim()
    page = html(client, "/")
    assert "Nobody has shown the claim to be true or false." in page
    assert 'href="/method/"' in page


def test_whatever_was_asked_the_canonical_address_is_the_same(client: Client) -> None:
    page = html(client, "/?utm_source=elsewhere")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/">' in page


def test_a_long_wording_leads_in_smaller_letters(client: Client) -> None:
    factories.published_claim(wording="A statement without end, " * 8)
    assert "lead__claim--long" in html(client, "/")
    factories.published_claim(wording="Short.")
    assert "lead__claim--long" not in html(client, "/")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_front_page_costs_two_queries(client: Client, django_assert_num_queries, rows) -> None:
    for _ in range(rows):
        factories.published_claim()
    # 1 the newest claims with their documents, 2 the counts by status
    with django_assert_num_queries(2):
        html(client, "/")
