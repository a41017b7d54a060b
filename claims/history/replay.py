"""Reading the record back: a claim's state as the register knew it at any moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from claims.history.state import State
from claims.models import (
    Appearance,
    Claim,
    Evidence,
    HistoryEntry,
    LedgerRow,
    Redaction,
    Verdict,
    VerdictEvidence,
    Wording,
)


def replay(claim: Claim, *, until: datetime | None = None) -> State:
    """Return the state of `claim` after the last entry recorded at or before `until`, or after all.

    Seven queries, whatever the length of the history. Values erased by a redaction are erased at every moment:
    a redaction removes a value, never the fact that it existed.
    """
    entries = HistoryEntry.objects.filter(claim=claim).select_related("other_claim").in_order()
    if until is not None:
        entries = entries.recorded_until(until)
    return state_of(claim, entries)


def state_of(claim: Claim, entries: Iterable[HistoryEntry]) -> State:
    """Fold `entries`, given in order, into a state."""
    by_pk = {entry.pk: entry for entry in entries}
    for entry in by_pk.values():
        entry.claim = claim
    state = State(claim)
    rows, rests_on = rows_by_entry(claim, by_pk)
    tombstones = _redactions_by_entry(claim, by_pk)
    for pk, entry in by_pk.items():
        state.apply(
            entry, rows.get(pk, ()), rests_on=rests_on.get(pk, ()), redactions=tombstones[pk]
        )
    return state


def rows_by_entry(
    claim: Claim, entries: dict[int, HistoryEntry]
) -> tuple[dict[int, list[LedgerRow]], dict[int, tuple[int, ...]]]:
    """Return the typed rows of each entry, and for verdicts the numbers of the evidence they rest on."""
    rows: dict[int, list[LedgerRow]] = defaultdict(list)
    wordings = {
        row.pk: row for row in Wording.objects.filter(claim=claim).select_related("claimant")
    }
    appearances = Appearance.objects.filter(claim=claim).select_related("article", "speaker")
    evidence = Evidence.objects.filter(claim=claim).select_related("publisher")
    verdicts = Verdict.objects.filter(claim=claim)
    for row in (*wordings.values(), *appearances, *evidence, *verdicts):
        if row.pk in entries:
            row.entry = entries[row.pk]
            rows[row.pk].append(row)
        if isinstance(row, Verdict) and row.wording_id in wordings:
            row.wording = wordings[row.wording_id]
    return rows, _rests_on(claim, entries)


def _rests_on(claim: Claim, entries: dict[int, HistoryEntry]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    links = VerdictEvidence.objects.filter(verdict__claim=claim)
    for verdict_pk, evidence_pk in links.values_list("verdict_id", "evidence_id"):
        if verdict_pk in entries and evidence_pk in entries:
            found[verdict_pk].append(entries[evidence_pk].number)
    return {pk: tuple(sorted(numbers)) for pk, numbers in found.items()}


def _redactions_by_entry(
    claim: Claim, entries: dict[int, HistoryEntry]
) -> dict[int, list[Redaction]]:
    """Return every tombstone of the claim under the entry that set it.

    Tombstones set after the moment asked for go under the entry they erased something of, because the
    value is gone at that moment too.
    """
    found: dict[int, list[Redaction]] = defaultdict(list)
    for redaction in Redaction.objects.filter(entry__claim=claim).select_related("entry", "target"):
        home = redaction.entry_id if redaction.entry_id in entries else redaction.target_id
        found[home].append(redaction)
    return found
