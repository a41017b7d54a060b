"""The forms of a feed: one content, written as Atom 1.0, RSS 2.0 or JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from claims import languages

JSON_FEED = "https://jsonfeed.org/version/1.1"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without entries last changed
SINCE = (
    "2026"  # a tag URI (RFC 4151) names the time at which its host was ours; it never changes again
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told. Its id stays what it is whatever becomes of the thing; `updated` says that something did."""

    id: str
    title: str
    path: str
    text: str
    html: str
    published: datetime
    updated: datetime
    language: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What is told, at which path, and the page for people that tells the same."""

    id: str
    title: str
    path: str
    page: str
    entries: list[Entry]

    @property
    def address(self) -> str:
        """The whole address of the feed."""
        return settings.FACTCHECK_BASE_URL + self.path

    @property
    def home(self) -> str:
        """The whole address of the page for people."""
        return settings.FACTCHECK_BASE_URL + self.page

    @property
    def updated(self) -> datetime:
        """When anything in it last changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def tag_uri(what: str) -> str:
    """Return the name of a thing of this register that no change of address alters."""
    host, _, rest = settings.FACTCHECK_LOG_ORIGIN.partition("/")
    return f"tag:{host},{SINCE}:{rest}/{what}"


class Atom(Atom1Feed):
    """Atom with a summary in plain text beside the content, and the hub."""

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed, which is not now."""
        return self.feed["updated"] or NEVER

    def add_root_elements(self, handler: Any) -> None:
        """Name the hub, if there is one."""
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: Any) -> None:
        """Give the content as HTML."""
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["text"], {"type": "text"})
        handler.addQuickElement("content", item["description"], {"type": "html"})


class Rss(Rss201rev2Feed):
    """RSS whose entries bear the date of their last change, and the hub."""

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed, which is not now."""
        return self.feed["updated"] or NEVER

    def add_root_elements(self, handler: Any) -> None:
        """Name the hub, if there is one."""
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})


def written(feed: Feed, form: str) -> HttpResponse:
    """Return the feed in one of the `FORMS`, with where it is and which hub to ask."""
    kind, write = FORMS[form]
    response = HttpResponse(write(feed), content_type=kind)
    links = [f'<{feed.address}>; rel="self"']
    if settings.FACTCHECK_WEBSUB_HUB:
        links.append(f'<{settings.FACTCHECK_WEBSUB_HUB}>; rel="hub"')
    response.headers["Link"] = ", ".join(links)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _atom(feed: Feed) -> str:
    return _xml(feed, Atom, dated="published")


def _rss(feed: Feed) -> str:
    return _xml(feed, Rss, dated="updated")


def _xml(feed: Feed, form: type[Atom | Rss], *, dated: str) -> str:
    root = form(
        title=feed.title,
        link=feed.home,
        description=feed.title,
        language=_language(),
        author_name=settings.FACTCHECK_REGISTER_NAME,
        feed_url=feed.address,
        feed_guid=feed.id,
        updated=feed.updated,
        hub=settings.FACTCHECK_WEBSUB_HUB,
    )
    for entry in feed.entries:
        root.add_item(
            title=entry.title,
            link=settings.FACTCHECK_BASE_URL + entry.path,
            description=entry.html,
            text=entry.text,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=getattr(entry, dated),
            updateddate=entry.updated,
            categories=entry.tags,
        )
    return root.writeString("utf-8")


def _json(feed: Feed) -> bytes:
    hub = settings.FACTCHECK_WEBSUB_HUB
    whole = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": _language(),
        "authors": [
            {"name": settings.FACTCHECK_REGISTER_NAME, "url": f"{settings.FACTCHECK_BASE_URL}/"}
        ],
        **({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}),
        "items": [_item(entry) for entry in feed.entries],
    }
    return orjson.dumps(whole)


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": settings.FACTCHECK_BASE_URL + entry.path,
        "title": entry.title,
        "content_text": entry.text,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": entry.language,
        "tags": list(entry.tags),
    }


def _language() -> str:
    return languages.canonical_tag(languages.PUBLIC)


FORMS: dict[str, tuple[str, Callable[[Feed], str | bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", _atom),
    "rss": ("application/rss+xml; charset=utf-8", _rss),
    "json": ("application/feed+json; charset=utf-8", _json),
}
