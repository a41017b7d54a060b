"""Reading the record back: a claim's state as the register knew it at any moment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from claims.history.state import State
from claims.models import (
    Appearance,
    Claim,
    Contact,
    Evidence,
    HistoryEntry,
    LedgerRow,
    Redaction,
    Verdict,
    VerdictEvidence,
    Wording,
)
from claims.vocabulary import Act


def replay(claim: Claim, *, until: datetime | None = None) -> State:
    """Return the state of `claim` after the last entry recorded at or before `until`, or after all.

    Seven queries, whatever the length of the history, and one more where the claimant was contacted. Values erased by
    a redaction are erased at every moment: a redaction removes a value, never the fact that it existed.
    """
    return state_of(read(claim, until=until))


@dataclass(frozen=True, slots=True)
class Record:
    """What is stored of a claim's history: its entries in order, and by the entry's key what belongs to each.

    `rests_on` holds the numbers of the entries whose evidence a verdict rests on.
    """

    claim: Claim
    entries: dict[int, HistoryEntry]
    rows: dict[int, list[LedgerRow]]
    rests_on: dict[int, tuple[int, ...]]
    tombstones: list[Redaction]


def read(claim: Claim, *, until: datetime | None = None) -> Record:
    """Return what is stored of the history of `claim`, after the last entry by `until`, or after all."""
    stored = HistoryEntry.objects.filter(claim=claim).select_related("other_claim").in_order()
    if until is not None:
        stored = stored.recorded_until(until)
    entries = {entry.pk: entry for entry in stored}
    for entry in entries.values():
        entry.claim = claim
    rows, rests_on = _rows_by_entry(claim, entries)
    erased = Redaction.objects.filter(entry__claim=claim).select_related("entry", "target")
    return Record(claim, entries, rows, rests_on, list(erased))


def cut(record: Record, moment: datetime) -> Record:
    """Return what was stored by `moment` of a record that goes on longer."""
    known = {pk: entry for pk, entry in record.entries.items() if entry.recorded_at <= moment}
    return replace(record, entries=known)


def state_of(record: Record) -> State:
    """Fold what was read into a state."""
    state = State(record.claim)
    tombstones = _redactions_by_entry(record)
    for pk, entry in record.entries.items():
        state.apply(
            entry,
            record.rows.get(pk, ()),
            rests_on=record.rests_on.get(pk, ()),
            redactions=tombstones[pk],
        )
    return state


def _rows_by_entry(
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
    asked = any(entry.act == Act.CLAIMANT_CONTACTED for entry in entries.values())
    contacts = Contact.objects.filter(claim=claim) if asked else ()
    for row in (*wordings.values(), *appearances, *evidence, *verdicts, *contacts):
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


def _redactions_by_entry(record: Record) -> dict[int, list[Redaction]]:
    """Return every tombstone of the claim under the entry that set it.

    Tombstones set after the moment asked for go under the entry they erased something of, because the
    value is gone at that moment too.
    """
    found: dict[int, list[Redaction]] = defaultdict(list)
    for redaction in record.tombstones:
        known = redaction.entry_id in record.entries
        home = redaction.entry_id if known else redaction.target_id
        found[home].append(redaction)
    return found
