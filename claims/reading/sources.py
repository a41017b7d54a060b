"""A cited source as read: what its page says of itself, its text, and the agency it is credited to.

Unlike an article of the register, a source may be a page without any text of its own: then what it states is all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.reading.credits import WireCredit, bylines, find_wire_credit
from claims.reading.markup import tree_of
from claims.reading.metadata import read_metadata
from claims.reading.parse import NoArticleText, decoded, parse_article


@dataclass(frozen=True, slots=True)
class ReadSource:
    """What a page says; each part is empty where it says nothing."""

    title: str = ""
    publisher: str = ""
    published_on: date | None = None
    language: str = ""
    canonical_url: str = ""
    text: str = ""
    wire: WireCredit | None = None


def read_source(data: bytes, *, media_type: str, url: str = "") -> ReadSource:
    """Read the page or plain text that stands at `url`. Raises UnreadableArticle when it cannot be read at all."""
    try:
        found = parse_article(data, media_type=media_type, url=url)
    except NoArticleText:
        return _without_text(data, media_type, url)
    _, kind, written = decoded(data, media_type=media_type)
    shown = bylines(tree_of(written)) if kind == "text/html" else []
    return ReadSource(
        title=found.title,
        publisher=found.publisher,
        published_on=found.published_on,
        language=found.language,
        canonical_url=found.canonical_url,
        text=found.text,
        wire=find_wire_credit(found.text, authors=(*found.authors, *shown), around=found.chrome),
    )


def _without_text(data: bytes, media_type: str, url: str) -> ReadSource:
    _, kind, written = decoded(data, media_type=media_type)
    if kind != "text/html":
        return ReadSource()
    page = read_metadata(tree_of(written), url=url)
    return ReadSource(
        title=page.title[:500],
        publisher=page.publisher[:200],
        published_on=page.published_on,
        language=page.language,
        canonical_url=page.canonical_url,
    )
