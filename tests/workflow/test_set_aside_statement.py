"""set_aside_statement: a suggestion that is no claim is remembered, per place, and once."""

from __future__ import annotations

import pytest

from claims.models import Article, HistoryEntry, SetAside, User
from claims.workflow import set_aside_statement
from tests import factories
from tests.workflow.observing import refused


@pytest.fixture
def article(contributor: User) -> Article:
    article: Article = factories.ArticleFactory.create(text="The 🌉 is safe.", by=contributor)
    return article


def test_the_place_is_remembered_with_who_said_so(article: Article, contributor: User) -> None:
    row = set_aside_statement(article, start=4, end=13, by=contributor)
    row.refresh_from_db()
    assert (row.article, row.start, row.end, row.by) == (article, 4, 13, contributor)
    assert row.at is not None
    assert str(row) == f"{article.pk}: 4-13"
    assert not HistoryEntry.objects.exists()


def test_a_second_time_changes_nothing(article: Article, contributor: User, reviewer: User) -> None:
    first = set_aside_statement(article, start=4, end=13, by=contributor)
    assert set_aside_statement(article, start=4, end=13, by=reviewer) == first
    assert SetAside.objects.get().by == contributor


def test_another_place_is_another_matter(article: Article, contributor: User) -> None:
    set_aside_statement(article, start=4, end=13, by=contributor)
    set_aside_statement(article, start=4, end=14, by=contributor)
    assert SetAside.objects.count() == 2


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 15), (99, 100)])
def test_words_that_are_not_there_are_refused(
    article: Article, contributor: User, start: int, end: int
) -> None:
    with refused("no such words", field="place"):
        set_aside_statement(article, start=start, end=end, by=contributor)
