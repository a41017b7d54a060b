"""What the addresses of evidence, appearances and verdicts have in common: of all claims, of one, and a thing alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.claims import found
from claims.api.described import AS_OF, AS_OF_ENTRY, PAGE_PARAMETERS
from claims.api.described_members import expand, fields
from claims.api.ledger import Parts, items_of
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NotThen
from claims.api.shown import SHOWN, Shape, Shown
from claims.api.then import Then, moment_of
from claims.models import Claim
from claims.models.ledger_reads import OfClaimsQuerySet

Rows = OfClaimsQuerySet[Any]
Narrow = Callable[[Rows, datetime | None], Rows]
EXPANSIONS = ("claim",)
NAME = ("claim__public_id", "entry__number")
LAST_FIRST = Order(("pk",), known_by=NAME)
FIRST_FIRST = Order(("pk",), descending=False, known_by=NAME)
NOT_RECORDED = "This was not recorded then, or its claim was not published."


def asked_of_lists(shape: Shape, filters: Sequence[OpenApiParameter]) -> list[OpenApiParameter]:
    """Describe what the list over all claims may be asked for."""
    return [*filters, AS_OF, fields(shape), expand(EXPANSIONS), *PAGE_PARAMETERS]


def asked_of_claims(shape: Shape, filters: Sequence[OpenApiParameter]) -> list[OpenApiParameter]:
    """Describe what the list of one claim may be asked for."""
    return [*filters, *asked_of_one(shape), *PAGE_PARAMETERS]


def asked_of_one(shape: Shape) -> list[OpenApiParameter]:
    """Describe what a thing alone may be asked for."""
    return [AS_OF_ENTRY, fields(shape), expand(EXPANSIONS)]


class LedgerView(ReadOnlyView):
    """An address of things that belong to claims and were brought by entries of their histories."""

    room: ClassVar[str]
    shape: ClassVar[Shape]
    filters: ClassVar[tuple[str, ...]]

    def rows(self) -> Rows:
        """Return all things of this kind."""
        raise Http404

    def parts(self) -> Parts:
        """Return how things of this kind are told."""
        raise Http404

    def narrowing(self, asked: Parameters) -> Narrow:
        """Return what leaves the things that a request asks for, given the moment it asks about."""
        raise Http404

    def answer_all(self, request: Request) -> HttpResponseBase:
        """Return one page over all listed claims, what was recorded last first."""
        allowed = ("claim", *self.filters, "as_of", *SHOWN, *PAGING)
        asked = Parameters(request.query_params, allowed)
        moment, claim = asked.moment("as_of"), asked.public_id("claim")
        narrowed = self.narrowing(asked)
        shown = Shown(asked, self.shape, expansions=EXPANSIONS)
        pager = Pager(request, asked, LAST_FIRST)
        rows = self.rows().listed_by(moment) if moment else self.rows().of_listed()
        rows = rows.on_claim(claim) if claim else rows
        return self._page(pager, narrowed(rows, moment), Then.asked(moment, None), shown)

    def answer_of_claim(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return one page of what one claim has, in the order of its history."""
        asked = Parameters(request.query_params, (*self.filters, "as_of", *SHOWN, *PAGING))
        place, narrowed = asked.place("as_of"), self.narrowing(asked)
        shown = Shown(asked, self.shape, expansions=EXPANSIONS)
        pager = Pager(request, asked, FIRST_FIRST)
        moment = moment_of(public_id, place)
        found(Claim.objects.known_as(public_id), moment)
        rows = self.rows().known_by(moment) if moment else self.rows().of_published()
        rows = narrowed(rows.on_claim(public_id), moment)
        return self._page(pager, rows, Then.asked(moment, None), shown)

    def answer_one(self, request: Request, part_id: str) -> HttpResponseBase:
        """Return one thing."""
        asked = Parameters(request.query_params, ("as_of", *SHOWN))
        place, shown = asked.place("as_of"), Shown(asked, self.shape, expansions=EXPANSIONS)
        asked.check()
        public_id, number = part_id.split("-")
        moment = moment_of(public_id, place)
        rows = self.rows().on_claim(public_id).numbered(int(number))
        places = list((rows.known_by(moment) if moment else rows.of_published()).places())
        if not places and moment and rows.of_published().exists():
            raise NotThen(NOT_RECORDED)
        if not places:
            raise Http404
        [item] = self._items(places, Then.asked(moment, None), shown)
        return self.answer_part(item)

    def _page(self, pager: Pager, rows: Rows, then: Then | None, shown: Shown) -> HttpResponseBase:
        page = pager.page(rows.places(), lambda row: row[1:3])
        return self.answer_page(page, self._items(page.rows, then, shown))

    def _items(self, places: Sequence[Any], then: Then | None, shown: Shown) -> list[Any]:
        base = base_of(self.request)
        return items_of(places, self.parts(), self.room, base=base, then=then, shown=shown)
