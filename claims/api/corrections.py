"""Corrections: every act by which the register put something right in public."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import languages
from claims.api.answers import ReadOnlyView
from claims.api.described import AS_OF, OF_CLAIM, PAGE_PARAMETERS, described
from claims.api.described_members import expand, fields
from claims.api.ledger import claim_ref, part_id
from claims.api.ledger_views import EXPANSIONS
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.shapes.corrections import CorrectionPageSerializer, CorrectionSerializer
from claims.api.shapes.sparse import sparse
from claims.api.shown import SHOWN, Shown
from claims.api.then import Then
from claims.document_parts import Part
from claims.history.canonical import moment_text
from claims.layout.corrections import correction_of
from claims.layout.words import WITHDRAWN
from claims.models import Claim, HistoryEntry

NEWEST_FIRST = Order(("recorded_at", "pk"), known_by=("claim__public_id", "number"))


class CorrectionList(ReadOnlyView):
    """What the register put right."""

    @described(
        "listCorrections",
        "List corrections",
        sparse(CorrectionPageSerializer),
        parameters=[
            OF_CLAIM,
            AS_OF,
            fields(CorrectionSerializer),
            expand(EXPANSIONS),
            *PAGE_PARAMETERS,
        ],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of corrected verdicts, verdicts taken back, evidence withdrawn and texts removed.

        Those of published claims, what was put right last first; with `as_of`, those of then.
        """
        asked = Parameters(request.query_params, ("claim", "as_of", *SHOWN, *PAGING))
        claim, moment = asked.public_id("claim"), asked.moment("as_of")
        shown = Shown(asked, CorrectionSerializer, expansions=EXPANSIONS)
        pager = Pager(request, asked, NEWEST_FIRST)
        entries = HistoryEntry.objects.corrections()
        if claim:
            entries = entries.of_claims(Claim.objects.known_as(claim))
        if moment:
            entries = entries.recorded_until(moment)
        # 1: the page, each act with its claim's summary; 2 to 6: the summaries of then, if they are asked for
        page = pager.page(entries, lambda one: (one.recorded_at, one.claim.public_id, one.number))
        with languages.as_written():
            parts = [_correction_part(entry) for entry in page.rows]
        if "claim" in shown.expand:
            _expand(parts, page.rows, Then.asked(moment, None))
        return self.answer_page(page, [shown.of(part) for part in parts])


def _correction_part(entry: HistoryEntry) -> Part:
    """Return one act; of a verdict, which status stood before and which stands after it, null where none does."""
    told = correction_of(entry)
    public_id = entry.claim.public_id
    return {
        "id": part_id(public_id, told.number),
        "html_url": told.path,
        "claim": claim_ref(public_id),
        "entry": told.number,
        "act": told.act,
        "act_label": entry.get_act_display(),
        "recorded_at": moment_text(told.at),
        "before": _status(told.before),
        "after": _status(told.after),
        "reason": told.reason or None,
        "reason_code": entry.reason_code or None,
        "source": told.source or None,
    }


def _status(word: str) -> str | None:
    return None if word == WITHDRAWN else word


def _expand(parts: Sequence[Part], entries: Sequence[HistoryEntry], then: Then | None) -> None:
    """Put what lists show, or then showed, of each claim in the place of the reference to it."""
    claims = list({entry.claim_id: entry.claim for entry in entries}.values())
    told = then.summaries(claims) if then else [claim.document.summary for claim in claims]
    summaries = {claim.pk: orjson.loads(text) for claim, text in zip(claims, told, strict=True)}
    for part, entry in zip(parts, entries, strict=True):
        part["claim"] = summaries[entry.claim_id]
