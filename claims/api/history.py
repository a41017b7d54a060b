"""A claim's history: every public act in the order it happened, with the exact bytes that were hashed."""

from __future__ import annotations

from collections.abc import Sequence

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from claims import documents
from claims.api.answers import ReadOnlyView
from claims.api.claims import found
from claims.api.described import AS_OF_ENTRY, DIFFERENCE_PARAMETERS, PAGE_PARAMETERS, described
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NoSuchEntry, NotThen
from claims.api.reasons import Reason
from claims.api.shapes.difference import DifferenceSerializer
from claims.api.shapes.lists import HistoryPageSerializer
from claims.api.then import moment_of
from claims.document_parts import Part, entry_part
from claims.history.state import State, StoodVerdict
from claims.layout.differing import differing
from claims.models import Claim, HistoryEntry, Redaction, Verdict

NOTHING_YET = "Nothing was recorded on this claim by then."
BY_NUMBER = Order(("number",), descending=False)


class ClaimHistory(ReadOnlyView):
    """The history of one claim."""

    @described(
        "readClaimHistory",
        "Read a claim's history",
        HistoryPageSerializer,
        parameters=[AS_OF_ENTRY, *PAGE_PARAMETERS],
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return one page of a claim's history, from the first act on.

        `leaf` holds the exact text that was hashed: `leaf_hash` is the SHA-256 of a zero byte and its UTF-8
        bytes, and the `prev` inside it is the hash of the entry before. `log_index` is the entry's place among
        all public acts (`changes/`).
        """
        asked = Parameters(request.query_params, ("as_of", *PAGING))
        place = asked.place("as_of")
        pager = Pager(request, asked, BY_NUMBER)
        moment = moment_of(public_id, place)
        # 1: the claim
        claim = found(Claim.objects.known_as(public_id), moment)
        entries = HistoryEntry.objects.of_claims([claim]).with_verdict().with_log_index()
        if moment:
            entries = entries.recorded_until(moment)
        # 2: the entries with their verdicts; 3: what has been erased of them
        page = pager.page(entries, lambda entry: (entry.number,))
        results = history_parts(claim, page.rows)
        return self.answer_page(page, results)


class ClaimDifference(ReadOnlyView):
    """What differs between two places in a claim's history."""

    @described(
        "compareClaim",
        "Compare a claim at two places in its history",
        DifferenceSerializer,
        parameters=DIFFERENCE_PARAMETERS,
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return what differs between the documents after two entries, or as of two moments, and the acts between.

        Entries from before the first verdict can be compared, too: they are public since. Values erased by a
        redaction are erased on both sides. `changed` names members of the document by JSON pointer (RFC 6901); texts
        come with the `runs` of words that were `kept`, are `gone` or have `come`.
        """
        asked = Parameters(request.query_params, ("from", "to"))
        asked.needed("from")
        places = asked.place("from") or 0, asked.place("to") or timezone.now()
        asked.check()
        # 1: the claim; 2 to 8: its history, and one more where the claimant was contacted
        claim = found(Claim.objects.known_as(public_id))
        before, after = documents.after_each(claim, *places)
        if before is None or after is None:
            missing = places[0] if before is None else places[1]
            raise NoSuchEntry if isinstance(missing, int) else NotThen(NOTHING_YET)
        if before["head"]["number"] > after["head"]["number"]:
            asked.refuse("from", "must not come after `to`", Reason.COMBINATION)
            asked.check()
        return self.answer_part(differing(before, after))


def history_parts(claim: Claim, entries: Sequence[HistoryEntry]) -> list[Part]:
    """Return how the entries stand in the claim's document, each with its leaf; one query."""
    state = State(claim)
    for entry in entries:
        entry.claim = claim
        verdict: Verdict | None = getattr(entry, "verdict", None)
        if verdict:
            state.verdicts[entry.number] = StoodVerdict(entry, row=verdict, rests_on=())
    mark_redactions(state, entries)
    return [entry_part(state, entry) | _proofs(entry) for entry in entries]


def _proofs(entry: HistoryEntry) -> Part:
    return {"leaf": bytes(entry.leaf).decode(), "log_index": getattr(entry, "log_index", None)}


def mark_redactions(state: State, entries: Sequence[HistoryEntry]) -> None:
    """Note in `state` which values of the entries were erased, and by which act; one query."""
    for tombstone in Redaction.objects.of_entries(entries):
        state.redactions[tombstone.target.number, tombstone.field] = tombstone.entry
