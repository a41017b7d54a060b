"""Waiting for a page, and what the desk says when nothing came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.admin.intake_words import AGAIN, advice_on
from claims.desk_vocabulary import FetchTrouble
from claims.models import ArticleIntake, BackgroundTask, User
from claims.workflow import begin_fetch, fail_intake
from tests.admin.conftest import SignIn
from tests.admin.seeing import seen, text_of
from tests.workflow.intakes import ADDRESS, COPY, addressed, pasted


def url_of(intake: ArticleIntake, page: str) -> str:
    return f"/admin/claims/article/intake/{intake.pk}/{page}/"


@pytest.fixture
def failed(contributor: User) -> ArticleIntake:
    """An intake whose site let nobody in."""
    return fail_intake(
        addressed(contributor), FetchTrouble.FORBIDDEN, detail="Status 403.", by=contributor
    )


def test_the_progress_is_told_in_data(
    sign_in: SignIn, contributor: User, django_assert_num_queries
) -> None:
    intake = addressed(contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; the intake
    with django_assert_num_queries(5):
        found = client.get(url_of(intake, "progress")).json()
    assert found == {"state": "waiting", "under_way": True, "slow": False}
    begin_fetch(intake, by=contributor)
    assert client.get(url_of(intake, "progress")).json()["state"] == "fetching"
    ready = pasted(contributor)
    assert client.get(url_of(ready, "progress")).json()["under_way"] is False


def test_somebody_who_waits_long_is_told_that_no_worker_may_be_running(
    sign_in: SignIn, contributor: User
) -> None:
    intake = addressed(contributor)
    client = sign_in(contributor)
    hidden = "data-slow hidden>"
    assert hidden in client.get(url_of(intake, "check")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=40)):
        assert client.get(url_of(intake, "progress")).json()["slow"] is True
        assert hidden not in client.get(url_of(intake, "check")).content.decode()


def test_the_progress_page_takes_five_queries(
    sign_in: SignIn, contributor: User, django_assert_num_queries
) -> None:
    intake = addressed(contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; the intake
    with django_assert_num_queries(5):
        client.get(url_of(intake, "check"))


def test_a_failure_is_explained_with_what_to_do(
    sign_in: SignIn, contributor: User, failed: ArticleIntake, django_assert_num_queries
) -> None:
    client = sign_in(contributor)
    page = client.get(url_of(failed, "check"), follow=True)
    told = text_of(page)
    assert "The site does not let us in" in told
    assert "If you may read the page, paste its text below." in told
    assert "Status 403." in told
    assert ADDRESS in page.content.decode()
    # session, person, their permissions, their groups' permissions; the intake
    with django_assert_num_queries(5):
        client.get(url_of(failed, "paste"))


@pytest.mark.parametrize("trouble", list(FetchTrouble))
def test_every_trouble_has_words_that_say_what_to_do(trouble: FetchTrouble) -> None:
    assert "below" in str(advice_on(trouble)) or "address you end up at" in str(advice_on(trouble))
    assert trouble.label
    again = "again" in str(advice_on(trouble)).lower()
    assert trouble in AGAIN or not again


def test_the_pasted_text_takes_the_place_of_the_page_and_keeps_its_address(
    sign_in: SignIn, contributor: User, failed: ArticleIntake
) -> None:
    client = sign_in(contributor)
    given = {"text": COPY, "seen": seen(client, url_of(failed, "paste"))}
    page = client.post(url_of(failed, "paste"), given, follow=True)
    assert page.redirect_chain[-1][0] == url_of(failed, "check")
    assert page.context["form"]["url"].value() == ADDRESS
    assert page.context["form"]["title"].value() == "Bridge is safe, mayor says"


def test_what_is_pasted_and_cannot_be_read_stays_on_the_page(
    sign_in: SignIn, contributor: User, failed: ArticleIntake
) -> None:
    client = sign_in(contributor)
    given = {"text": "<html><body></body></html>", "seen": seen(client, url_of(failed, "paste"))}
    page = client.post(url_of(failed, "paste"), given)
    assert "text" in page.context["form"].errors
    assert page.context["form"]["text"].value() == given["text"]


def test_somebody_who_waits_may_paste_at_once(sign_in: SignIn, contributor: User) -> None:
    client = sign_in(contributor)
    intake = addressed(contributor)
    assert "Paste the text instead" in text_of(client.get(url_of(intake, "paste")))
    given = {"text": COPY, "seen": seen(client, url_of(intake, "paste"))}
    client.post(url_of(intake, "paste"), given)
    intake.refresh_from_db()
    assert intake.state == "ready"


def test_trying_again_asks_for_the_page_once_more(
    sign_in: SignIn, contributor: User, failed: ArticleIntake
) -> None:
    client = sign_in(contributor)
    given = {"seen": seen(client, url_of(failed, "again"))}
    page = client.post(url_of(failed, "again"), given, follow=True)
    assert "Waiting for a worker" in text_of(page)
    assert BackgroundTask.objects.get().args_kwargs["args"] == [failed.pk]
    client.post(url_of(failed, "again"), given)
    assert BackgroundTask.objects.count() == 1


def test_what_was_fetched_meanwhile_is_not_pasted_over(sign_in: SignIn, contributor: User) -> None:
    client = sign_in(contributor)
    ready = pasted(contributor, url=ADDRESS)
    page = client.get(url_of(ready, "paste"), follow=True)
    assert page.redirect_chain[-1][0] == url_of(ready, "check")


def test_the_detail_of_a_failure_is_inert(sign_in: SignIn, contributor: User) -> None:
    intake = fail_intake(
        addressed(contributor),
        FetchTrouble.NOT_TEXT,
        detail="<script>alert(1)</script>",
        by=contributor,
    )
    assert "<script>alert" not in sign_in(contributor).get(url_of(intake, "paste")).content.decode()
