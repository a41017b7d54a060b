"""HTML pages: the main text and what the page says about it, within fixed bounds.

Trafilatura finds the text; `claims.reading.markup` bounds what it is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from claims.reading.markup import pieces_of, tree_of
from claims.reading.metadata import Metadata, read_metadata
from claims.reading.plain import is_label
from claims.reading.text import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Trafilatura's second opinion (jusText) compares each piece of a page with all others around it. Of longer pages the
# first is taken. Of 59 real pages the longest has 1,434 pieces.
MANY_PIECES = 2_000
_EDGE = 4
_HEAD = 4096
_LOOKS_LIKE_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:article|div|p|h1|meta)[\s>]",
    re.IGNORECASE,
)
_TAGS_IN_TEXT = re.compile(rb"</(?:p|b|i|a|em|strong|span|div|h[1-6])>|<br ?/?>|<p>", re.IGNORECASE)
_ENOUGH_TAGS = 2
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Webpage:
    """The parts of a page that make it an article."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    publisher: str
    published_on: date | None
    language: str
    canonical_url: str
    paragraphs: list[str] = field(default_factory=list)
    chrome: tuple[str, ...] = ()


def looks_like_html(data: bytes) -> bool:
    """Tell whether the first bytes are those of a page or of a piece of one, in any encoding."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        return bool(_LOOKS_LIKE_HTML.search(head))
    return len(_TAGS_IN_TEXT.findall(head)) >= _ENOUGH_TAGS


def declared_encoding(data: bytes) -> str | None:
    """Give the encoding that a page's meta tag declares."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def read_webpage(source: str, *, url: str = "") -> Webpage:
    """Find a page's article and its metadata."""
    tree = tree_of(source)
    metadata = read_metadata(tree, url=url)
    paragraphs = _paragraphs(tree, url, metadata)
    standfirst = _standfirst(metadata.standfirst, paragraphs)
    chrome, body = _without_edges([p for p in paragraphs if p not in {metadata.title, standfirst}])
    return Webpage(
        title=metadata.title,
        standfirst=standfirst,
        authors=metadata.authors,
        publisher=metadata.publisher,
        published_on=metadata.published_on,
        language=metadata.language,
        canonical_url=metadata.canonical_url,
        paragraphs=body,
        chrome=chrome,
    )


def _without_edges(paragraphs: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Set aside the rubrics, hours and links that stand around a page's text, never the text itself."""
    first, last = 0, len(paragraphs)
    while first < min(_EDGE, last - 1) and is_label(paragraphs[first]):
        first += 1
    while last > max(first + 1, len(paragraphs) - _EDGE) and is_label(paragraphs[last - 1]):
        last -= 1
    return (*paragraphs[:first], *paragraphs[last:]), paragraphs[first:last]


def _paragraphs(tree: HtmlElement, url: str, metadata: Metadata) -> list[str]:
    import trafilatura  # large

    found = trafilatura.bare_extraction(
        tree,
        url=url or None,
        include_comments=False,
        include_tables=False,
        fast=pieces_of(tree) > MANY_PIECES,
    )
    text = getattr(found, "text", None) or metadata.article_body
    lines = [line for raw in text.split("\n") if (line := tidy(raw))]
    whole = [tidy(" ".join(p.text_content().split())) for p in tree.iter("p")] if lines else []
    # From a very short page trafilatura gives every piece between two tags as a line of its own.
    return list(filter(None, whole)) if _letters(whole) == _letters(lines) else lines


def _letters(lines: list[str]) -> str:
    return "".join("".join(lines).split())


def _standfirst(stated: str, paragraphs: list[str]) -> str:
    """Give the stated summary, unless it only repeats the start of the text."""
    start = stated.strip(" .…")[:60]
    return "" if not start or any(line.startswith(start) for line in paragraphs[:3]) else stated
