"""Plain text: what is chrome, headline, standfirst, byline, dateline and body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claims.reading.datelines import find_dateline
from claims.reading.parse import ParsedArticle, parse_article

FIXTURES = Path(__file__).parent.parent / "fixtures" / "articles"
REAL_COPY = Path(__file__).parents[3] / "shared" / "article" / "tass-kursk-2024-11-04.txt"


def parse(text: str, **about: date) -> ParsedArticle:
    return parse_article(text.encode(), **about)  # type: ignore[arg-type]


@pytest.fixture
def wire() -> bytes:
    return (FIXTURES / "wire-copy.txt").read_bytes()


def test_wire_copy_is_split_into_its_parts(wire):
    article = parse_article(wire)
    assert article.title.startswith("Harbour authority says ferry service carried 12,400")
    assert article.standfirst.startswith('Operator "did not expect such numbers,"')
    assert article.dateline == "PORT ARLEN, March 9. /TASS/."
    assert (article.place, article.publisher) == ("PORT ARLEN", "TASS")
    assert article.language == "en"


def test_page_chrome_is_left_out_of_the_text_and_listed(wire):
    article = parse_article(wire)
    assert article.chrome == ("All news", "Share this")
    assert "All news" not in article.text
    assert "Share this" not in article.text


def test_the_text_is_the_body_with_its_dateline(wire):
    paragraphs = parse_article(wire).text.split("\n\n")
    assert len(paragraphs) == 3
    assert paragraphs[0].startswith("PORT ARLEN, March 9. /TASS/. The new ferry line")
    assert paragraphs[2].endswith("could not confirm them.")


def test_a_year_missing_from_the_dateline_is_missed_not_guessed(wire):
    article = parse_article(wire)
    assert article.published_on is None
    assert article.missing == ("year",)


def test_a_vouched_date_settles_the_missing_year(wire):
    article = parse_article(wire, published_on=date(2025, 3, 10))
    assert article.published_on == date(2025, 3, 10)
    assert (article.missing, article.warnings) == ((), ())


def test_a_vouched_date_far_from_the_dateline_is_warned_about(wire):
    article = parse_article(wire, published_on=date(2025, 3, 12))
    assert article.published_on == date(2025, 3, 12)
    assert article.warnings == ("The article says 2025-03-09, the publication date is 2025-03-12.",)


def test_the_turn_of_the_year_is_no_conflict():
    article = parse("OSLO, December 31. /TASS/. It snowed.", published_on=date(2025, 1, 1))
    assert article.warnings == ()


def test_a_day_that_does_not_exist_is_named():
    article = parse("OSLO, November 31. /TASS/. It snowed.", published_on=date(2025, 11, 30))
    assert article.warnings[0].startswith("The article says a day that does not exist")


@pytest.mark.parametrize(
    ("start", "place", "agency", "day"),
    [
        ("WASHINGTON, November 4. /TASS/. The", "WASHINGTON", "TASS", (11, 4, None)),
        ("(Reuters) - The", "", "Reuters", None),
        ("PARIS (AP) — Officials", "PARIS", "AP", None),
        ("KYIV, Ukraine (AP) — Rescuers", "KYIV, Ukraine", "AP", None),
        ("LONDON, 4 Nov (PA) – Ministers", "LONDON", "PA", (11, 4, None)),
        (
            "BEIRUT/THE HAGUE, March 7, 2024 (Reuters) - An",
            "BEIRUT/THE HAGUE",
            "Reuters",
            (3, 7, 2024),
        ),
        ("Nov 4 (Reuters) - The", "", "Reuters", (11, 4, None)),
        ("МОСКВА, 4 ноября. /ТАСС/. Глава", "МОСКВА", "TASS", (11, 4, None)),
        ("Paris, le 4 novembre 2024 (AFP) - Le", "Paris", "AFP", (11, 4, 2024)),
        ("NEW YORK — The", "NEW YORK", "", None),
    ],
)
def test_datelines_of_all_kinds_are_read(start, place, agency, day):
    found = find_dateline(start)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert (found.day and (found.day.month, found.day.day, found.day.year)) == day


@pytest.mark.parametrize(
    "start",
    [
        "Smith (left) - who",
        "NATO — an alliance",
        "COVID-19 — what",
        "The US said (AP) - no",
        "US: x",
    ],
)
def test_what_only_looks_like_a_dateline_is_not_read_as_one(start):
    assert find_dateline(start) is None


def test_text_without_a_headline_says_so():
    article = parse("OSLO (AP) — It snowed in the night. Buses were late.")
    assert article.title == ""
    assert article.missing == ("title", "published_on")
    assert article.text == "OSLO (AP) — It snowed in the night. Buses were late."


def test_byline_and_date_above_the_text_are_read():
    article = parse(
        "Snow stops the buses in the capital\nBy Ann Lee, Bo Ek and Cy Fox\n"
        "Published: 4 November 2024, 18:22\n\nIt snowed in the night. Buses were late.\n"
    )
    assert article.title == "Snow stops the buses in the capital"
    assert article.authors == ("Ann Lee", "Bo Ek", "Cy Fox")
    assert article.published_on == date(2024, 11, 4)
    assert article.text == "It snowed in the night. Buses were late."


def test_lines_wrapped_to_a_width_are_joined():
    article = parse(
        "The ferry line to Skerry Island carried more than twelve\n"
        "thousand people in its first week, the harbour authority\n"
        "said on Monday.\n\nNobody was hurt.\n"
    )
    assert "more than twelve thousand people" in article.text
    assert article.text.endswith("\n\nNobody was hurt.")


def test_long_lines_are_paragraphs_of_their_own():
    first, second = "The first one is long. " * 8, "The second one is long, too. " * 8
    article = parse(f"{first}\n{second}\n")
    assert article.text.split("\n\n") == [first.strip(), second.strip()]


@pytest.mark.parametrize("newline", ["\r", "\r\n", "\u2028", "\x0b"])
def test_every_kind_of_line_end_becomes_one(newline):
    article = parse(newline.join(["Snow stops buses", "", "It snowed. Buses were late.", ""]))
    assert (article.title, article.text) == ("Snow stops buses", "It snowed. Buses were late.")


def test_one_line_is_text_and_not_a_headline():
    article = parse("Snow stops buses")
    assert (article.title, article.text) == ("", "Snow stops buses")


def test_the_text_is_in_composed_form_and_hashed_so():
    decomposed = parse("Cafe\u0301 prices rose. They fell.")
    composed = parse("Caf\u00e9 prices rose. They fell.")
    assert decomposed.text == composed.text
    assert decomposed.sha256 == composed.sha256
    assert decomposed.original_sha256 != composed.original_sha256


@pytest.mark.skipif(not REAL_COPY.exists(), reason="the real article is not part of the project")
def test_the_real_wire_report_is_read():
    article = parse_article(REAL_COPY.read_bytes())
    assert article.title.startswith("US State Department says 10,000 North Korean soldiers")
    assert article.standfirst.startswith('They "could enter combat in the coming days,"')
    assert (article.place, article.publisher) == ("WASHINGTON", "TASS")
    assert (article.published_on, article.missing) == (None, ("year",))
    assert article.chrome == ("All news",)
    assert len(article.text.split("\n\n")) == 7


def test_a_rubric_above_the_headline_is_chrome():
    article = parse(
        "Military & Defense\nSnow stops the buses in the capital\n\nIt snowed. It was late."
    )
    assert article.title == "Snow stops the buses in the capital"
    assert article.chrome == ("Military & Defense",)


def test_a_date_in_figures_above_the_text_is_read():
    article = parse("Snow stops the buses\nPublished: 2024-11-04\n\nIt snowed. It was late.")
    assert article.published_on == date(2024, 11, 4)


def test_lines_above_the_body_beyond_headline_and_standfirst_stay_text():
    article = parse("Snow stops the buses\nThe night was cold\nA map\n\nOSLO (AP) — It snowed.")
    assert (article.title, article.standfirst) == ("Snow stops the buses", "The night was cold")
    assert article.text == "A map\n\nOSLO (AP) — It snowed."


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("OSLO, Norway (AP) — The port closed.", "OSLO, Norway", "AP"),
        ("OSLO, May 2 (Reuters) - The port closed.", "OSLO", "Reuters"),
        ("OSLO, May 2. /TASS/. The port closed.", "OSLO", "TASS"),
        ("OSLO, May 2 (Xinhua) -- The port closed.", "OSLO", "Xinhua"),
        ("OSLO, May 2, 2022 (AFP) - The port closed.", "OSLO", "AFP"),
        ("Oslo (dpa) - The port closed.", "Oslo", "dpa"),
        ("Oslo (dpa/tmn) - The port closed.", "Oslo", "dpa"),
        ("Oslo, 2 May (EFE).- The port closed.", "Oslo", "EFE"),
        ("Oslo, May 2 (PTI) The port closed.", "Oslo", "PTI"),
        ("New Oslo [Norway], May 2 (ANI): The port closed.", "New Oslo", "ANI"),
        ("May 2 (UPI) -- The port closed.", "", "UPI"),
        ("ОСЛО, 2 мая. /ТАСС/. Порт закрыт.", "ОСЛО", "TASS"),
    ],
)
def test_the_datelines_of_the_agencies_are_read(line, place, agency):
    found = find_dateline(line)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert line.startswith(found.written)


@pytest.mark.parametrize(
    "line",
    [
        "Lund (left) The port closed.",
        "Oslo, May 2 (Lund) The port closed.",
        "Oslo (PTI) The port closed.",
        "The port closed on May 2 (AP) and opened on May 3.",
    ],
)
def test_a_bracket_without_a_dash_is_a_dateline_only_with_day_and_agency(line):
    assert find_dateline(line) is None


@pytest.mark.parametrize(
    ("line", "authors", "day"),
    [
        ("By Ann Lund, Reuters", ("Ann Lund",), None),
        ("By Ann Lund | Reuters", ("Ann Lund",), None),
        ("By Ann Lund and Leo Park in Oslo", ("Ann Lund", "Leo Park"), None),
        ("By ANN LUND, Associated Press Writer", ("ANN LUND",), None),
        ("By Ann Lund for the Oslo Herald", ("Ann Lund",), None),
        ("By Ann Lund @annlund", ("Ann Lund",), None),
        ("By Dr. Ann B. Lund", ("Dr. Ann B. Lund",), None),
        ("By Reuters", ("Reuters",), None),
        ("By Ann Lund May 2, 2022, 5:30 p.m. ET", ("Ann Lund",), date(2022, 5, 2)),
        ("By Ann Lund | Published 2 May 2022", ("Ann Lund",), date(2022, 5, 2)),
        ("Updated 5:30 p.m. ET, May 2, 2022", (), date(2022, 5, 2)),
        ("May 2, 2022 / 5:30 PM", (), date(2022, 5, 2)),
    ],
)
def test_bylines_give_people_and_days(line, authors, day):
    body = "The port closed on Monday, the mayor said, and it will stay closed."
    article = parse(f"Storm closes the port of Oslo for days\n\n{line}\n\n{body}")
    assert (article.authors, article.published_on) == (authors, day)
    assert article.standfirst == ""
    assert article.text == body
