"""Where a command's article comes from: a file, an address, or standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError

from claims.fetching import FetchFailed, FetchRefused, fetch
from claims.reading.parse import ParsedArticle, UnreadableArticle, parse_article

MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes, and what is known of them."""

    data: bytes
    media_type: str | None = None
    url: str = ""


def read_source(name: str) -> Source:
    """Return the bytes of a path, an http(s) address or `-`. Raises CommandError saying what is wrong."""
    if name == "-":
        return Source(sys.stdin.buffer.read(MAX_BYTES + 1))
    if name.lower().startswith(("http://", "https://")):
        return _fetched(name)
    if not name or "://" in name:
        raise CommandError(f"Cannot read “{name}”: give a path, an http(s) address or “-”.")
    try:
        with Path(name).open("rb") as file:
            return Source(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}.") from error


def read_article(source: Source, name: str, *, published_on: date | None = None) -> ParsedArticle:
    """Return what stands in a source. Raises CommandError naming the source and what is wrong with it."""
    try:
        return parse_article(
            source.data, media_type=source.media_type, url=source.url, published_on=published_on
        )
    except UnreadableArticle as error:
        shown = "standard input" if name == "-" else name
        raise CommandError(f"{shown}: {error.reason}") from error


def _fetched(url: str) -> Source:
    try:
        page = fetch(url, accept=("text/html", "text/plain"))
    except (FetchRefused, FetchFailed) as error:
        raise CommandError(f"{url}: {error}") from error
    charset = f"; charset={page.charset}" if page.charset else ""
    return Source(page.body, page.media_type + charset, page.final_url)
