"""Setting a suggestion aside and taking it up again: two pages, with and without a script."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from claims import workflow
from claims.models import Article, SetAside, User
from claims.reading.attribution import suggest
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.fetching import fetched
from tests.admin.seeing import said


def url_of(article: Article, slug: str = "set-aside") -> str:
    return f"/admin/claims/article/{article.pk}/{slug}/"


@pytest.fixture
def place(article: Article) -> str:
    one = suggest(article.text)[0]
    return f"{one.start}-{one.end}"


def test_the_page_shows_the_words_and_does_nothing_yet(
    sign_in: SignIn, contributor: User, article: Article, place: str
) -> None:
    page = sign_in(contributor).get(url_of(article), {"place": place})
    assert "The mayor said <mark>the old bridge is safe</mark>" in page.content.decode()
    assert not SetAside.objects.exists()


def test_without_a_script_one_returns_to_the_article(
    sign_in: SignIn, contributor: User, article: Article, place: str
) -> None:
    client = sign_in(contributor)
    page = client.post(url_of(article), {"place": place}, follow=True)
    assert page.redirect_chain[-1][0] == f"/admin/claims/article/{article.pk}/change/"
    assert said(page) == ["Set aside."]
    page = client.post(url_of(article, "take-up"), {"place": place}, follow=True)
    assert said(page) == ["Taken up again."]
    assert not SetAside.objects.exists()


def test_a_script_is_told_what_changed_and_the_opposite_act(
    sign_in: SignIn, contributor: User, article: Article, place: str
) -> None:
    answer = fetched(sign_in(contributor), url_of(article), {"place": place}).json()
    assert SetAside.objects.get().by == contributor
    assert answer["undo"] == {
        "url": url_of(article, "take-up"),
        "label": "Undo",
        "fields": {"place": place},
    }
    assert "1 set aside" in answer["parts"]["bench-counter"]
    assert 'data-state="aside"' in answer["parts"]["statement-1"]
    assert "Take up again" in answer["parts"]["statement-1"]


def test_taking_up_brings_the_suggestion_back(
    sign_in: SignIn, contributor: User, article: Article, place: str
) -> None:
    start, _, end = place.partition("-")
    workflow.set_aside_statement(article, start=int(start), end=int(end), by=contributor)
    answer = fetched(sign_in(contributor), url_of(article, "take-up"), {"place": place}).json()
    assert 'data-state="left"' in answer["parts"]["statement-1"]
    assert "set aside" not in answer["parts"]["bench-counter"]


@pytest.mark.parametrize("slug", ["set-aside", "take-up"])
@pytest.mark.parametrize("sent", ["", "x", "9-3", "1-99999", "0-99999999999999999999", "\0"])
def test_words_that_are_not_there_are_refused(
    sign_in: SignIn, contributor: User, article: Article, slug: str, sent: str
) -> None:
    client = sign_in(contributor)
    page = client.post(url_of(article, slug), {"place": sent})
    assert page.status_code == 200
    assert page.context["form"].errors["place"]
    assert fetched(client, url_of(article, slug), {"place": sent}).json()["refused"]["general"]
    assert client.get(url_of(article, slug), {"place": sent}).status_code == 200


@pytest.mark.parametrize("slug", ["set-aside", "take-up"])
def test_importers_have_no_part_in_it(
    sign_in: SignIn, importer: User, article: Article, place: str, slug: str
) -> None:
    client = sign_in(importer)
    assert client.get(url_of(article, slug)).status_code == 403
    assert client.post(url_of(article, slug), {"place": place}).status_code == 403
    page = client.get(f"/admin/claims/article/{article.pk}/change/")
    assert 'name="place"' not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_setting_aside_takes_fifteen_queries(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    text = "\n\n".join(f"The mayor said bridge {n} is safe." for n in range(rows + 1))
    article = factories.ArticleFactory(text=text, by=contributor)
    first, *others = suggest(text)
    for one in others:
        workflow.set_aside_statement(article, start=one.start, end=one.end, by=contributor)
    client = sign_in(contributor)
    ContentType.objects.get_for_model(Article)  # kept from the first request on
    # session, person, their permissions, their groups' permissions; article; savepoint; known row, savepoint, new
    # row, release; the admin's log; release; appearances, what is set aside; the draft
    with django_assert_num_queries(15):
        fetched(client, url_of(article), {"place": f"{first.start}-{first.end}"})
