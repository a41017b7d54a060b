"""Walks the public pages as a reader with time would: from the front page, by every link."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from claims import languages

MOST = 400
ELSEWHERE = ("/api/", "/admin/", "/static/")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("a", "iframe"):
            self.found.append(given.get("href") or given.get("src") or "")


def crawl(client: Client, start: str, *, further: Iterable[str] = ()) -> dict[str, str]:
    """Return the HTML of every page of the language of `start` that links lead to, by its address.

    A page that fails is a failure; what is no page (feeds, pictures, data) is asked for and left.
    """
    waiting = deque([start, *further])
    pages: dict[str, str] = {}
    seen: set[str] = set()
    while waiting and len(seen) < MOST:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 404, 410), (address, answer.status_code)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        pages[address] = answer.content.decode()
        links = _Links()
        links.feed(pages[address])
        waiting.extend(_within(start, address, links.found))
    return pages


def _within(start: str, page: str, links: Iterable[str]) -> Iterable[str]:
    for link in links:
        parts = urlsplit(urljoin(page, link))
        ours = (parts.hostname or "testserver") == "testserver" and parts.path.startswith(start)
        if ours and not parts.path.startswith(ELSEWHERE):
            yield parts._replace(scheme="", netloc="", fragment="").geturl()


def kinds(addresses: Iterable[str]) -> set[str]:
    """Return the names of the kinds of pages that these addresses lead to."""
    found = set()
    for address in addresses:
        path = urlsplit(address).path
        with languages.in_public(path):
            try:
                found.add(resolve(path).view_name)
            except Resolver404:
                continue
    return found
