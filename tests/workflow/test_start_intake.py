"""start_intake: what was sent is read at once, an address waits; what cannot be read is refused at its field."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import ArticleIntake, User
from claims.workflow import IntakeDraft, start_intake
from tests.workflow.intakes import ADDRESS, COPY, PAGE, PARAGRAPHS, addressed, pasted
from tests.workflow.observing import refused, stale_columns


def test_a_pasted_text_is_read_and_waits_for_a_person(contributor: User) -> None:
    intake = pasted(contributor)
    assert (intake.state, intake.source) == ("ready", "text")
    assert intake.title == "Bridge is safe, mayor says"
    assert intake.paragraphs == list(PARAGRAPHS)
    assert bytes(intake.original or b"") == COPY.encode()
    assert stale_columns(intake) == []


def test_a_page_tells_its_publisher_date_language_and_address(contributor: User) -> None:
    draft = IntakeDraft(file=PAGE.encode(), file_name="Page.HTML")
    intake = start_intake(draft, by=contributor)
    assert (intake.source, intake.file_name) == ("file", "Page.HTML")
    assert (intake.publisher_name, intake.language) == ("The Gazette", "en")
    assert intake.published_on == date(2025, 3, 3)
    assert intake.canonical_url == ADDRESS


def test_a_day_without_a_year_is_remembered_as_such(contributor: User) -> None:
    text = f"Bridge\n\nSPRINGFIELD, March 3. /TP/. {PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    intake = pasted(contributor, text)
    assert intake.year_missing
    assert intake.published_on is None
    assert "March 3" in intake.dateline


def test_an_address_waits_to_be_fetched(contributor: User) -> None:
    intake = addressed(contributor)
    assert (intake.state, intake.source, intake.url) == ("waiting", "url", ADDRESS)
    assert intake.is_under_way


def test_a_text_may_come_with_its_address(contributor: User) -> None:
    intake = pasted(contributor, url=ADDRESS)
    assert (intake.state, intake.url) == ("ready", ADDRESS)


@pytest.mark.parametrize(
    ("draft", "field", "told"),
    [
        (IntakeDraft(), "url", "Give a web address, paste a text, or choose a file"),
        (IntakeDraft(text="a", file=b"a", file_name="a.txt"), "text", "one of the two"),
        (IntakeDraft(url="ftp://gazette.example/"), "url", "not a web address"),
        (IntakeDraft(url="https://me:secret@gazette.example/"), "url", "user name"),
        (IntakeDraft(text=" \n "), "text", "empty"),
        (IntakeDraft(text="a\0b"), "text", "NUL"),
        (IntakeDraft(text="\ud800"), "text", "half of a character"),
        (IntakeDraft(file=b"", file_name="empty.txt", text=""), "url", "choose a file"),
        (IntakeDraft(file=b"%PDF-1.7 ...", file_name="report.pdf"), "file", "plain text (.txt)"),
        (IntakeDraft(file=b"%PDF-1.7 ...", file_name="report.txt"), "file", "PDF"),
        (IntakeDraft(file=b"a" * 5_000_001, file_name="a.txt"), "file", "larger than 5 MB"),
        (IntakeDraft(file=b"<html><body></body></html>", file_name="a.html"), "file", ""),
    ],
)
def test_what_cannot_be_taken_in_is_refused_at_its_field(
    contributor: User, draft: IntakeDraft, field: str, told: str
) -> None:
    with refused(told, field=field):
        start_intake(draft, by=contributor)


def test_own_intakes_are_listed_until_they_end(contributor: User, reviewer: User) -> None:
    mine = pasted(contributor)
    pasted(reviewer, COPY + "\n\nMore.")
    assert list(ArticleIntake.objects.unfinished().begun_by(contributor)) == [mine]
