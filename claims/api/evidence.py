"""Evidence: the sources for and against claims, over all claims and of one."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.choosing import publisher_known_as
from claims.api.described import EVIDENCE_FILTERS, OF_CLAIM, PART, described
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
from claims.api.shapes.ledger import EvidenceItemSerializer
from claims.api.shapes.lists import EvidencePageSerializer
from claims.api.shapes.sparse import sparse
from claims.models import Evidence
from claims.models.evidence import EvidenceQuerySet
from claims.vocabulary import EvidenceKind, Stance


class EvidenceView(LedgerView):
    """An address of evidence."""

    room = "evidence"
    shape = EvidenceItemSerializer
    filters = ("stance", "kind", "publisher", "primary", "withdrawn")

    def rows(self) -> Rows:
        """Return all evidence."""
        return Evidence.objects.all()

    def parts(self) -> Parts:
        """Return how documents tell of evidence."""
        return members_of("evidence")

    def narrowing(self, asked: Parameters) -> Narrow:
        """Return what leaves the evidence that a request asks for."""
        stance, kind = (
            asked.choice("stance", Stance.values),
            asked.choice("kind", EvidenceKind.values),
        )
        publisher, primary = asked.public_id("publisher"), asked.flag("primary")
        withdrawn = asked.flag("withdrawn")

        def narrowed(rows: Rows, moment: datetime | None) -> Rows:
            found = cast(EvidenceQuerySet, rows)
            if stance:
                found = found.of_stance(stance)
            if kind:
                found = found.of_kind(kind)
            if publisher:
                known = publisher_known_as(publisher)
                found = found.by_publisher(known) if known else found.none()
            if primary is not None:
                found = found.from_primary_sources(only=primary)
            return found if withdrawn is None else found.left(taken_back=withdrawn, until=moment)

        return narrowed


class EvidenceList(EvidenceView):
    """The evidence of the register."""

    @described(
        "listEvidence",
        "List evidence",
        sparse(EvidencePageSerializer),
        parameters=asked_of_lists(EvidenceItemSerializer, [OF_CLAIM, *EVIDENCE_FILTERS]),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the evidence on listed claims, standing and withdrawn, what was recorded last first.

        With `as_of`, it is the evidence that readers could see then, as it stood then.
        """
        return self.answer_all(request)


class ClaimEvidence(EvidenceView):
    """The evidence of one claim."""

    @described(
        "listClaimEvidence",
        "List a claim's evidence",
        sparse(EvidencePageSerializer),
        parameters=asked_of_claims(EvidenceItemSerializer, EVIDENCE_FILTERS),
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return one page of the evidence on a claim, in the order in which it was recorded."""
        return self.answer_of_claim(request, public_id)


class EvidenceDetail(EvidenceView):
    """One piece of evidence."""

    @described(
        "readEvidence",
        "Read a piece of evidence",
        sparse(EvidenceItemSerializer),
        parameters=asked_of_one(EvidenceItemSerializer),
        found_by=PART,
    )
    def get(self, request: Request, part_id: str) -> HttpResponseBase:
        """Return one piece of evidence, whether it stands or was withdrawn, as the document of its claim tells it."""
        return self.answer_one(request, part_id)
