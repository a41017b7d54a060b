"""Appearances: the places where claims were found, over all claims and of one."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.choosing import claimants_known_as
from claims.api.described import APPEARANCE_FILTERS, OF_CLAIM, PART, described
from claims.api.ledger import Parts, members_of
from claims.api.ledger_views import (
    LedgerView,
    Narrow,
    Rows,
    asked_of_claims,
    asked_of_lists,
    asked_of_one,
)
from claims.api.parameters import Parameters
from claims.api.shapes.ledger import AppearanceItemSerializer
from claims.api.shapes.lists import AppearancePageSerializer
from claims.api.shapes.sparse import sparse
from claims.api.then import Then
from claims.models import Appearance
from claims.models.wording import AppearanceQuerySet
from claims.vocabulary import Position


class AppearanceView(LedgerView):
    """An address of appearances."""

    room = "appearances"
    shape = AppearanceItemSerializer
    filters = ("article", "speaker", "position", "withdrawn")

    def rows(self) -> Rows:
        """Return all appearances."""
        return Appearance.objects.all()

    def parts(self) -> Parts:
        """Return how documents tell of appearances."""
        return members_of("appearances")

    def narrowing(self, asked: Parameters) -> Narrow:
        """Return what leaves the appearances that a request asks for."""
        article, speaker = asked.public_id("article"), asked.public_id("speaker")
        position = asked.choice("position", Position.values)
        withdrawn = asked.flag("withdrawn")

        def narrowed(rows: Rows, moment: datetime | None) -> Rows:
            found = cast(AppearanceQuerySet, rows)
            if article:
                found = found.of_article(article)
            if speaker:
                same = claimants_known_as(speaker, Then.asked(moment, None))
                found = found.voiced_by_any(same)
            if position:
                found = found.at_position(position)
            return found if withdrawn is None else found.left(taken_back=withdrawn, until=moment)

        return narrowed


class AppearanceList(AppearanceView):
    """The appearances of the register."""

    @described(
        "listAppearances",
        "List appearances",
        sparse(AppearancePageSerializer),
        parameters=asked_of_lists(AppearanceItemSerializer, [OF_CLAIM, *APPEARANCE_FILTERS]),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the places where listed claims were found, what was recorded last first.

        With `as_of`, they are those that readers could see then, as they stood then.
        """
        return self.answer_all(request)


class ClaimAppearances(AppearanceView):
    """The appearances of one claim."""

    @described(
        "listClaimAppearances",
        "List a claim's appearances",
        sparse(AppearancePageSerializer),
        parameters=asked_of_claims(AppearanceItemSerializer, APPEARANCE_FILTERS),
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return one page of the places where a claim was found, in the order in which they were recorded."""
        return self.answer_of_claim(request, public_id)


class AppearanceDetail(AppearanceView):
    """One appearance."""

    @described(
        "readAppearance",
        "Read an appearance",
        sparse(AppearanceItemSerializer),
        parameters=asked_of_one(AppearanceItemSerializer),
        found_by=PART,
    )
    def get(self, request: Request, part_id: str) -> HttpResponseBase:
        """Return one place where a claim was found, as the document of the claim tells it."""
        return self.answer_one(request, part_id)
