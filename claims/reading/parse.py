"""An article's bytes become its parts: title, standfirst, date, publisher, frozen text.

`parse_article` is the one way in. It never guesses: what the article does not say is empty or
None and named in `missing`; what looks wrong is said in `warnings`. The text it gives is what
quotes are anchored in: NFC, `\\n` line ends, one blank line between paragraphs, body only.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from claims.reading import text as texts
from claims.reading.datelines import Dateline, find_dateline
from claims.reading.dates import WrittenDay
from claims.reading.language import guess_language
from claims.reading.plain import read_plain
from claims.reading.text import NoArticleText, UnreadableArticle, gettext_noop
from claims.reading.webpage import declared_encoding, looks_like_html, read_webpage

__all__ = [
    "NoArticleText",
    "ParsedArticle",
    "UnreadableArticle",
    "decoded",
    "frozen_text",
    "parse_article",
]

_MEDIA_TYPES = {
    "text/plain": "text/plain",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
}
_CLOSE = timedelta(days=2)


@dataclass(frozen=True)
class ParsedArticle:
    """An article as read; `original` are its bytes (unpacked when they came as gzip)."""

    title: str
    text: str
    original: bytes = field(repr=False)
    media_type: str
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    dateline: str = ""
    place: str = ""
    publisher: str = ""
    published_on: date | None = None
    language: str = ""
    url: str = ""
    canonical_url: str = ""
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The article's identity: the digest of its text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def original_sha256(self) -> str:
        """The digest of the bytes the text was read from."""
        return hashlib.sha256(self.original).hexdigest()


@dataclass
class _Parts:
    """What either reader finds, before dates are settled and gaps are named."""

    title: str
    standfirst: str
    authors: tuple[str, ...]
    publisher: str
    language: str
    canonical_url: str
    dateline: Dateline | None
    day: WrittenDay | date | None
    paragraphs: list[str]
    chrome: tuple[str, ...] = ()


def parse_article(
    data: bytes,
    *,
    media_type: str | None = None,
    url: str = "",
    published_on: date | None = None,
    encoding: str | None = None,
) -> ParsedArticle:
    """Read an article.

    Raises UnreadableArticle when the bytes are empty, too large, binary, in no known encoding or
    hold no article text. `published_on` is the day somebody vouches for; it settles the year that
    a dateline leaves out.
    """
    original, kind, source = decoded(data, media_type=media_type, encoding=encoding)
    parts = _shortened(_webpage(source, url) if kind == "text/html" else _plain(source))
    body = frozen_text(parts.paragraphs)
    day, missing, warnings = _settle_date(parts, published_on)
    return ParsedArticle(
        title=parts.title,
        text=body,
        original=original,
        media_type=kind,
        standfirst=parts.standfirst,
        authors=parts.authors,
        dateline=parts.dateline.written if parts.dateline else "",
        place=parts.dateline.place if parts.dateline else "",
        publisher=parts.publisher,
        published_on=day,
        language=parts.language or guess_language(body),
        url=url,
        canonical_url=parts.canonical_url,
        missing=(() if parts.title else ("title",)) + missing,
        warnings=warnings,
        chrome=parts.chrome,
    )


def decoded(
    data: bytes, *, media_type: str | None = None, encoding: str | None = None
) -> tuple[bytes, str, str]:
    """Give the bytes (unpacked when they came as gzip), their media type, and what is written in them.

    Raises UnreadableArticle when they are empty, too large, binary or in no known encoding.
    """
    original = texts.unpack(data)
    kind, charset = _media_type(media_type, original)
    declared = charset or (declared_encoding(original) if kind == "text/html" else None)
    return (
        original,
        kind,
        texts.normalise(texts.decode(original, encoding=encoding, declared=declared)),
    )


def _media_type(given: str | None, data: bytes) -> tuple[str, str | None]:
    """Settle the media type, and the charset it may carry, from what is said or the bytes."""
    name, _, parameters = (given or "").partition(";")
    _, _, charset = parameters.partition("charset=")
    if not name.strip():
        return ("text/html" if looks_like_html(data) else "text/plain"), None
    kind = _MEDIA_TYPES.get(name.strip().lower())
    if kind is None:
        raise UnreadableArticle(
            "media_type",
            gettext_noop("Only plain text and HTML can be read, not %(name)s."),
            name=repr(name.strip()[:60]),
        )
    return kind, charset.strip(" \"'") or None


def _plain(source: str) -> _Parts:
    found = read_plain(texts.refuse_oversize(source))
    return _Parts(
        title=found.title,
        standfirst=found.standfirst,
        authors=found.authors,
        publisher=found.dateline.agency if found.dateline else "",
        language="",
        canonical_url="",
        dateline=found.dateline,
        day=found.day,
        paragraphs=found.paragraphs,
        chrome=tuple(found.chrome),
    )


def _webpage(source: str, url: str) -> _Parts:
    found = read_webpage(source, url=url)
    dateline = next(filter(None, map(find_dateline, found.paragraphs[:3])), None)
    return _Parts(
        title=found.title,
        standfirst=found.standfirst,
        authors=found.authors,
        publisher=found.publisher,
        language=found.language,
        canonical_url=found.canonical_url,
        dateline=dateline,
        day=found.published_on,
        paragraphs=found.paragraphs,
        chrome=found.chrome,
    )


def _shortened(parts: _Parts) -> _Parts:
    """Put labels on one line each; what is too long to be a label is none."""
    return replace(
        parts,
        title=_label(parts.title, 500),
        standfirst=_label(parts.standfirst, 2_000),
        authors=tuple(filter(None, (_label(name, 200) for name in parts.authors))),
        publisher=_label(parts.publisher, 200),
    )


def _label(value: str, longest: int) -> str:
    line = unicodedata.normalize("NFC", " ".join(value.split()))
    return line if len(line) <= longest else ""


def frozen_text(paragraphs: Iterable[str]) -> str:
    """Join paragraphs to the text that quotes are anchored in. Raises UnreadableArticle when there is none."""
    tidied = (texts.tidy(paragraph.replace("\n", " ")) for paragraph in paragraphs)
    body = unicodedata.normalize("NFC", "\n\n".join(filter(None, tidied)))
    if not body:
        raise NoArticleText("data", gettext_noop("No article text was found in the file."))
    return texts.refuse_oversize(body)


def _settle_date(
    parts: _Parts, vouched: date | None
) -> tuple[date | None, tuple[str, ...], tuple[str, ...]]:
    """Give the publication day, the names of what is missing, and what contradicts."""
    written = [day for day in (parts.day, parts.dateline and parts.dateline.day) if day]
    if vouched:
        return vouched, (), tuple(_conflicts(written, vouched))
    for day in written:
        known = day.known if isinstance(day, WrittenDay) else day
        if known:
            return known, (), tuple(_conflicts(written, known))
    return None, ("year",) if written else ("published_on",), ()


def _conflicts(written: list[WrittenDay | date], known: date) -> list[str]:
    found = []
    for day in written:
        said = (day.known or day.nearest_to(known)) if isinstance(day, WrittenDay) else day
        if said is None or abs(said - known) > _CLOSE:
            shown = said.isoformat() if said else "a day that does not exist"
            found.append(f"The article says {shown}, the publication date is {known}.")
    return found
