"""An article's page: its text, the statements found in it, and what has become of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Permission

from claims import workflow
from claims.admin.accepting import READ_AT_MOST
from claims.admin.articles import marked, suggestions_in
from claims.models import Article, User
from claims.reading.attribution import suggest
from tests import factories
from tests.admin.conftest import TEXT, SignIn
from tests.admin.seeing import links_in, text_of


def url_of(article: Article) -> str:
    return f"/admin/claims/article/{article.pk}/change/"


def test_each_statement_is_listed_with_source_cue_and_position(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    shown = " ".join(text_of(sign_in(contributor).get(url_of(article))).split())
    for words in ("The mayor", "said", "The council", "denied", "denies", "direct quote"):
        assert words in shown


def test_each_statement_can_be_accepted(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    links = links_in(sign_in(contributor).get(url_of(article)))
    for one in suggest(article.text):
        assert f"/admin/claims/article/{article.pk}/accept/?place={one.start}-{one.end}" in links


def test_an_accepted_statement_leads_to_its_claim(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    one = suggest(article.text)[0]
    draft = factories.appearance_draft(
        article, article.text[one.start : one.end], start=one.start, end=one.end
    )
    claim = factories.ClaimFactory(appearance=draft, by=contributor)
    links = links_in(sign_in(contributor).get(url_of(article)))
    assert f"/admin/claims/claim/{claim.pk}/change/" in links
    assert f"/admin/claims/article/{article.pk}/accept/?place={one.start}-{one.end}" not in links


def test_a_quote_that_was_not_suggested_is_listed_too(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    claim = factories.ClaimFactory(
        appearance=factories.appearance_draft(article, "old bridge"), by=contributor
    )
    page = sign_in(contributor).get(url_of(article))
    assert "Recorded from other quotes" in text_of(page)
    assert f"/admin/claims/claim/{claim.pk}/change/" in links_in(page)


def test_marking_loses_no_character_of_the_text() -> None:
    found = suggestions_in(Article(text=TEXT), [])
    paragraphs = marked(TEXT, found)
    assert "\n\n".join("".join(piece.text for piece in one) for one in paragraphs) == TEXT
    assert {piece.suggestion.number for one in paragraphs for piece in one if piece.suggestion}


def test_a_very_long_text_says_that_it_was_read_in_part(sign_in: SignIn, contributor: User) -> None:
    text = "The mayor said it is safe. " * (READ_AT_MOST // 27 + 10)
    article = factories.ArticleFactory(text=text, by=contributor)
    assert "first 100,000 characters" in text_of(sign_in(contributor).get(url_of(article)))


def test_an_article_without_statements_says_so(sign_in: SignIn, contributor: User) -> None:
    article = factories.ArticleFactory(text="Rain fell.", by=contributor)
    assert "No attributed statement" in text_of(sign_in(contributor).get(url_of(article)))


def test_somebody_who_only_looks_is_offered_nothing(sign_in: SignIn, article: Article) -> None:
    viewer = factories.UserFactory(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
    links = links_in(sign_in(viewer).get(url_of(article)))
    assert not [link for link in links if "/accept/" in link or "/appearance/" in link]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_six_queries(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    text = "\n\n".join(f"The mayor said bridge {n} is safe." for n in range(rows))
    article = factories.ArticleFactory(text=text, published_on=date(2025, 3, 1), by=contributor)
    for one in suggest(text):
        draft = factories.appearance_draft(
            article, text[one.start : one.end], start=one.start, end=one.end
        )
        workflow.record_claim(
            workflow.ClaimDraft(wording="It is."), appearance=draft, by=contributor
        )
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; article, appearances with claims
    with django_assert_num_queries(6):
        client.get(url_of(article))


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_seven_queries(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        factories.ArticleFactory(by=contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; own intakes, count, page of rows
    with django_assert_num_queries(7):
        assert "New article" in text_of(client.get("/admin/claims/article/"))
