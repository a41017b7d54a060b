"""Checking what was understood: every part can be set right, twins are offered, and only a button records."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from claims.models import Article, ArticleIntake, User
from claims.workflow import (
    begin_fetch,
    correct_intake,
    discard_intake,
    fail_intake,
    record_intake,
)
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, seen, text_of
from tests.workflow.intakes import ADDRESS, COPY, PARAGRAPHS, addressed, corrected, pasted

TEXT = "\n\n".join(PARAGRAPHS)
WHOLE = {
    "title": "Bridge is safe",
    "text": TEXT,
    "published_on": "2025-03-03",
    "language": "en",
    "licence": "quotes_only",
}
FROM_ROME = (
    f"Bridge\n\nSPRINGFIELD, March 3. /TP/. {PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}"
)


def url_of(intake: ArticleIntake, page: str = "check") -> str:
    return f"/admin/claims/article/intake/{intake.pk}/{page}/"


def send(client: Client, intake: ArticleIntake, **fields: Any) -> Any:
    """Open the page, fill it in and press a button; the redirect is followed."""
    url = url_of(intake)
    given = {**WHOLE, "then": "record", "seen": seen(client, url), **fields}
    return client.post(url, given, follow=True)


@pytest.fixture
def intake(contributor: User) -> ArticleIntake:
    """A pasted text that waits for its check."""
    return pasted(contributor)


@pytest.fixture
def known(reviewer: User) -> Article:
    """An article of nearly the same text, recorded by somebody else."""
    text = "\n\n".join((*PARAGRAPHS, "A vote is to be held next month."))
    first = pasted(reviewer, f"Bridge\n\n{text}")
    parts = corrected(text=text, title="Bridge report", url=ADDRESS)
    return record_intake(correct_intake(first, parts, by=reviewer), by=reviewer).article


def test_what_was_understood_is_shown_part_by_part(
    sign_in: SignIn, contributor: User, intake: ArticleIntake
) -> None:
    page = sign_in(contributor).get(url_of(intake))
    form = page.context["form"]
    assert form["title"].value() == "Bridge is safe, mayor says"
    assert form["text"].value() == TEXT
    assert "4 paragraphs" in text_of(page)


def test_one_press_sets_right_and_records(
    sign_in: SignIn, contributor: User, intake: ArticleIntake
) -> None:
    page = send(sign_in(contributor), intake, title="Bridge safe", publisher_name="The Gazette")
    article = Article.objects.get()
    assert (article.title, article.publisher_name) == ("Bridge safe", "The Gazette")
    assert page.redirect_chain[-1][0] == f"/admin/claims/article/{article.pk}/change/"
    assert said(page) == ["Article recorded."]


def test_saving_for_later_freezes_nothing(
    sign_in: SignIn, contributor: User, intake: ArticleIntake
) -> None:
    client = sign_in(contributor)
    page = send(client, intake, title="Bridge safe", then="save", published_on="")
    assert said(page) == ["Saved. Nothing is frozen yet."]
    assert not Article.objects.exists()
    intake.refresh_from_db()
    assert intake.title == "Bridge safe"
    assert url_of(intake) in client.get("/admin/claims/article/").content.decode()


def test_pressing_enter_saves_and_does_not_record(
    sign_in: SignIn, contributor: User, intake: ArticleIntake
) -> None:
    source = sign_in(contributor).get(url_of(intake)).content.decode()
    form = source.partition('<form class="act"')[2]
    assert form.index('value="save"') < form.index('value="record"')


def test_a_day_without_a_year_is_asked_for_here(sign_in: SignIn, contributor: User) -> None:
    intake = pasted(contributor, FROM_ROME)
    client = sign_in(contributor)
    assert "gives a day without a year (SPRINGFIELD, March 3" in text_of(client.get(url_of(intake)))
    page = send(client, intake, published_on="")
    assert "When was it published?" in page.context["form"].errors["published_on"][0]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": ""}, "text"),
        ({"published_on": "2025-13-01"}, "published_on"),
        ({"published_on": "2999-01-01"}, "published_on"),
        ({"language": "klingonisch!"}, "language"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"canonical_url": "bridge"}, "canonical_url"),
        ({"licence": "all"}, "licence"),
        ({"what_it_is": "version-1"}, "what_it_is"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    sign_in: SignIn, contributor: User, intake: ArticleIntake, fields: dict[str, str], field: str
) -> None:
    page = send(sign_in(contributor), intake, standfirst="Typed by hand.", **fields)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert page.context["form"]["standfirst"].value() == "Typed by hand."
    assert not Article.objects.exists()


def test_a_twin_is_offered_with_how_like_it_is(
    sign_in: SignIn, contributor: User, known: Article
) -> None:
    intake = pasted(contributor, url=ADDRESS)
    parts = corrected(url=ADDRESS, published_on=known.published_on)
    correct_intake(intake, parts, by=contributor)
    told = " ".join(text_of(sign_in(contributor).get(url_of(intake))).split())
    assert "99 % the same, from the same address, published on the same day" in told
    assert "A new version of “Bridge report”" in told


def test_a_twin_wants_a_decision(
    sign_in: SignIn, contributor: User, intake: ArticleIntake, known: Article
) -> None:
    client = sign_in(contributor)
    page = send(client, intake)
    assert "Say what this is" in page.context["form"].errors["what_it_is"][0]
    send(client, intake, what_it_is=f"version-{known.pk}")
    assert Article.objects.latest("pk").replaces == known


def test_a_twin_may_be_something_apart(
    sign_in: SignIn, contributor: User, intake: ArticleIntake, known: Article
) -> None:
    send(sign_in(contributor), intake, what_it_is="apart")
    assert Article.objects.latest("pk").replaces is None
    assert Article.objects.count() == 2


def test_the_very_same_text_leads_to_the_article_there_is(
    sign_in: SignIn, contributor: User, intake: ArticleIntake
) -> None:
    first = record_intake(correct_intake(intake, corrected(), by=contributor), by=contributor)
    again = pasted(contributor)
    client = sign_in(contributor)
    page = client.get(url_of(again))
    assert "word for word the same text" in text_of(page)
    assert 'value="record"' not in page.content.decode()
    assert f"/admin/claims/article/{first.article.pk}/change/" in page.content.decode()
    assert "in the register already" in text_of(send(client, again))
    assert Article.objects.count() == 1


def test_a_colleague_at_the_same_article_is_named(
    sign_in: SignIn, contributor: User, reviewer: User
) -> None:
    pasted(reviewer, url=ADDRESS)
    page = sign_in(contributor).get(url_of(pasted(contributor, url=ADDRESS)))
    assert f"{reviewer.public_name} is taking the same in" in text_of(page)


def test_who_saves_second_sees_both_versions_and_loses_nothing(
    sign_in: SignIn, contributor: User, reviewer: User, intake: ArticleIntake
) -> None:
    mine, theirs = sign_in(contributor), sign_in(reviewer)
    token = seen(mine, url_of(intake))
    send(theirs, intake, title="Their title", then="save")
    given = {**WHOLE, "title": "My title", "then": "save", "seen": token}
    page = mine.post(url_of(intake), given)
    assert "This changed while the page was open" in text_of(page)
    assert "Both versions" in text_of(page)
    assert "Their" in text_of(page)
    assert page.context["form"]["title"].value() == "My title"
    intake.refresh_from_db()
    assert intake.title == "Their title"


def test_the_publisher_known_for_the_address_is_named(
    sign_in: SignIn, contributor: User, known: Article
) -> None:
    factories.PublisherFactory(name="The Gazette", domain="gazette.example")
    page = sign_in(contributor).get(url_of(pasted(contributor, url=ADDRESS)))
    assert "The register knows gazette.example as “The Gazette”" in text_of(page)


def test_an_intake_that_ended_leads_to_what_became_of_it(
    sign_in: SignIn, contributor: User, intake: ArticleIntake
) -> None:
    client = sign_in(contributor)
    article = record_intake(correct_intake(intake, corrected(), by=contributor), by=contributor)
    page = client.get(url_of(intake), follow=True)
    assert page.redirect_chain[-1][0] == f"/admin/claims/article/{article.article.pk}/change/"
    gone = discard_intake(pasted(contributor, FROM_ROME), by=contributor)
    page = client.get(url_of(gone), follow=True)
    assert page.redirect_chain[-1][0] == "/admin/claims/article/"
    assert "not possible any more: Discarded" in said(page)[0]


def test_discarding_asks_first(sign_in: SignIn, contributor: User, intake: ArticleIntake) -> None:
    client = sign_in(contributor)
    token = seen(client, url_of(intake, "discard"))
    intake.refresh_from_db()
    assert intake.state == "ready"
    page = client.post(url_of(intake, "discard"), {"seen": token}, follow=True)
    assert said(page) == ["Intake discarded."]
    intake.refresh_from_db()
    assert intake.state == "discarded"


@pytest.mark.parametrize("page", ["check", "paste", "again", "discard", "progress"])
def test_nobody_without_the_verb_sees_or_changes_an_intake(
    sign_in: SignIn, intake: ArticleIntake, page: str
) -> None:
    client = sign_in(factories.UserFactory(is_staff=True))
    assert client.get(url_of(intake, page)).status_code == 403
    assert client.post(url_of(intake, page), {"seen": "x"}).status_code in (403, 405)


@pytest.mark.parametrize("page", ["check", "paste", "again", "discard", "progress"])
def test_an_intake_there_is_not_is_not_found(sign_in: SignIn, contributor: User, page: str) -> None:
    client = sign_in(contributor)
    for key in ("999999", "99999999999999999999999"):
        assert client.get(f"/admin/claims/article/intake/{key}/{page}/").status_code == 404


def test_looking_changes_nothing(sign_in: SignIn, contributor: User) -> None:
    client = sign_in(contributor)
    made = [pasted(contributor), addressed(contributor)]
    made.append(begin_fetch(addressed(contributor, f"{ADDRESS}/2"), by=contributor))
    made.append(fail_intake(addressed(contributor, f"{ADDRESS}/3"), "gone", by=contributor))  # type: ignore[arg-type]
    before = list(ArticleIntake.objects.order_by("pk").values_list("state", "changed_at"))
    for intake in made:
        for page in ("check", "paste", "again", "discard", "progress"):
            assert client.get(url_of(intake, page)).status_code in (200, 302)
    after = list(ArticleIntake.objects.order_by("pk").values_list("state", "changed_at"))
    assert after == before


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_takes_twelve_queries(
    sign_in: SignIn, contributor: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        text = "\n\n".join((*PARAGRAPHS, f"That was report {number}."))
        parts = corrected(text=text, url=ADDRESS)
        one = correct_intake(pasted(contributor, f"Bridge\n\n{text}"), parts, by=contributor)
        record_intake(one, by=contributor, apart=True)
        pasted(contributor, COPY + f"\n\nNo. {number}", url=ADDRESS)
    intake = pasted(contributor, url=ADDRESS)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; the intake; of the bytes, of text or bytes,
    # of the address, of the sketch, the twins themselves; the publisher of the address; others at the same
    with django_assert_num_queries(12):
        client.get(url_of(intake))


@pytest.mark.parametrize("count", [1, 20])
def test_unfinished_intakes_cost_the_list_of_articles_one_query(
    sign_in: SignIn, contributor: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        pasted(contributor, f"{COPY}\n\nNo. {number}")
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; the intakes; how many articles (twice), the rows
    with django_assert_num_queries(7):
        assert client.get("/admin/claims/article/").status_code == 200
