"""Fetching articles in the background: filled, failed in one word, or given up, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from claims.desk_vocabulary import FetchTrouble
from claims.fetching import Fetched, FetchFailed, FetchRefused
from claims.models import ArticleIntake, BackgroundTask, User
from claims.tasks import enqueue, intakes
from claims.tasks.intakes import fetch_article, give_up_forgotten_intakes
from claims.workflow import begin_fetch, discard_intake
from tests.workflow.intakes import ADDRESS, COPY, PAGE, addressed, pasted

Work = Callable[[], list[BackgroundTask]]


def page(body: str = PAGE, media_type: str = "text/html", url: str = ADDRESS) -> Fetched:
    return Fetched(
        url=url,
        final_url=url,
        status=200,
        media_type=media_type,
        charset="utf-8",
        body=body.encode(),
        sha256="",
        fetched_at=datetime(2025, 3, 4, tzinfo=UTC),
    )


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the web will answer, in order: a page, or what is raised; what was asked for is appended to `asked`."""
    given: list[Any] = []

    def fetch(url: str, *, accept: tuple[str, ...]) -> Fetched:
        answer = given.pop(0)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Fetched)
        return answer

    monkeypatch.setattr(intakes, "fetch", fetch)
    return given


def fetched(intake: ArticleIntake, work: Work) -> ArticleIntake:
    enqueue(fetch_article, intake.pk)
    work()
    intake.refresh_from_db()
    return intake


def test_a_page_is_fetched_and_understood(
    contributor: User, work: Work, answers: list[Any]
) -> None:
    answers.append(page())
    intake = fetched(addressed(contributor), work)
    assert (intake.state, intake.title) == ("ready", "Bridge is safe")
    assert intake.fetched_at == datetime(2025, 3, 4, tzinfo=UTC)
    assert bytes(intake.original or b"") == PAGE.encode()


def test_a_plain_text_is_fetched_too(contributor: User, work: Work, answers: list[Any]) -> None:
    answers.append(page(COPY, "text/plain"))
    assert fetched(addressed(contributor), work).state == "ready"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (FetchRefused("No.", trouble=FetchTrouble.PRIVATE), "private"),
        (FetchFailed("Status 404.", status=404, trouble=FetchTrouble.GONE), "gone"),
    ],
)
def test_a_refusal_is_told_and_not_tried_again(
    contributor: User, work: Work, answers: list[Any], error: Exception, trouble: str
) -> None:
    answers.append(error)
    intake = fetched(addressed(contributor), work)
    assert (intake.state, intake.trouble) == ("failed", trouble)
    assert intake.trouble_detail
    assert BackgroundTask.objects.get().status == "SUCCESSFUL"


def test_the_guard_itself_refuses_this_machine(contributor: User, work: Work) -> None:
    intake = fetched(addressed(contributor, "http://127.0.0.1/"), work)
    assert (intake.state, intake.trouble) == ("failed", "private")


def test_a_page_without_an_article_is_told_apart(
    contributor: User, work: Work, answers: list[Any]
) -> None:
    answers.append(page("<html><body></body></html>"))
    intake = fetched(addressed(contributor), work)
    assert (intake.state, intake.trouble) == ("failed", "no_article")


def test_an_interrupted_fetch_is_made_again(
    contributor: User, work: Work, answers: list[Any]
) -> None:
    answers.append(page())
    intake = begin_fetch(addressed(contributor), by=contributor)
    assert fetched(intake, work).state == "ready"


def test_asked_for_twice_it_is_fetched_once(
    contributor: User, work: Work, answers: list[Any]
) -> None:
    answers.append(page())
    intake = addressed(contributor)
    enqueue(fetch_article, intake.pk)
    assert fetched(intake, work).state == "ready"
    assert {row.status for row in BackgroundTask.objects.all()} == {"SUCCESSFUL"}


def test_what_was_discarded_meanwhile_is_left_alone(
    contributor: User, work: Work, answers: list[Any]
) -> None:
    answers.append(page())
    intake = discard_intake(addressed(contributor), by=contributor)
    assert fetched(intake, work).state == "discarded"
    assert len(answers) == 1


def test_what_was_filled_by_hand_while_the_page_came_stays_as_it_is(
    contributor: User, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = addressed(contributor)

    def slow(url: str, *, accept: tuple[str, ...]) -> Fetched:
        from claims.workflow import fill_intake

        fill_intake(ArticleIntake.objects.get(pk=intake.pk), COPY.encode(), by=contributor)
        return page()

    monkeypatch.setattr(intakes, "fetch", slow)
    assert fetched(intake, work).title == "Bridge is safe, mayor says"
    assert BackgroundTask.objects.get().status == "SUCCESSFUL"


def test_nothing_is_done_for_somebody_who_has_left(
    contributor: User, work: Work, answers: list[Any]
) -> None:
    intake = addressed(contributor)
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    assert fetched(intake, work).state == "waiting"


def test_whoever_waits_too_long_is_told(contributor: User) -> None:
    intake, ready = addressed(contributor), pasted(contributor)
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        give_up_forgotten_intakes.func()
        intake.refresh_from_db()
        assert intake.state == "waiting"
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        give_up_forgotten_intakes.func()
    for one in (intake, ready):
        one.refresh_from_db()
    assert (intake.state, intake.trouble) == ("failed", "forgotten")
    assert ready.state == "ready"
