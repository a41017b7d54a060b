"""The agency a report was taken from is read off its byline, its dateline and its closing lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from claims.reading.credits import agency_of, bylines, find_wire_credit
from claims.reading.markup import tree_of
from claims.reading.sources import read_source

PAGES = Path(__file__).parents[3] / "shared" / "data" / "news-html" / "fundus"
STORY = "The ferry was late.\n\nNobody knew why.\n\nIt left at noon."


def agency(text: str = STORY, **said: tuple[str, ...]) -> str:
    """Return the agency found, or nothing."""
    found = find_wire_credit(text, **said)
    return found.agency if found else ""


@pytest.mark.parametrize(
    ("author", "found"),
    [
        ("Associated Press", "AP"),
        ("The Associated Press", "AP"),
        ("By AP", "AP"),
        ("Reuters Staff", "Reuters"),
        ("REUTERS", "Reuters"),
        ("Agence France-Presse in Lyon", "AFP"),
        ("AFP, MANILA", "AFP"),
        ("Von dpa", "dpa"),
        ("dpa/tmn", "dpa"),
        ("AFP - Jiji", "AFP"),
        ("ТАСС", "TASS"),
        ("Ann Lee", ""),
        ("Ani Petrosyan", ""),
        ("ap", ""),
        ("AP Smith", ""),
        ("AFP Fact Check", ""),
        ("", ""),
    ],
)
def test_a_byline_may_name_an_agency(author: str, found: str) -> None:
    assert agency(authors=("Ann Lee", author)) == found


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("WASHINGTON, November 4. /TASS/. The ministry reported a loss.", "TASS"),
        ("DALLAS (AP) — The mayor resigned on Monday.", "AP"),
        ("BERLIN, March 7 (Reuters) - The bank raised its rate.", "Reuters"),
        ("OSLO — The bank raised its rate.", ""),
        ("The Armed Forces (AFP) said so. It rained.", ""),
    ],
)
def test_a_dateline_may_name_an_agency(first: str, found: str) -> None:
    assert agency(f"{first}\n\n{STORY}") == found


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("With files from The Associated Press and Mo Said", "AP"),
        ("(With inputs from PTI)", "PTI"),
        ("Source: Reuters", "Reuters"),
        ("Quelle: dpa", "dpa"),
        ("— AFP", "AFP"),
        ("[Reuters]", "Reuters"),
        ("This story was originally published by The Canadian Press.", "Canadian Press"),
        ("It sank within the hour, the captain said. (AFP)", "AFP"),
        ("It sank within the hour, the captain said. -- Reuters", "Reuters"),
        ("It sank. (Reporting by Ann Lee in Oslo; Writing by Bo Ek; Editing by Cy Fox)", "Reuters"),
        ("Photo: AFP", ""),
        ("(Photo by Ann Lee/AFP via Getty Images)", ""),
        ("Foto: picture alliance/dpa", ""),
        ("The captain told Reuters", ""),
        ("The captain told Reuters.", ""),
        ("He spoke to the AFP", ""),
        ("From there it sailed to Bloomberg Park, and back, and nobody minded in the least.", ""),
    ],
)
def test_a_closing_line_may_name_an_agency(last: str, found: str) -> None:
    assert agency(f"{STORY}\n\n{last}") == found


def test_lines_set_aside_from_the_text_are_asked_as_well() -> None:
    assert agency(around=("17:41, 3 May", "Photo: dpa", "Source: AFP")) == "AFP"


def test_an_agency_in_the_middle_of_the_text_is_no_credit() -> None:
    spoken_of = "\n\n".join(["It rained all day."] * 4 + ["Source: AFP"] + ["It rained on."] * 4)
    assert agency(spoken_of) == ""


def test_the_words_that_say_so_are_kept() -> None:
    found = find_wire_credit(STORY, authors=("Associated Press in Valencia",))
    assert found is not None
    assert found.words == "Associated Press in Valencia"


def test_a_publisher_may_be_an_agency() -> None:
    assert agency_of("Agence France-Presse") == "AFP"
    assert agency_of("The Gazette") == ""


PAGE = """<html><head><title>Ferry late</title></head><body>
<nav><span class="author">Reuters</span></nav>
<h1>Ferry late</h1>
<address><a href="/ap">Associated   Press in Oslo</a></address>
<figure><span class="source">AFP</span></figure>
<article><p>The ferry was late on Monday, and nobody at the port could say why it was.</p>
<p>It left at noon, four hours behind its time, with ninety people and a horse on board.</p></article>
<footer><p class="source">Reuters</p></footer></body></html>"""


def test_a_page_shows_its_authors_beneath_the_headline() -> None:
    assert bylines(tree_of(PAGE)) == ["Associated Press in Oslo"]
    found = read_source(PAGE.encode(), media_type="text/html").wire
    assert found is not None
    assert found.agency == "AP"


def test_a_page_without_a_headline_shows_none() -> None:
    assert bylines(tree_of(PAGE.replace("h1", "h4"))) == []


@pytest.mark.skipif(not PAGES.is_dir(), reason="the pages of the press are not in the project")
def test_on_real_pages_wire_stories_are_told_from_others() -> None:
    found = {}
    for page in PAGES.glob("*.html.gz"):
        wire = read_source(gzip.decompress(page.read_bytes()), media_type="text/html").wire
        found[page.name] = wire.agency if wire else ""
    credited = {name.split("_")[1]: agency for name, agency in found.items() if agency}
    expected = {
        "NineNews": "AP",
        "CBCNews": "AP",
        "Reuters": "Reuters",
        "TaipeiTimes": "AFP",
        "TheGuardian": "AP",
    }
    assert credited.items() <= expected.items(), json.dumps(credited)
