"""What the desk finds for one person: claims, articles, parties, a review by its number, and the pages of the desk.

It never looks where this person may not, and looks at a few rows of each kind: the lists hold the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.admin.base import LETTERS
from claims.admin.naming import other_name, words_of
from claims.admin.navigation import ERRANDS, PLACES, Place
from claims.admin.queues import REVIEW_QUEUES
from claims.models import Article, Claim, Claimant, Publisher, Review, User
from claims.search.desk import best_claims
from claims.vocabulary import VerificationStatus

SHOWN = 5
NUMBER = re.compile(r"#?([0-9]{1,18})")
PUBLIC_ID = re.compile(r"[0-9a-hj-km-np-tv-z]{10}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: what it is called, what tells it apart, and where it is."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `more` is the list that may hold further ones, or nothing."""

    title: StrOrPromise
    hits: list[Hit]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is looked for in the register, by whoever has all of `permissions`.

    `find` returns one hit more than is shown where there are more.
    """

    title: StrOrPromise
    permissions: tuple[str, ...]
    find: Callable[[str], list[Hit]]
    listed_at: str = ""

    def open_to(self, person: User) -> bool:
        """Whether this person may look there."""
        return person.has_perms(self.permissions)

    def group(self, typed: str) -> Group:
        """Return what is found, as far as it is shown."""
        hits = self.find(typed)
        rest = len(hits) > SHOWN and bool(self.listed_at)
        more = f"{reverse(self.listed_at)}?{urlencode({'q': typed})}" if rest else ""
        return Group(self.title, hits[:SHOWN], more)


def _detail(*parts: StrOrPromise | None) -> str:
    return " · ".join(str(part) for part in parts if part)


def _page(model: str, pk: int) -> str:
    return reverse(f"admin:claims_{model}_change", args=[pk])


def _claims(typed: str) -> list[Hit]:
    if PUBLIC_ID.fullmatch(typed) and (known := _claim_called(typed)):
        return known
    found = best_claims(typed, limit=SHOWN + 1, unfinished=True)
    return [
        Hit(one.wording, _detail(_status(one.status), one.claimant), _page("claim", one.pk))
        for one in found
    ]


def _claim_called(public_id: str) -> list[Hit]:
    claims = Claim.objects.known_as(public_id).with_claimant()
    return [
        Hit(one.wording, _detail(_status(one.status), one.public_id), _page("claim", one.pk))
        for one in claims
    ]


def _status(status: str | None) -> StrOrPromise:
    return VerificationStatus(status).label if status else gettext("No verdict")


def _articles(typed: str) -> list[Hit]:
    words = words_of(typed)
    found = Article.objects.described_by(words).newest_first() if words else Article.objects.none()
    return [
        Hit(one.title, _detail(one.publisher_name, _day(one)), _page("article", one.pk))
        for one in found.without_text()[: SHOWN + 1]
    ]


def _day(article: Article) -> str:
    return date_format(article.published_on, "j M Y") if article.published_on else ""


def _claimants(typed: str) -> list[Hit]:
    words = words_of(typed)
    if not words or NUMBER.fullmatch(typed):
        return []
    found = Claimant.objects.with_names().described_by(words)
    first = {one.survivor: one for one in found.order_by(_begins(words), "name", "pk")[: SHOWN + 1]}
    return [_claimant(survivor, one, typed) for survivor, one in first.items()]


def _claimant(survivor: Claimant, found: Claimant, typed: str) -> Hit:
    other = other_name(found, typed)
    known = gettext("also %(name)s") % {"name": other} if other else ""
    detail = _detail(survivor.role, known, survivor.get_kind_display())
    return Hit(survivor.name, detail, _page("claimant", survivor.pk))


def _publishers(typed: str) -> list[Hit]:
    words = words_of(typed)
    if not words:
        return []
    found = Publisher.objects.described_by(words).order_by(_begins(words), "name", "pk")
    return [
        Hit(one.name, _detail(one.domain, one.get_kind_display()), _page("publisher", one.pk))
        for one in found[: SHOWN + 1]
    ]


def _begins(words: list[str]) -> Case:
    return Case(When(name__istartswith=" ".join(words), then=Value(0)), default=Value(1))


def _reviews(typed: str) -> list[Hit]:
    number = NUMBER.fullmatch(typed)
    found = Review.objects.filter(pk=int(number[1])) if number else Review.objects.none()
    return [
        Hit(str(one), one.claim.wording, _page("review", one.pk))
        for one in found.select_related("claim")
    ]


KINDS = (
    Kind(_("Claims"), ("claims.view_claim",), _claims, "admin:claims_claim_changelist"),
    Kind(_("Articles"), ("claims.view_article",), _articles, "admin:claims_article_changelist"),
    Kind(_("Claimants"), ("claims.view_claimant",), _claimants, "admin:claims_claimant_changelist"),
    Kind(
        _("Publishers"),
        ("claims.view_publisher",),
        _publishers,
        "admin:claims_publisher_changelist",
    ),
    Kind(_("Reviews by number"), ("claims.view_review", "claims.view_claim"), _reviews),
)
PAGES = _("Pages of the desk")


def searched_by(person: User) -> list[StrOrPromise]:
    """Return what is searched for this person, in words."""
    return [*(kind.title for kind in KINDS if kind.open_to(person)), PAGES]


def find(typed: str, person: User) -> list[Group]:
    """Return what `person` may see of what was typed, by kind; for nothing typed, the pages of the desk.

    One query for each kind but claims, which take two, and claimants, whose other names take one: six at most beside
    those that find out what the person may do.
    """
    typed = " ".join(typed[:LETTERS].replace("\0", "").split())
    pages = Group(PAGES, list(_pages(typed, person)))
    kinds = [kind.group(typed) for kind in KINDS if kind.open_to(person)] if typed else []
    return [group for group in (pages, *kinds) if group.hits]


def _pages(typed: str, person: User) -> Iterator[Hit]:
    words = typed.casefold().split()
    often = [place for place in PLACES if not place.rare]
    rare = [place for place in PLACES if place.rare]
    for hit in (*_places(often, person), *_queues(person), *_places([*ERRANDS, *rare], person)):
        said = f"{hit.label} {hit.detail}".casefold()
        if all(word in said for word in words):
            yield hit


def _places(places: Iterable[Place], person: User) -> Iterator[Hit]:
    for place in places:
        if not place.permission or person.has_perm(place.permission):
            yield Hit(str(place.label), "", reverse(place.url_name))


def _queues(person: User) -> Iterator[Hit]:
    if not person.has_perm("claims.view_review"):
        return
    for queue in REVIEW_QUEUES:
        if queue.needs is None or person.has_perm(f"claims.{queue.needs}"):
            yield Hit(str(queue.title), gettext("Reviews"), queue.url)
