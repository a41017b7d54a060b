"""What stands around a page's text, and pages that are only pieces of one."""

from __future__ import annotations

from datetime import date

import pytest

from claims.reading.parse import ParsedArticle, parse_article

LONG = "It snowed in the night, and the buses of the capital were late all day long again."
TEXT = "".join(f"<p>{LONG} Part {number} of the report tells more.</p>" for number in range(6))


def read(body: str, head: str = "") -> ParsedArticle:
    source = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    return parse_article(source.encode(), media_type="text/html")


@pytest.mark.parametrize(
    "line",
    [
        "World",
        "17:41 JST, October 13, 2024",
        "Six minute read",
        "- By Ann Lund",
        "Published: 4 May 2024",
    ],
)
def test_a_rubric_above_the_text_is_set_aside(line: str) -> None:
    article = read(f"<p>{line}</p>{TEXT}")
    assert article.chrome == (line,)
    assert article.text.startswith(LONG)


@pytest.mark.parametrize("line", ["Next story", "- 2015", "-"])
def test_a_link_below_the_text_is_set_aside(line: str) -> None:
    article = read(f"{TEXT}<p>{line}</p>")
    assert article.text.endswith("Part 5 of the report tells more.")
    assert set(article.chrome) <= {line}


def test_a_rubric_below_the_title_is_set_aside_too() -> None:
    head = "<title>Snow stops the buses of the capital</title>"
    article = read(f"<h1>Snow stops the buses of the capital</h1><p>World</p>{TEXT}", head)
    assert article.title == "Snow stops the buses of the capital"
    assert article.text.startswith(LONG)


def test_a_text_of_nothing_but_labels_keeps_one() -> None:
    assert read("<p>World</p><p>Politics</p>").text != ""


def test_words_like_a_rubric_in_the_middle_of_the_text_stay() -> None:
    assert "World" in read(f"{TEXT}<p>World</p>{TEXT}").text.split("\n\n")


SHORT = "<p>The bridge is <b>closed</b>, Ann Lund said.</p><p>It <i>leaks</i>.</p>"


@pytest.mark.parametrize("source", [SHORT, f"<html><body>{SHORT}</body></html>"])
def test_a_short_page_is_not_cut_at_every_tag(source: str) -> None:
    article = parse_article(source.encode())
    assert article.media_type == "text/html"
    assert article.text == "The bridge is closed, Ann Lund said.\n\nIt leaks."


def test_a_piece_of_a_page_that_begins_with_words_is_read_as_html() -> None:
    source = "The bridge is <b>closed</b>, Ann Lund said.<br><br>It <i>leaks</i>."
    assert parse_article(source.encode()).text == (
        "The bridge is closed, Ann Lund said.\n\nIt leaks."
    )


def test_one_stray_tag_does_not_make_a_text_a_page() -> None:
    article = parse_article(b"The tag <br> breaks a line, Ann Lund said.")
    assert (article.media_type, "<br>" in article.text) == ("text/plain", True)


def test_a_web_page_with_headline_and_date_counts_as_an_article() -> None:
    item = (
        '{"@context": "https://schema.org", "@type": "MedicalWebPage", "headline": "Snow and you",'
        ' "datePublished": "2019-11-14", "author": {"name": "Ann Lund"}}'
    )
    article = read(TEXT, f'<script type="application/ld+json">{item}</script>')
    assert (article.published_on, article.authors) == (date(2019, 11, 14), ("Ann Lund",))


def test_a_web_page_without_a_headline_says_nothing_about_an_article() -> None:
    item = '{"@type": "WebPage", "datePublished": "2019-11-14"}'
    article = read(TEXT, f'<script type="application/ld+json">{item}</script>')
    assert article.published_on is None
