"""What stands around an article: its publisher, and the versions before and after it."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import addresses
from claims.models import Article
from tests import factories
from tests.public.pages import html

pytestmark = pytest.mark.django_db
ADDRESS = "https://news.example/report"


def shown(article: Article) -> None:
    draft = factories.appearance_draft(article, "Work goes on")
    factories.published_claim(appearance=draft)


def test_it_leads_to_the_page_of_its_publisher(client: Client, db: None) -> None:
    outlet = factories.PublisherFactory(name="The Daily Post")
    article = factories.ArticleFactory(publisher=outlet)
    shown(article)
    address = addresses.publisher_page(outlet.public_id, outlet.name)
    assert address in html(client, addresses.article_page(article))
    html(client, address)


def test_versions_lead_to_one_another_where_both_are_public(client: Client, db: None) -> None:
    first = factories.ArticleFactory(title="As it was", url=ADDRESS)
    second = factories.ArticleFactory(title="SECRET as it is", url=ADDRESS)
    assert second.replaces == first
    shown(first)
    page = html(client, addresses.article_page(first))
    assert "SECRET" not in page
    assert "took the place" not in page
    shown(second)
    earlier = html(client, addresses.article_page(second))
    later = html(client, addresses.article_page(first))
    assert "This text took the place of an earlier version:" in earlier
    assert addresses.article_page(first) in earlier
    assert "A later version took the place of this text:" in later
    assert addresses.article_page(second) in later
