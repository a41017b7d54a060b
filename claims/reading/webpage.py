"""HTML pages: the main text and what the page says about it, within fixed bounds.

Trafilatura finds the text. A page with absurdly many tags or absurdly deep nesting is refused
before any parser sees it whole, so that nobody can keep a worker busy with one upload.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import lxml.etree
import lxml.html
import trafilatura
from lxml.html import HtmlElement

from claims.reading.metadata import Metadata, read_metadata
from claims.reading.text import UnreadableArticle, tidy

MAX_TAGS = 60_000
MAX_DEPTH = 200
_HEAD = 4096
_LOOKS_LIKE_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:article|div|p|h1|meta)[\s>]",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


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


def looks_like_html(data: bytes) -> bool:
    """Tell whether the first bytes are those of a page, in any encoding that has zero bytes."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and bool(_LOOKS_LIKE_HTML.search(head))


def declared_encoding(data: bytes) -> str | None:
    """Give the encoding that a page's meta tag declares."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def read_webpage(source: str, *, url: str = "") -> Webpage:
    """Find a page's article and its metadata."""
    tree = _tree(source)
    metadata = read_metadata(tree, url=url)
    paragraphs = _paragraphs(tree, url, metadata)
    standfirst = _standfirst(metadata.standfirst, paragraphs)
    return Webpage(
        title=metadata.title,
        standfirst=standfirst,
        authors=metadata.authors,
        publisher=metadata.publisher,
        published_on=metadata.published_on,
        language=metadata.language,
        canonical_url=metadata.canonical_url,
        paragraphs=[text for text in paragraphs if text not in {metadata.title, standfirst}],
    )


def _tree(source: str) -> HtmlElement:
    if source.count("<") > MAX_TAGS:
        raise UnreadableArticle("data", f"The page has more than {MAX_TAGS:,} tags.")
    try:
        # Trafilatura loses the words that follow a comment within a sentence: read none.
        parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
        tree = lxml.html.document_fromstring(_XML_DECLARATION.sub("", source), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableArticle("data", "The page is not readable HTML.") from error
    if _depth(tree) > MAX_DEPTH:
        raise UnreadableArticle("data", f"The page nests more than {MAX_DEPTH} tags.")
    return tree


def _depth(tree: HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _paragraphs(tree: HtmlElement, url: str, metadata: Metadata) -> list[str]:
    found = trafilatura.bare_extraction(
        tree, url=url or None, include_comments=False, include_tables=False
    )
    text = getattr(found, "text", None) or metadata.article_body
    return [line for raw in text.split("\n") if (line := tidy(raw))]


def _standfirst(stated: str, paragraphs: list[str]) -> str:
    """Give the stated summary, unless it only repeats the start of the text."""
    start = stated.strip(" .…")[:60]
    return "" if not start or any(line.startswith(start) for line in paragraphs[:3]) else stated
