"""Filters that turn stored text into what readers see."""

from __future__ import annotations

import pytest

from claims.reading.anchor import CONTEXT
from claims.templatetags.public_text import (
    at_source,
    day,
    exact_moment,
    from_whole_word,
    host,
    moment,
    rich,
    rich_page,
    to_whole_word,
    web_address,
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain.", "<p>Plain.</p>\n"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("# Title", "Title\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("", ""),
        (None, ""),
    ],
)
def test_markdown_becomes_plain_elements(text: str | None, html: str) -> None:
    assert rich(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n## B\n# C", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n"),
        ("### A", "<h3>A</h3>\n"),
        ("# A\n###### B", "<h3>A</h3>\n<h6>B</h6>\n"),
        ("Plain.", "<p>Plain.</p>\n"),
        ("<h2>x</h2>", "<p>&lt;h2&gt;x&lt;/h2&gt;</p>\n"),
        ("## [a](javascript:b)", "<h3>[a](javascript:b)</h3>\n"),
        (None, ""),
    ],
)
def test_headings_of_a_whole_page_stand_beneath_its_section(text: str | None, html: str) -> None:
    assert rich_page(text) == html


def test_links_in_rich_text_carry_no_credit() -> None:
    expected = '<p><a href="https://a.example/?b=1&amp;c=2" rel="nofollow ugc noopener">x</a></p>\n'
    assert rich('[x](https://a.example/?b=1&c=2 "title")') == expected


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.example", "/admin/logout/", "//a.example", "x", ""]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert "href" not in rich(f"[x]({address})")
    assert web_address(address) == ""


def test_a_broken_address_is_no_address() -> None:
    assert web_address("http://[broken") == ""
    assert host("http://[broken") == ""
    assert host("https://www.source.example:8080/a") == "source.example"


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("day", '<time datetime="2024-11-05">5 November 2024</time>'),
        ("month", '<time datetime="2024-11">November 2024</time>'),
        ("year", '<time datetime="2024">2024</time>'),
    ],
)
def test_a_day_is_shown_as_exactly_as_it_is_known(precision: str, shown: str) -> None:
    assert day("2024-11-05", precision) == shown


def test_a_moment_is_shown_in_utc_and_nothing_for_none() -> None:
    assert ">5 November 2024, 23:30 UTC</time>" in moment("2024-11-06T01:30:00+02:00")
    assert moment(None) == day(None) == ""
    assert exact_moment("2024-11-05T12:00:00.000001Z") == "2024-11-05T12:00:00.000001Z"


def test_half_words_around_a_quote_are_left_out() -> None:
    text = "The government said that they could enter on Sunday, it seems."
    assert from_whole_word(text[6 : 6 + CONTEXT]) == "… said that they could en"
    assert to_whole_word(text[:CONTEXT]) == "The government said that they …"


def test_what_is_shorter_than_the_context_is_whole() -> None:
    assert from_whole_word("The mayor said ") == "The mayor said "
    assert to_whole_word(" and cheap.") == " and cheap."


def test_the_words_around_a_quote_stay_in_its_paragraph() -> None:
    assert from_whole_word("the one before.\n\nThe mayor ") == "The mayor "
    assert to_whole_word(" and cheap.\n\nNobody else was") == " and cheap."
    assert from_whole_word(None) == to_whole_word(None) == ""


def test_a_quote_without_an_address_or_words_leads_nowhere_in_particular() -> None:
    quote = {"exact": "x", "prefix": None, "suffix": None, "start": 0, "end": 1}
    article: dict[str, str | None] = {"source_url": None}
    assert at_source({"article": article, "quote": quote}) == ""
    article = {"source_url": "https://a.example/#old"}
    assert at_source({"article": article, "quote": quote}) == "https://a.example/#:~:text=x"
    gone = {**quote, "exact": None}
    assert at_source({"article": article, "quote": gone}) == "https://a.example/"
