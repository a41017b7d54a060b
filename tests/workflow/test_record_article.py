"""record_article: a text is frozen once, with its bytes; a changed text replaces the old one."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from claims.models import Article, ArticleOriginal, User
from claims.vocabulary import Licence
from claims.workflow import ArticleDraft, record_article, record_publisher
from tests.workflow.observing import refused

MIGRATIONS = Path(__file__).parents[2] / "claims" / "migrations"
TEXT = "The mayor said the bridge is safe."


def draft(**fields: Any) -> ArticleDraft:
    text = fields.pop("text", TEXT)
    return ArticleDraft(
        **{"title": "Bridge", "text": text, "original": text.encode("utf-8", "replace"), **fields}
    )


def test_text_and_bytes_are_frozen_under_their_digests(contributor: User) -> None:
    before = datetime.now(UTC)
    recorded = record_article(
        draft(original=b"<p>bytes</p>", media_type="text/html"), by=contributor
    )
    article = Article.objects.get()
    assert recorded.created
    assert recorded.article == article
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.recorded_by == contributor
    assert before <= article.recorded_at <= datetime.now(UTC)
    original = ArticleOriginal.objects.get(article=article)
    assert bytes(original.data) == b"<p>bytes</p>"
    assert original.media_type == "text/html"
    assert original.sha256 == hashlib.sha256(b"<p>bytes</p>").hexdigest()


def test_articles_are_quotes_only_unless_somebody_says_otherwise(contributor: User) -> None:
    assert record_article(draft(), by=contributor).article.licence == Licence.QUOTES_ONLY


def test_the_same_text_is_recognised(contributor: User) -> None:
    first = record_article(draft(), by=contributor)
    again = record_article(draft(original=b"other bytes", title="Other"), by=contributor)
    assert again.article == first.article
    assert not again.created
    assert Article.objects.count() == ArticleOriginal.objects.count() == 1


def test_the_same_bytes_are_recognised_though_they_were_read_differently(contributor: User) -> None:
    first = record_article(draft(original=b"same"), by=contributor)
    again = record_article(draft(original=b"same", text="Read in another way."), by=contributor)
    assert again.article == first.article
    assert not again.created


def test_a_changed_text_at_a_known_address_replaces_the_old_one(contributor: User) -> None:
    url = "https://gazette.example/bridge"
    first = record_article(draft(url=url), by=contributor).article
    second = record_article(draft(url=url, text="Corrected."), by=contributor).article
    third = record_article(draft(url=url, text="Again."), by=contributor).article
    assert (second.replaces, third.replaces) == (first, second)
    assert Article.objects.get(pk=first.pk).text == TEXT


def test_the_last_text_is_replaced_though_an_earlier_one_shares_the_address(
    contributor: User,
) -> None:
    page, moved = "https://gazette.example/bridge", "https://gazette.example/moved"
    first = record_article(draft(url=page, canonical_url=moved), by=contributor).article
    second = record_article(draft(canonical_url=moved, text="Moved."), by=contributor).article
    third = record_article(draft(url=page, text="Again."), by=contributor).article
    assert (second.replaces, third.replaces) == (first, second)


def test_the_canonical_address_finds_the_predecessor(contributor: User) -> None:
    canonical = "https://gazette.example/bridge"
    first = record_article(draft(canonical_url=canonical), by=contributor).article
    second = record_article(
        draft(url=canonical + "?amp=1", canonical_url=canonical, text="New."), by=contributor
    ).article
    assert second.replaces == first


def test_an_address_that_is_known_finds_the_predecessor_though_a_canonical_one_came_since(
    contributor: User,
) -> None:
    page, canonical = "https://gazette.example/bridge?id=1", "https://gazette.example/bridge"
    first = record_article(draft(url=page), by=contributor).article
    second = record_article(
        draft(url=page, canonical_url=canonical, text="Corrected."), by=contributor
    ).article
    third = record_article(draft(url=canonical, text="Again."), by=contributor).article
    assert (second.replaces, third.replaces) == (first, second)


def test_articles_without_an_address_do_not_replace_each_other(contributor: User) -> None:
    record_article(draft(), by=contributor)
    assert record_article(draft(text="Other."), by=contributor).article.replaces is None


def test_the_publisher_of_the_register_names_the_article(contributor: User) -> None:
    publisher = record_publisher(name="Gazette", domain="gazette.example", by=contributor)
    article = record_article(
        draft(publisher=publisher, publisher_name="gazette dot example"), by=contributor
    ).article
    assert article.publisher_name == "Gazette"


def test_texts_without_bytes_are_refused_and_not_taken_for_one_another(contributor: User) -> None:
    with refused("bytes", field="original"):
        record_article(draft(original=b""), by=contributor)


TOMORROW = datetime.now(UTC).date() + timedelta(days=3)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"text": "  "}, "text", "may not be empty"),
        ({"text": "x" * 2_000_001}, "text", "at most 2,000,000"),
        ({"text": "nul\0"}, "text", "U+0000"),
        ({"text": "lone \udc00"}, "text", "U+DC00"),
        ({"title": ""}, "title", "may not be empty"),
        ({"url": "javascript:alert(1)"}, "url", "not a web address"),
        ({"url": "https://a:b@gazette.example/"}, "url", "user name"),
        ({"canonical_url": "ftp://gazette.example/"}, "canonical_url", "not a web address"),
        ({"published_on": TOMORROW}, "published_on", "in the future"),
        ({"licence": "public_domain"}, "licence", "is none of"),
        ({"media_type": "x" * 101}, "media_type", "at most 100"),
        ({"language": "x" * 21}, "language", "at most 20"),
        ({"language": "German"}, "language", "not a language tag"),
    ],
)
def test_bad_input_is_refused(
    contributor: User, fields: dict[str, Any], field: str, match: str
) -> None:
    with refused(match, field=field):
        record_article(draft(**fields), by=contributor)


def test_what_was_recorded_before_there_were_sketches_is_sketched_by_the_migration(
    contributor: User,
) -> None:
    text = " ".join(f"Word {number} of the report." for number in range(60))
    article = record_article(draft(text=text), by=contributor).article
    drawn = set(article.sketch.values_list("value", flat=True))
    article.sketch.all().delete()
    (migration,) = MIGRATIONS.glob("0*_article_intake.py")
    module = import_module(f"claims.migrations.{migration.stem}")
    module.sketch_articles(apps, connection.schema_editor())
    assert set(article.sketch.values_list("value", flat=True)) == drawn
    assert len(drawn) == 21
