"""What a claim's public document would be if a proposed verdict were approved now: worked out, never written."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from claims import documents
from claims.history.state import State
from claims.models import HistoryEntry, Proposal
from claims.vocabulary import Act
from claims.workflow.verdicts import draft_of, true_cause, verdict_row

NOT_HASHED = b""


def prospect(
    state: State, proposal: Proposal, *, proposed_by: str | None, approved_by: str | None
) -> documents.Document:
    """Return the document with the proposed verdict in force, given by people of these public names.

    It is built by the function that builds every document, from `state` with one more act, which uses `state` up. The
    act has no hash yet: only what is recorded has one.
    """
    chosen = {piece.pk for piece in proposal.evidence.all()}
    numbers = [number for number, piece in state.evidence.items() if piece.row.pk in chosen]
    draft = draft_of(proposal)
    row = verdict_row(draft, proposal.wording, cause=true_cause(draft, state))
    row.proposed_by_name = proposed_by
    row.entry = entry = HistoryEntry(
        claim=state.claim,
        number=len(state.entries) + 1,
        act=Act.VERDICT_GIVEN,
        recorded_at=_next_moment(state),
        by_name=approved_by,
        leaf_hash=NOT_HASHED,
    )
    state.apply(entry, [row], rests_on=tuple(numbers))
    return documents.build(state)


def _next_moment(state: State) -> datetime:
    now = timezone.now()
    return max(now, state.head.recorded_at + timedelta(microseconds=1)) if state.head else now
