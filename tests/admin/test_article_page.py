"""An article's page, the workbench: its text, the statements found in it, and what has become of them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission

from claims import workflow
from claims.admin.statements import READ_AT_MOST
from claims.models import Article, User
from claims.reading.attribution import suggest
from tests import factories
from tests.admin.conftest import SignIn
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
        appearance=factories.appearance_draft(article, "The mayor said"), by=contributor
    )
    page = sign_in(contributor).get(url_of(article))
    assert "Recorded from other quotes" in text_of(page)
    assert f"/admin/claims/claim/{claim.pk}/change/" in links_in(page)


def test_a_very_long_text_says_that_it_was_read_in_part(sign_in: SignIn, contributor: User) -> None:
    text = "The mayor said it is safe. " * (READ_AT_MOST // 27 + 10)
    article = factories.ArticleFactory(text=text, by=contributor)
    assert "first 100,000 characters" in text_of(sign_in(contributor).get(url_of(article)))


def test_an_article_without_statements_says_so(sign_in: SignIn, contributor: User) -> None:
    article = factories.ArticleFactory(text="Rain fell.", by=contributor)
    assert "No attributed statement" in text_of(sign_in(contributor).get(url_of(article)))


def state_of(source: str, number: int) -> str:
    found = re.search(rf'<li id="statement-{number}" class="is-(\w+)"', source)
    assert found
    return found[1]


def shown(sign_in: SignIn, person: User, article: Article) -> str:
    return str(sign_in(person).get(url_of(article)).content.decode())


def test_the_counter_says_what_is_left(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    one, two, _ = suggest(article.text)
    factories.ClaimFactory(
        appearance=factories.appearance_draft(
            article, article.text[one.start : one.end], start=one.start, end=one.end
        )
    )
    workflow.set_aside_statement(article, start=two.start, end=two.end, by=contributor)
    page = " ".join(text_of(sign_in(contributor).get(url_of(article))).split())
    assert "1 of 3 suggestions left · 1 set aside" in page
    source = shown(sign_in, contributor, article)
    assert [state_of(source, n) for n in (1, 2, 3)] == ["recorded", "aside", "left"]


def test_words_chosen_from_a_suggestion_count_for_it(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    factories.ClaimFactory(appearance=factories.appearance_draft(article, "old bridge is safe"))
    source = shown(sign_in, contributor, article)
    assert state_of(source, 1) == "recorded"
    assert "Recorded from other quotes" not in source


def test_words_that_only_touch_a_suggestion_do_not_count_for_it(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    quote = "safe. The council denied that"
    factories.ClaimFactory(appearance=factories.appearance_draft(article, quote))
    source = shown(sign_in, contributor, article)
    assert [state_of(source, n) for n in (1, 2, 3)] == ["left"] * 3
    assert "Recorded from other quotes" in source


def test_marks_say_their_kind_and_state_in_words(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    one = suggest(article.text)[1]
    workflow.set_aside_statement(article, start=one.start, end=one.end, by=contributor)
    source = shown(sign_in, contributor, article)
    assert 'aria-label="Statement 1"' in source
    assert 'aria-label="Statement 2, denial, set aside"' in source
    assert 'data-label="2 denial"' in source
    assert '<li><mark class="cue-denial">denial</mark></li>' in source


def test_paragraphs_count_code_points(sign_in: SignIn, contributor: User) -> None:
    article = factories.ArticleFactory(text="A 🌉.\n\nThe mayor said it is safe.", by=contributor)
    assert 'data-start="6"' in shown(sign_in, contributor, article)


def test_somebody_who_only_looks_is_offered_nothing(sign_in: SignIn, article: Article) -> None:
    viewer = factories.UserFactory(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
    page = sign_in(viewer).get(url_of(article))
    links = links_in(page)
    assert not [link for link in links if "/accept/" in link or "/appearance/" in link]
    assert 'name="place"' not in page.content.decode()
    assert 'data-accept=""' in page.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_seven_queries(
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
    # session, person, their permissions, their groups' permissions; article, appearances with claims, what is set aside
    with django_assert_num_queries(7):
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
