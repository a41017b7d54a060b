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
    """What is told, at which path, and the page for people that tells the same.

    A feed that is longer than one answer goes on in further ones (RFC 5005: a paged feed), each behind a place: this
    one begins behind `after`, the next one behind `next_after`; None is the beginning, and that nothing follows.
    """

    id: str
    title: str
    path: str
    page: str
    entries: list[Entry]
    after: str | None = None
    next_after: str | None = None

    @property
    def address(self) -> str:
        """The whole address of the feed: of its first answer, which alone is subscribed to."""
        return settings.FACTCHECK_BASE_URL + self.path

    @property
    def own_address(self) -> str:
        """The whole address of this answer."""
        return self._behind(self.after) if self.after else self.address

    @property
    def next_address(self) -> str:
        """The whole address of the next answer; "" where this is the last."""
        return self._behind(self.next_after) if self.next_after else ""

    @property
    def links(self) -> dict[str, str]:
        """Where else the feed is, by relation; a hub, if there is one, tells of what is new: of the beginning."""
        hub = settings.FACTCHECK_WEBSUB_HUB if not self.after else ""
        first = self.address if self.after else ""
        found = {"first": first, "next": self.next_address, "hub": hub}
        return {relation: address for relation, address in found.items() if address}

    def _behind(self, place: str) -> str:
        mark = "&" if "?" in self.path else "?"
        return f"{self.address}{mark}after={place}"

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
        """Name where else the feed is."""
        super().add_root_elements(handler)
        for relation, address in self.feed["links"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

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
        """Name where else the feed is."""
        super().add_root_elements(handler)
        for relation, address in self.feed["links"].items():
            handler.addQuickElement("atom:link", None, {"rel": relation, "href": address})


def written(feed: Feed, form: str) -> HttpResponse:
    """Return the feed in one of the `FORMS`, with where it is, where it goes on and which hub to ask."""
    kind, write = FORMS[form]
    response = HttpResponse(write(feed), content_type=kind)
    links = {"self": feed.own_address, **feed.links}
    told = (f'<{address}>; rel="{relation}"' for relation, address in links.items())
    response.headers["Link"] = ", ".join(told)
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
        feed_url=feed.own_address,
        feed_guid=feed.id,
        updated=feed.updated,
        links=feed.links,
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
    links = feed.links
    whole = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        **({"next_url": links["next"]} if "next" in links else {}),
        "language": _language(),
        "authors": [
            {"name": settings.FACTCHECK_REGISTER_NAME, "url": f"{settings.FACTCHECK_BASE_URL}/"}
        ],
        **({"hubs": [{"type": "WebSub", "url": links["hub"]}]} if "hub" in links else {}),
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
