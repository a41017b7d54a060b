"""What a web page says about itself: JSON-LD, OpenGraph, microdata and plain meta tags.

Each fact is asked of the sources in order of trust; a fact none of them states stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from claims.reading.dates import from_metadata
from claims.reading.markup import Item, json_ld, microdata_value, plain, scopes, types_of
from claims.reading.plain import split_names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = ("article", "posting", "claimreview", "report", "analysisnewsarticle")
_DATE_NAMES = (
    "article:published_time",
    "parsely-pub-date",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.issued",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "date",
)
_AUTHOR_NAMES = (
    "author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author",
)
_MOST_ITEMS = 200
_PROPERTIES = frozenset({"headline", "author", "publisher", "datePublished", "inLanguage"})
_MOST_AUTHORS = 30
_LONGEST_URL = 2_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[a-z\d]{5,8}){0,2}")
_FRONTS = ("www.", "m.", "mobile.", "amp.", "edition.", "lite.")


@dataclass(frozen=True)
class Metadata:
    """The facts about an article that its page states."""

    title: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published_on: date | None = None
    language: str = ""
    canonical_url: str = ""
    article_body: str = ""


def read_metadata(tree: HtmlElement, *, url: str = "") -> Metadata:
    """Ask a parsed page for everything it states about its article."""
    return _Page(tree, url).metadata()


class _Page:
    """One page's sources, read once."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url
        self.meta = _meta_tags(tree)
        items = [*_flat(list(json_ld(tree))), *_microdata(tree)]
        self.articles = [item for item in items if _is_article(item)][:5]

    def metadata(self) -> Metadata:
        return Metadata(
            title=self._title(),
            standfirst=plain(self.meta.get("og:description") or self.meta.get("description")),
            authors=self._authors(),
            publisher=self._publisher(),
            published_on=self._published_on(),
            language=self._language(),
            canonical_url=self._canonical_url(),
            article_body=next(self._stated("articleBody", plain), ""),
        )

    def _stated(self, name: str, read: Callable[[object], Any]) -> Iterator[Any]:
        """Give what each article item says under `name`, skipping what cannot be read."""
        return filter(None, (read(item.get(name)) for item in self.articles))

    def _title(self) -> str:
        """Prefer the headline that readers see, where another source agrees with it."""
        headings = [plain(heading.text_content()) for heading in self.tree.iterfind(".//h1")]
        stated = [
            plain(self.meta.get("og:title")),
            next(self._stated("headline", plain), ""),
            headings[0] if len(headings) == 1 else "",
            plain(self.tree.findtext(".//title")),
        ]
        agreed = (one for one in headings if any(_same_words(one, other) for other in stated))
        return next(agreed, "") or next(filter(None, stated), "")

    def _authors(self) -> tuple[str, ...]:
        for names in self._stated("author", _names):
            return _distinct(names)
        for key in _AUTHOR_NAMES:
            written = plain(self.meta.get(key))
            if written and "://" not in written:
                return _distinct(split_names(written))
        return ()

    def _publisher(self) -> str:
        names: list[str] = next(self._stated("publisher", _names), [])
        return names[0] if names else plain(self.meta.get("og:site_name"))

    def _published_on(self) -> date | None:
        stated = [from_metadata(self.meta.get(key)) for key in _DATE_NAMES]
        times = self.tree.xpath(".//time[@datetime and (@pubdate or @itemprop='datePublished')]")
        marked = [from_metadata(time.get("datetime")) for time in times[:5]]
        items = self._stated("datePublished", lambda value: from_metadata(plain(value)))
        found = [*items, *stated, *marked]
        return next(filter(None, found), None)

    def _language(self) -> str:
        root = self.tree.getroottree().getroot()
        for value in (
            root.get("lang"),
            root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
            self.meta.get("og:locale"),
            self.meta.get("content-language"),
            next(self._stated("inLanguage", plain), ""),
        ):
            if language := _language_tag(value):
                return language
        return ""

    def _canonical_url(self) -> str:
        links = self.tree.xpath(".//link[@rel='canonical' and @href]/@href")
        for href in [*links[:3], self.meta.get("og:url", "")]:
            if href and (safe := _same_site(href, self.url)):
                return safe
        return ""


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Give the first content of each named meta tag, OpenGraph ones included."""
    from extruct.opengraph import OpenGraphExtractor  # large

    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("http-equiv")
        if name and (content := tag.get("content")):
            found.setdefault(name.lower(), content)
    for graph in OpenGraphExtractor().extract_items(tree):
        found |= dict(reversed(graph["properties"]))
    return found


def _microdata(tree: HtmlElement) -> Iterator[Item]:
    """Read the properties of the first article marked up, each where it stands first.

    Extruct's reader took half a minute over forty nested items; this one walks the page once.
    """
    for scope, item in scopes(tree):
        if _is_article(item):
            for element in scope.xpath("(.//*[@itemprop])[position() <= 500]"):
                for name in _PROPERTIES.intersection(element.get("itemprop", "").split()):
                    item.setdefault(name, []).append(microdata_value(element))
            yield item
            return


def _flat(value: object, depth: int = 0) -> Iterator[Item]:
    """Give the items of lists, graphs and pages' main entities, parents first."""
    if depth > 5:
        return
    if isinstance(value, list):
        for part in value[:_MOST_ITEMS]:
            yield from _flat(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _flat([value.get("@graph"), value.get("mainEntity")], depth + 1)


def _is_article(item: Item) -> bool:
    names = types_of(item)
    if any(name.endswith("webpage") for name in names) and "headline" in item:
        return "datePublished" in item
    return any(name.endswith(_ARTICLES) for name in names)


def _names(value: object) -> list[str]:
    """Give the names of people or bodies, however the page wraps them."""
    if isinstance(value, list):
        return [name for part in value[:_MOST_AUTHORS] for name in _names(part)]
    if isinstance(value, dict):
        inner = value.get("properties")
        return _names((inner if isinstance(inner, dict) else value).get("name"))
    name = plain(value)
    return [name] if name and "://" not in name else []


def _distinct(names: list[str]) -> tuple[str, ...]:
    written = (name.removeprefix("By ").strip() for name in names)
    return tuple(dict.fromkeys(name for name in written if any(map(str.isalpha, name))))


def _same_words(heading: str, other: str) -> bool:
    """Tell whether two titles are one, though one be cut short or carry the site's name."""
    first, second = heading.casefold().strip(" .…"), other.casefold().strip(" .…")
    shorter = min(len(first), len(second))
    return shorter >= 15 and first[:shorter] == second[:shorter]


def _language_tag(value: object) -> str:
    tag = value.strip().replace("_", "-").lower() if isinstance(value, str) else ""
    return tag if len(tag) <= 20 and _LANGUAGE.fullmatch(tag) else ""


def _same_site(href: str, url: str) -> str:
    """Give an absolute http(s) address of the page's own site without fragment, or ""."""
    try:
        target = urlsplit(urljoin(url, href.strip()))
        port = target.port
    except ValueError:
        return ""
    host = target.hostname or ""
    if len(href) > _LONGEST_URL:
        return ""
    if target.scheme not in {"http", "https"} or "." not in host or "@" in target.netloc or port:
        return ""
    own = urlsplit(url).hostname or host
    return target._replace(fragment="").geturl() if _related(host, own) else ""


def _related(host: str, own: str) -> bool:
    for front in _FRONTS:
        host, own = host.removeprefix(front), own.removeprefix(front)
    return host == own or host.endswith("." + own) or own.endswith("." + host)
