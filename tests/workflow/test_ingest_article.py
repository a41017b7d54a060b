"""ingest_article: an article as a reader found it, recorded together with its publisher."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.models import Article, ArticleOriginal, Publisher, User
from claims.reading.parse import parse_article
from claims.vocabulary import Licence
from claims.workflow import ingest_article
from tests.workflow.observing import refused

PAGE = b"""<html lang="en"><head><title>Bridge closed</title>
<meta property="og:site_name" content="Gazette">
<link rel="canonical" href="https://gazette.example/bridge"></head>
<body><article><h1>Bridge closed</h1>
<p>The mayor said on Monday that the old bridge over the river would be closed for repairs.</p>
<p>Work is to begin in spring, the town council said in a statement published on its site.</p>
</article></body></html>"""


def test_an_article_comes_in_with_its_publisher_and_its_bytes(contributor: User) -> None:
    recorded = ingest_article(
        parse_article(PAGE, url="https://gazette.example/bridge?a=1"), by=contributor
    )
    article = Article.objects.get()
    assert recorded.article == article
    assert "old bridge over the river" in article.text
    assert Publisher.objects.get().domain == "gazette.example"
    assert article.publisher == Publisher.objects.get()
    assert bytes(ArticleOriginal.objects.get().data) == PAGE


def test_what_a_person_says_overrules_what_the_page_says(contributor: User) -> None:
    parsed = parse_article(PAGE, url="https://gazette.example/bridge")
    article = ingest_article(
        parsed, title="T", publisher_name="N", licence=Licence.FULL_TEXT, by=contributor
    ).article
    assert (article.title, article.publisher_name, article.licence) == (
        "T",
        "N",
        Licence.FULL_TEXT,
    )


def test_a_refused_article_leaves_no_publisher_behind(contributor: User) -> None:
    parsed = parse_article(PAGE, url="https://gazette.example/bridge")
    with refused("at most 1,000", field="title"):
        ingest_article(parsed, title="x" * 1001, by=contributor)


def test_an_address_the_page_gives_of_itself_and_nobody_can_use_is_left_out(
    contributor: User,
) -> None:
    parsed = replace(
        parse_article(PAGE, url="https://gazette.example/bridge"),
        canonical_url="https://gazette.example:port/bridge",
    )
    article = ingest_article(parsed, by=contributor).article
    assert article.canonical_url == ""
    assert article.url == "https://gazette.example/bridge"


@pytest.mark.parametrize(
    ("said", "kept"), [("EN-us", "en-US"), ("", "und"), ("english", "und"), ("en-" * 9, "und")]
)
def test_a_language_that_is_none_is_left_out(contributor: User, said: str, kept: str) -> None:
    parsed = replace(parse_article(PAGE, url="https://gazette.example/bridge"), language=said)
    assert ingest_article(parsed, by=contributor).article.language == kept
