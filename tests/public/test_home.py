"""The front page."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.models import User
from claims.vocabulary import ReviewReason, VerificationStatus
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
def test_the_front_page_costs_six_queries(client: Client, django_assert_num_queries, rows) -> None:
    for _ in range(rows):
        factories.give_verdict(factories.published_claim(), VerificationStatus.DISPUTED)
    # 1 the newest claims with their documents, 2 the counts by status, 3 which claims changed, 4 the latest
    # changes, 5 how many claims are being checked, 6 the topics with their counts
    with django_assert_num_queries(6):
        html(client, "/")


def test_the_latest_changes_and_the_topics_stand_on_the_front_page(client, editor: User) -> None:
    claim = factories.published_claim()
    assert "Latest changes" not in html(client, "/")
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    topic = workflow.record_topic(name="Energy", by=editor)
    workflow.file_claim(claim, topics=[topic], by=editor)
    page = words(html(client, "/"))
    assert "Confirmed became Disputed" in page
    assert "Topics Energy 1" in page


def test_of_claims_being_checked_only_their_number_is_told(client: Client, editor: User) -> None:
    factories.published_claim()
    claim = factories.ClaimFactory(wording="The hidden one.", by=editor)
    assert "being checked" not in html(client, "/")
    workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    page = html(client, "/")
    assert "1 claim is being checked now." in page
    assert "The hidden one" not in page
