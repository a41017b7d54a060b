"""Verdicts: every one that was ever given in public, over all claims and of one, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.described import OF_CLAIM, PART, VERDICT_FILTERS, described
from claims.api.ledger import Parts, verdict_parts
from claims.api.ledger_views import (
    LedgerView,
    Narrow,
    Rows,
    asked_of_claims,
    asked_of_lists,
    asked_of_one,
)
from claims.api.parameters import Parameters
from claims.api.shapes.ledger import VerdictItemSerializer
from claims.api.shapes.lists import VerdictPageSerializer
from claims.api.shapes.sparse import sparse
from claims.models import Verdict
from claims.models.verdict import VerdictQuerySet
from claims.vocabulary import Cause, VerificationStatus


class VerdictView(LedgerView):
    """An address of verdicts."""

    room = "verdicts"
    shape = VerdictItemSerializer
    filters = ("status", "cause", "voided")

    def rows(self) -> Rows:
        """Return all verdicts."""
        return Verdict.objects.all()

    def parts(self) -> Parts:
        """Return how documents told of verdicts."""
        return verdict_parts

    def narrowing(self, asked: Parameters) -> Narrow:
        """Return what leaves the verdicts that a request asks for."""
        status = asked.choice("status", VerificationStatus.values)
        cause, voided = asked.choice("cause", Cause.values), asked.flag("voided")

        def narrowed(rows: Rows, moment: datetime | None) -> Rows:
            found = cast(VerdictQuerySet, rows)
            if status:
                found = found.of_status(status)
            if cause:
                found = found.of_cause(cause)
            return found if voided is None else found.left(taken_back=voided, until=moment)

        return narrowed


class VerdictList(VerdictView):
    """The verdicts of the register."""

    @described(
        "listVerdicts",
        "List verdicts",
        sparse(VerdictPageSerializer),
        parameters=asked_of_lists(VerdictItemSerializer, [OF_CLAIM, *VERDICT_FILTERS]),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the verdicts on listed claims, in force or not, what was recorded last first.

        With `as_of`, they are those that readers could see then, and what had become of them by then.
        """
        return self.answer_all(request)


class ClaimVerdicts(VerdictView):
    """The verdicts of one claim."""

    @described(
        "listClaimVerdicts",
        "List a claim's verdicts",
        sparse(VerdictPageSerializer),
        parameters=asked_of_claims(VerdictItemSerializer, VERDICT_FILTERS),
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return one page of the verdicts that a claim was given, the first one first."""
        return self.answer_of_claim(request, public_id)


class VerdictDetail(VerdictView):
    """One verdict."""

    @described(
        "readVerdict",
        "Read a verdict",
        sparse(VerdictItemSerializer),
        parameters=asked_of_one(VerdictItemSerializer),
        found_by=PART,
    )
    def get(self, request: Request, part_id: str) -> HttpResponseBase:
        """Return one verdict as the document of its time told it, and what became of it."""
        return self.answer_one(request, part_id)
