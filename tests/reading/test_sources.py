"""A cited page is read for what it says of itself, with or without a text of its own."""

from __future__ import annotations

from datetime import date

import pytest

from claims.reading.sources import ReadSource, read_source
from claims.reading.text import UnreadableArticle

HEAD = """<html lang="en-GB"><head><title>Ferry late again</title>
<link rel="canonical" href="https://gazette.example/ferry">
<meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2025-05-03T10:00:00Z"></head>"""
BODY = (
    "<p>The ferry was late on Monday, and nobody at the port could say why it was.</p>"
    "<p>It left at noon, four hours behind its time, with ninety people and a horse on board.</p>"
)


def read(page: str) -> ReadSource:
    return read_source(page.encode(), media_type="text/html", url="https://gazette.example/x?a=1")


def test_everything_a_page_says_is_read() -> None:
    found = read(f"{HEAD}<body><h1>Ferry late again</h1><article>{BODY}</article></body></html>")
    assert (found.title, found.publisher) == ("Ferry late again", "The Gazette")
    assert found.published_on == date(2025, 5, 3)
    assert (found.language, found.canonical_url) == ("en-gb", "https://gazette.example/ferry")
    assert found.text.startswith("The ferry was late on Monday")
    assert "\n\nIt left at noon" in found.text


def test_a_page_without_text_still_says_what_it_is() -> None:
    found = read(f"{HEAD}<body><video src='a.mp4'></video></body></html>")
    assert (found.title, found.publisher, found.text) == ("Ferry late again", "The Gazette", "")
    assert found.published_on == date(2025, 5, 3)


def test_a_title_longer_than_any_title_is_cut() -> None:
    page = f"<html><head><title>{'a' * 900}</title></head><body><img src='a.png'></body></html>"
    assert len(read(page).title) == 500


def test_plain_text_is_read() -> None:
    found = read_source(b"Ferry late\n\nThe ferry was late on Monday.", media_type="text/plain")
    assert (found.title, found.text) == ("Ferry late", "The ferry was late on Monday.")


@pytest.mark.parametrize("data", [b"", b"\0\0\0", b"%PDF-1.7", b"<p>" * 60_001])
def test_what_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableArticle):
        read_source(data, media_type="text/html")
