"""Web pages: text, title, people, date, publisher, language and address; hostile pages end soon."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from claims.reading.metadata import read_metadata
from claims.reading.parse import ParsedArticle, UnreadableArticle, parse_article

FIXTURES = Path(__file__).parent.parent / "fixtures" / "articles"
BODY = "<p>It snowed in the night, and the buses of the capital were late all day.</p>"


def page(*, head: str = "", html: str = "<html>", body: str = BODY, url: str = "") -> ParsedArticle:
    source = f"{html}<head>{head}</head><body><article>{body}</article></body></html>"
    return parse_article(source.encode(), media_type="text/html", url=url)


@pytest.fixture
def press_page() -> bytes:
    return (FIXTURES / "press-page.html").read_bytes()


def test_a_press_page_is_read_whole(press_page):
    article = parse_article(press_page, url="https://courier.example/news/ferry-line")
    assert article.title == "Ferry line doubles its forecast"
    assert article.standfirst.startswith("The new line to Skerry Island carried twice")
    assert article.authors == ("Mara Quist", "Tom Adeyemi")
    assert article.publisher == "The Arlen Courier"
    assert article.published_on == date(2025, 3, 10)
    assert article.language == "en-gb"
    assert article.canonical_url == "https://www.courier.example/news/ferry-line?id=7"
    assert article.media_type == "text/html"


def test_navigation_and_footer_are_not_text(press_page):
    text = parse_article(press_page).text
    assert "Sport" not in text
    assert "Privacy policy" not in text
    assert len(text.split("\n\n")) == 3


def test_words_after_a_comment_are_not_lost(press_page):
    assert (
        "twice what its operator had planned for, figures show." in parse_article(press_page).text
    )


def test_a_packed_page_is_the_same_page(press_page):
    assert parse_article(gzip.compress(press_page)) == parse_article(press_page)


def test_the_declared_encoding_of_a_page_is_used():
    body = "<p>Пресс-секретарь сообщила, что паром перевёз двенадцать тысяч человек.</p>"
    source = f"<html><head><meta charset=windows-1251></head><body>{body}</body></html>"
    assert "Пресс-секретарь сообщила" in parse_article(source.encode("cp1251")).text


def test_a_page_in_utf_16_is_a_page():
    source = f"<html><body><article>{BODY}</article></body></html>"
    article = parse_article(source.encode("utf-16"))
    assert article.media_type == "text/html"
    assert article.text.startswith("It snowed in the night")


def test_an_xml_declaration_does_not_stop_the_parser():
    source = f'<?xml version="1.0" encoding="utf-8"?><html><body>{BODY}</body></html>'
    assert parse_article(source.encode()).text.startswith("It snowed in the night")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-11-04T18:22:00Z">',
        '<meta name="date" content="4 November 2024">',
        '<script type="application/ld+json">[{"@type":["NewsArticle"],'
        '"datePublished":"2024-11-04"}]</script>',
    ],
)
def test_the_date_is_taken_from_what_the_page_states(head):
    assert page(head=head).published_on == date(2024, 11, 4)


def test_the_date_is_taken_from_marked_up_times():
    marked = '<time itemprop="datePublished" datetime="2024-11-04">today</time>'
    assert page(body=marked + BODY).published_on == date(2024, 11, 4)


def test_a_date_the_page_does_not_state_is_missing():
    article = page(head="<title>Snow in the capital</title>", url="https://a.example/2024/11/04/x")
    assert article.published_on is None
    assert article.missing == ("published_on",)


@pytest.mark.parametrize("stated", ["04/11/2024", "2024-13-45", "today", "", "31 November 2024"])
def test_a_date_that_is_ambiguous_or_impossible_is_missing(stated):
    assert page(head=f'<meta name="date" content="{stated}">').published_on is None


def test_microdata_is_read_where_there_is_no_json():
    article = page(
        body='<div itemscope itemtype="https://schema.org/NewsArticle">'
        '<h2 itemprop="headline">Snow stops the buses</h2>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        'by <b itemprop="name">Ann Lee</b></span>'
        f'<meta itemprop="datePublished" content="2024-11-04">{BODY}</div>'
    )
    assert (article.title, article.authors) == ("Snow stops the buses", ("Ann Lee",))
    assert article.published_on == date(2024, 11, 4)


def test_the_headline_readers_see_wins_over_shorter_ones():
    article = page(
        head="<title>Snow stops the buses | Courier</title>"
        '<meta property="og:title" content="Snow stops the buses">',
        body=f"<h1>Snow stops the buses of the capital</h1>{BODY}",
    )
    assert article.title == "Snow stops the buses of the capital"


def test_authors_are_people_and_not_links_or_numbers():
    assert page(head='<meta name="author" content="By Ann Lee and Bo Ek">').authors == (
        "Ann Lee",
        "Bo Ek",
    )
    assert page(head='<meta name="author" content="105092">').authors == ()
    assert page(head='<meta name="author" content="https://a.example/lee">').authors == ()


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="de-AT">', "de-at"),
        ('<html lang="en_US">', "en-us"),
        ('<html lang="utf-8">', "en"),
        ('<html lang="<script>">', "en"),
        ("<html>", "en"),
    ],
)
def test_the_language_is_the_stated_one_if_it_is_one(html, language):
    text = "<p>The snow fell in the night, and the buses of the city were late on Monday.</p>"
    assert page(html=html, body=text).language == language


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://www.a.example/x", "https://www.a.example/x"),
        ("http://m.a.example/x#y", "http://m.a.example/x"),
        ("/x", "https://a.example/x"),
        ("https://b.example/x", ""),
        ("https://a.example.b.example/x", ""),
        ("https://nota.example/x", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://me@a.example/x", ""),
        ("https://a.example:8443/x", ""),
        ("https://[bad/x", ""),
    ],
)
def test_the_canonical_address_is_one_of_the_same_site(href, canonical):
    article = page(head=f'<link rel="canonical" href="{href}">', url="https://a.example/y")
    assert article.canonical_url == canonical


def test_markup_in_a_description_is_dropped():
    article = page(
        head='<meta name="description" content="&lt;p&gt;Late &amp;amp; cold&lt;/p&gt;">'
    )
    assert article.standfirst == "Late & cold"


def test_a_dateline_on_a_page_is_read():
    article = page(body="<p>OSLO, Nov 4 (Reuters) - It snowed in the night, officials said.</p>")
    assert (article.place, article.missing) == ("OSLO", ("title", "year"))


def test_a_dateline_that_contradicts_the_page_is_warned_about():
    article = page(
        head='<meta name="date" content="2024-11-20">',
        body="<p>OSLO, Nov 4 (Reuters) - It snowed in the night, officials said.</p>",
    )
    assert article.published_on == date(2024, 11, 20)
    assert article.warnings == ("The article says 2024-11-04, the publication date is 2024-11-20.",)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<html><body>" + "<p>a" * 1_000_000, "more than 40,000 tags"),
        ("<html><body>" + "<div>" * 30_000 + "text", "nests more than 200 tags"),
        ("<html><body>" + "<script>" * 9_000, "No article text"),
        ("<!doctype html><!-- nothing -->", "not readable HTML"),
    ],
)
def test_hostile_pages_are_refused(source, reason):
    with pytest.raises(UnreadableArticle, match=reason):
        parse_article(source.encode())


@pytest.mark.parametrize(
    "script",
    [
        "[" * 200_000,
        "{" + '"\\' * 50_000,
        "/*" * 50_000,
        "null",
        '{"@type": 7}',
        '"x"',
        '{"@type":"NewsArticle","author":{"name":{"name":[[]]}},"headline":{},"datePublished":[9]}',
    ],
)
def test_hostile_json_does_not_hide_the_article(script):
    article = page(head=f'<script type="application/ld+json">{script}</script>')
    assert article.text.startswith("It snowed in the night")


def test_metadata_of_an_empty_page_is_empty():
    tree = lxml.html.document_fromstring("<html><body><p>x</p></body></html>")
    found = read_metadata(tree)
    assert (found.title, found.authors, found.published_on, found.canonical_url) == (
        "",
        (),
        None,
        "",
    )


def test_labels_without_end_are_not_taken_for_labels():
    long = "snow " * 500
    article = page(
        head=f'<title>{long}</title><meta name="author" content="{long}">'
        f'<meta property="og:site_name" content="{long}"><meta name="description" content="{long}">'
        f'<link rel="canonical" href="https://a.example/{"x" * 2_000}">',
        url="https://a.example/",
    )
    assert (article.title, article.standfirst, article.authors) == ("", "", ())
    assert (article.publisher, article.canonical_url) == ("", "")
    assert "title" in article.missing
