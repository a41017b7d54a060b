"""correct_intake: every part can be set right before the article is frozen, and none after."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import User
from claims.workflow import correct_intake, record_intake
from tests.workflow.intakes import PARAGRAPHS, corrected, pasted
from tests.workflow.observing import refused, stale_columns


def test_every_part_can_be_set_right(contributor: User) -> None:
    intake = pasted(contributor)
    parts = {
        "title": "Bridge safe",
        "standfirst": "Says the mayor",
        "authors": "Ada Berg; Ben Ito",
        "publisher_name": "The Gazette",
        "dateline": "SPRINGFIELD, March 3",
        "published_on": date(2025, 3, 3),
        "language": "EN-us",
        "url": "https://gazette.example/1",
        "canonical_url": "https://gazette.example/2",
        "licence": "full_text",
    }
    correct_intake(intake, corrected(**parts), by=contributor)
    expected = parts | {"language": "en-US"}
    assert {name: getattr(intake, name) for name in expected} == expected
    assert stale_columns(intake) == []


def test_the_text_can_be_set_right_paragraph_by_paragraph(contributor: User) -> None:
    intake = pasted(contributor)
    text = f"  {PARAGRAPHS[0]}\r\n\r\n\r\n{PARAGRAPHS[1][:40]}\n{PARAGRAPHS[1][40:]}  "
    correct_intake(intake, corrected(text=text), by=contributor)
    broken = f"{PARAGRAPHS[1][:40].strip()} {PARAGRAPHS[1][40:].strip()}"
    assert intake.paragraphs == [PARAGRAPHS[0], " ".join(broken.split())]


def test_what_is_missing_may_stay_missing_for_now(contributor: User) -> None:
    intake = pasted(contributor)
    correct_intake(intake, corrected(title="", published_on=None), by=contributor)
    assert (intake.title, intake.published_on, intake.state) == ("", None, "ready")


def test_a_date_settles_the_year_that_was_missing(contributor: User) -> None:
    text = f"Bridge\n\nSPRINGFIELD, March 3. /TP/. {PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    intake = pasted(contributor, text)
    correct_intake(intake, corrected(), by=contributor)
    assert not intake.year_missing


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"text": " \n\n "}, "text"),
        ({"text": "a\x01b"}, "text"),
        ({"title": "x" * 1001}, "title"),
        ({"published_on": date(2999, 1, 1)}, "published_on"),
        ({"language": "klingonisch!"}, "language"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"canonical_url": "bridge"}, "canonical_url"),
        ({"licence": "all"}, "licence"),
        ({"dateline": "x" * 301}, "dateline"),
        ({"publisher_name": "x" * 201}, "publisher_name"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    contributor: User, parts: dict[str, object], field: str
) -> None:
    intake = pasted(contributor)
    with refused("", field=field):
        correct_intake(intake, corrected(**parts), by=contributor)


def test_what_is_frozen_is_not_corrected(contributor: User) -> None:
    intake = pasted(contributor)
    correct_intake(intake, corrected(), by=contributor)
    record_intake(intake, by=contributor)
    with refused("not possible any more: Recorded"):
        correct_intake(intake, corrected(), by=contributor)
