"""fill_intake: what was fetched, or pasted in its place, is read; the address is kept."""

from __future__ import annotations

from django.utils import timezone

from claims.desk_vocabulary import FetchTrouble
from claims.models import User
from claims.workflow import fail_intake, fill_intake
from tests.workflow.intakes import ADDRESS, COPY, PAGE, addressed, pasted
from tests.workflow.observing import refused, stale_columns


def test_a_fetched_page_is_understood_and_kept(contributor: User) -> None:
    intake = addressed(contributor, "http://gazette.example/b")
    now = timezone.now()
    fill_intake(
        intake,
        PAGE.encode(),
        media_type="text/html; charset=utf-8",
        url=ADDRESS,
        fetched_at=now,
        by=contributor,
    )
    assert (intake.state, intake.source, intake.url) == ("ready", "url", ADDRESS)
    assert bytes(intake.original or b"") == PAGE.encode()
    assert (intake.publisher_name, intake.fetched_at) == ("The Gazette", now)
    assert stale_columns(intake) == []


def test_a_text_pasted_in_place_of_the_page_keeps_the_address(contributor: User) -> None:
    intake = fail_intake(addressed(contributor), FetchTrouble.FORBIDDEN, by=contributor)
    fill_intake(intake, COPY.encode(), by=contributor)
    assert (intake.state, intake.source, intake.url) == ("ready", "text", ADDRESS)
    assert (intake.trouble, intake.trouble_detail) == ("", "")


def test_a_page_without_an_article_is_refused_and_nothing_is_lost(contributor: User) -> None:
    intake = addressed(contributor)
    with refused("", field="text"):
        fill_intake(intake, b"<html><body></body></html>", media_type="text/html", by=contributor)


def test_what_is_filled_is_not_filled_again(contributor: User) -> None:
    intake = pasted(contributor)
    with refused("To be checked"):
        fill_intake(intake, COPY.encode(), by=contributor)
