"""What search engines are told there is: an index, its sections in pages, and what is news."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims import addresses, languages
from claims.models import Article, Claim, Claimant, Publisher, Topic, mapped
from claims.public.answers import for_a_short_while, public_page

NEWS_FOR = timedelta(days=2)
MOST_NEWS = 1_000
PAGES = ("home", "claims", "statuses", "changes", "corrections", "topics", "statistics", "method")


@dataclass(frozen=True, slots=True)
class Place:
    """One thing readers find, at which path, and when it last changed, if that is known."""

    path: str
    changed: datetime | None = None

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """The tag and the whole address of the thing in each language, the first being its own."""
        base, canonical = settings.FACTCHECK_BASE_URL, languages.canonical_tag
        return [
            (canonical(tag), base + languages.local(self.path, tag)) for tag in languages.READERS
        ]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of things: which pages of them there are, and what stands on one."""

    pages: Callable[[], Mapping[int, datetime | None]]
    places: Callable[[int], Iterable[Place]]


@public_page
def show_index(request: HttpRequest) -> HttpResponse:
    """Name every page of the map."""
    pages = [
        (settings.FACTCHECK_BASE_URL + reverse("machines:sitemap", args=[name, number]), changed)
        for name, section in SECTIONS.items()
        for number, changed in section.pages().items()
    ]
    return _xml(request, "public/sitemap_index.xml", {"pages": pages})


@public_page
def show(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Name what stands on one page of the map, in every language."""
    if section not in SECTIONS or not 1 <= number <= LAST:
        raise Http404
    places = list(SECTIONS[section].places(number))
    if not places:
        raise Http404
    return _xml(request, "public/sitemap.xml", {"places": places})


@public_page
def show_news(request: HttpRequest) -> HttpResponse:
    """Name the claims first published in the last two days, as news."""
    found = mapped.first_published_since(timezone.now() - NEWS_FOR, most=MOST_NEWS)
    news = [
        (json.loads(one.document.summary), one.language.partition("-")[0], one.published_at)
        for one in found
    ]
    return _xml(request, "public/sitemap_news.xml", {"news": news})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    kind = "application/xml; charset=utf-8"
    return for_a_short_while(render(request, template, context, content_type=kind))


def _fixed(number: int) -> Iterable[Place]:
    with languages.in_public():
        return [Place(reverse(f"public:{name}")) for name in PAGES] if number == 1 else []


def _claims(number: int) -> Iterable[Place]:
    for claim in mapped.on_page(Claim.objects.listed().with_summary(), number):
        yield Place(json.loads(claim.document.summary)["html_url"], claim.head_at)


def _articles(number: int) -> Iterable[Place]:
    found = mapped.on_page(Article.objects.in_public().without_text(), number)
    return (Place(addresses.article_page(one)) for one in found)


def _claimants(number: int) -> Iterable[Place]:
    for one in mapped.on_page(Claimant.objects.named_in_public().standing(), number):
        yield Place(addresses.claimant_page(one.public_id, getattr(one, "public_name", None)))


def _publishers(number: int) -> Iterable[Place]:
    found = mapped.on_page(Publisher.objects.in_public(), number)
    return (Place(addresses.publisher_page(one.public_id, one.name)) for one in found)


def _topics(number: int) -> Iterable[Place]:
    found = mapped.on_page(Topic.objects.in_public(), number)
    return (Place(addresses.topic_page(one.slug)) for one in found)


LAST = 1_000_000
SECTIONS = {
    "pages": Section(lambda: {1: None}, _fixed),
    "claims": Section(mapped.pages_of_claims, _claims),
    "articles": Section(lambda: mapped.pages_of(Article.objects.in_public()), _articles),
    "claimants": Section(
        lambda: mapped.pages_of(Claimant.objects.named_in_public().standing()), _claimants
    ),
    "publishers": Section(lambda: mapped.pages_of(Publisher.objects.in_public()), _publishers),
    "topics": Section(lambda: mapped.pages_of(Topic.objects.in_public()), _topics),
}
