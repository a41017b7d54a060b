"""Where a command's article comes from: a file, an address, or standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError

from claims.fetching import FetchFailed, FetchRefused, fetch

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
    try:
        with Path(name).open("rb") as file:
            return Source(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}.") from error


def _fetched(url: str) -> Source:
    try:
        page = fetch(url, accept=("text/html", "text/plain"))
    except (FetchRefused, FetchFailed) as error:
        raise CommandError(f"{url}: {error}") from error
    charset = f"; charset={page.charset}" if page.charset else ""
    return Source(page.body, page.media_type + charset, page.final_url)
