"""The page of one publisher."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import addresses, workflow
from claims.models import Article, Claim, Publisher, User
from claims.vocabulary import Stance, VerificationStatus
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlet(db: None) -> Publisher:
    return factories.PublisherFactory(name="The Daily Post", domain="post.example")


def page_path(publisher: Publisher) -> str:
    return addresses.publisher_page(publisher.public_id, publisher.name)


def carried(outlet: Publisher, *, publish: bool = True) -> tuple[Claim, Article]:
    article = factories.ArticleFactory(publisher=outlet)
    draft = factories.appearance_draft(article, "Work goes on")
    make = factories.published_claim if publish else factories.ClaimFactory
    return make(appearance=draft), article


def cite(outlet: Publisher, *, stance: Stance = Stance.REFUTES) -> Claim:
    claim: Claim = factories.ClaimFactory()
    factories.EvidenceFactory(claim=claim, publisher=outlet, stance=stance)
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    return claim


def test_it_shows_the_claims_in_its_articles_and_the_articles(client: Client, outlet) -> None:
    claim, article = carried(outlet)
    page = html(client, page_path(outlet))
    assert path_of(claim) in page
    assert addresses.article_page(article) in page
    assert "1 claim found in its articles" in page
    assert "1 confirmed, 0 unconfirmed, 0 disputed" in page
    assert "https://post.example/" in page


def test_a_claim_that_was_withdrawn_from_its_article_does_not_count(client, outlet, editor) -> None:
    claim, _ = carried(outlet)
    workflow.withdraw_appearance(claim.appearances.get(), reason="Misread.", by=editor)
    page = html(client, page_path(outlet))
    assert "0 claims found in its articles" in page
    assert path_of(claim) not in page


def test_it_counts_how_often_it_is_cited(client: Client, outlet: Publisher) -> None:
    cite(outlet)
    cite(outlet, stance=Stance.CONTEXT)
    page = words(html(client, page_path(outlet)))
    assert "cited as a source 2 times" in page
    assert "Refutes 1" in page
    assert "Context 1" in page


def test_evidence_that_was_withdrawn_is_not_counted(client, outlet, editor: User) -> None:
    claim = cite(outlet)
    cite(outlet)
    workflow.withdraw_evidence(claim.evidence.get(publisher=outlet), reason="Forged.", by=editor)
    assert "cited as a source 1 time " in words(html(client, page_path(outlet)))


def test_a_publisher_of_unpublished_claims_alone_looks_like_none_at_all(client, outlet) -> None:
    carried(outlet, publish=False)
    factories.EvidenceFactory(publisher=outlet)
    hidden = client.get(page_path(outlet))
    unknown = client.get("/publishers/0000000000/the-daily-post/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_unpublished_claims_and_their_articles_change_nothing(client, outlet: Publisher) -> None:
    carried(outlet)
    before = html(client, page_path(outlet))
    carried(outlet, publish=False)
    factories.EvidenceFactory(publisher=outlet)
    assert html(client, page_path(outlet)) == before


def test_a_wrong_slug_leads_to_the_right_one(client: Client, outlet: Publisher) -> None:
    carried(outlet)
    for wrong in ("", "wrong/"):
        response = client.get(f"/publishers/{outlet.public_id}/{wrong}")
        assert (response.status_code, response["Location"]) == (301, page_path(outlet))


def test_both_lists_go_on_page_by_page(client: Client, outlet: Publisher) -> None:
    for _ in range(21):
        carried(outlet)
    page = html(client, page_path(outlet))
    claims, articles = re.findall(r'rel="next" href="([^"]+)"', page)
    assert html(client, claims).count("item__claim") == 1
    assert html(client, articles).count('href="/articles/') == 1
    assert client.get(articles)["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", ["after", "articles_after"])
def test_a_cursor_that_names_no_place_is_refused(client, outlet, name: str) -> None:
    carried(outlet)
    assert name in html(client, f"{page_path(outlet)}?{name}=x", 400)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_five_queries(client, outlet, django_assert_num_queries, rows) -> None:
    for _ in range(rows):
        carried(outlet)
        cite(outlet)
    # 1 the publisher, 2 the counts by status, 3 the claims with summaries, 4 the articles with their counts,
    # 5 the evidence by stance
    with django_assert_num_queries(5):
        html(client, page_path(outlet))
