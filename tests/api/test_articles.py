"""/api/v1/articles/: only articles in which a published claim appears."""

from __future__ import annotations

import pytest

from claims.models import Article
from tests import factories
from tests.api.conftest import Api, Queries


def quoted_article(**fields: object) -> Article:
    """Return an article in which a published claim appears."""
    article: Article = factories.ArticleFactory(**fields)
    draft = factories.appearance_draft(article, article.text.split(".")[0])
    factories.published_claim(appearance=draft)
    return article


def test_articles_without_a_published_claim_are_not_listed(api: Api) -> None:
    article = factories.ArticleFactory()
    draft = factories.appearance_draft(article, "Work goes on")
    claim = factories.ClaimFactory(appearance=draft)
    assert api.get("articles/")["results"] == []
    factories.give_verdict(claim)
    assert [one["id"] for one in api.get("articles/")["results"]] == [article.public_id]


def test_an_article_with_several_claims_is_listed_once(api: Api) -> None:
    article = quoted_article()
    factories.published_claim(appearance=factories.appearance_draft(article, "Work goes on"))
    assert len(api.get("articles/")["results"]) == 1


def test_what_lists_show_of_an_article(api: Api) -> None:
    publisher = factories.PublisherFactory(name="The Daily", domain="daily.example")
    article = quoted_article(
        publisher=publisher,
        publisher_name="The Daily",
        authors=("Ann Archer", "Bob Baker"),
        url="https://daily.example/a",
    )
    [one] = api.get("articles/")["results"]
    assert one["authors"] == ["Ann Archer", "Bob Baker"]
    assert (one["publisher"], one["publisher_domain"]) == ("The Daily", "daily.example")
    assert one["source_url"] == "https://daily.example/a"
    assert one["url"] == f"http://testserver/api/v1/articles/{article.public_id}/"


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_one_query(api: Api, queries: Queries, rows: int) -> None:
    for _ in range(rows):
        quoted_article(publisher=factories.PublisherFactory())
    with queries(1):  # the page, each article with its publisher
        assert len(api.get("articles/")["results"]) == rows
