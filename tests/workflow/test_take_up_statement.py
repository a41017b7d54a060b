"""take_up_statement: what was set aside is suggested again."""

from __future__ import annotations

import pytest

from claims.models import Article, SetAside, User
from claims.workflow import set_aside_statement, take_up_statement
from tests import factories


@pytest.fixture
def article(contributor: User) -> Article:
    article: Article = factories.ArticleFactory.create(text="The bridge is safe.", by=contributor)
    return article


def test_only_that_place_is_taken_up(article: Article, contributor: User, reviewer: User) -> None:
    for end in (10, 19):
        set_aside_statement(article, start=0, end=end, by=contributor)
    take_up_statement(article, start=0, end=10, by=reviewer)
    assert SetAside.objects.get().end == 19


def test_what_was_not_set_aside_stays_as_it_is(article: Article, contributor: User) -> None:
    take_up_statement(article, start=0, end=10, by=contributor)
    assert not SetAside.objects.exists()
