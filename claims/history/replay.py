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
from claims.models.compiled import Compiled
from claims.models.compiled_rows import CompiledRows
from claims.models.entry import VERDICTS
from claims.vocabulary import Act

ENTRIES = CompiledRows[HistoryEntry](
    HistoryEntry, lambda claim: HistoryEntry.objects.filter(claim=claim).in_order()
)
WORDINGS = CompiledRows[Wording](
    Wording, lambda claim: Wording.objects.filter(claim=claim).select_related("claimant")
)
APPEARANCES = CompiledRows[Appearance](
    Appearance,
    lambda claim: (
        Appearance.objects.filter(claim=claim)
        .select_related("article", "speaker")
        .defer("article__text")  # of which a claim quotes a line
    ),
)
EVIDENCE = CompiledRows[Evidence](
    Evidence, lambda claim: Evidence.objects.filter(claim=claim).select_related("publisher")
)
GIVEN = CompiledRows[Verdict](Verdict, lambda claim: Verdict.objects.filter(claim=claim))
CONTACTS = CompiledRows[Contact](Contact, lambda claim: Contact.objects.filter(claim=claim))
RESTS_ON = Compiled[tuple[int, int]](
    VerdictEvidence,
    lambda claim: VerdictEvidence.objects.filter(verdict__claim=claim).values_list(
        "verdict_id", "evidence_id"
    ),
    kinds=(int,),
)
TOMBSTONES = CompiledRows[Redaction](
    Redaction,
    lambda claim: Redaction.objects.filter(entry__claim=claim).select_related("entry", "target"),
)
_ENTRY_CLAIM = HistoryEntry._meta.get_field("claim")
_ENTRY_OTHER_CLAIM = HistoryEntry._meta.get_field("other_claim")


def replay(claim: Claim, *, until: datetime | None = None) -> State:
    """Return the state of `claim` after the last entry recorded at or before `until`, or after all.

    Five queries, whatever the length of the history, and one more each where there was a verdict, where the claimant
    was contacted, where another claim was merged with this one and where something was erased. Values erased by a
    redaction are erased at every moment: a redaction removes a value, never the fact that it existed.
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
    stored = ENTRIES.rows(claim.pk)
    acts = {entry.act for entry in stored}
    for entry in stored:
        _ENTRY_CLAIM.set_cached_value(entry, claim)
    _fetch_others(stored)
    entries = {entry.pk: entry for entry in stored if until is None or entry.recorded_at <= until}
    rows = _rows_by_entry(claim, entries, contacted=Act.CLAIMANT_CONTACTED in acts)
    rests_on = _rests_on(claim, entries) if acts.intersection(VERDICTS) else {}
    erased = TOMBSTONES.rows(claim.pk) if Act.TEXT_REDACTED in acts else []
    return Record(claim, entries, rows, rests_on, erased)


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


def _fetch_others(entries: list[HistoryEntry]) -> None:
    """Give the entries of mergers the other claim; hardly any claim has one."""
    keys = {entry.other_claim_id for entry in entries if entry.other_claim_id is not None}
    others = Claim.objects.in_bulk(keys) if keys else {}
    for entry in entries if keys else ():
        _ENTRY_OTHER_CLAIM.set_cached_value(entry, others.get(entry.other_claim_id))


def _rows_by_entry(
    claim: Claim, entries: dict[int, HistoryEntry], *, contacted: bool
) -> dict[int, list[LedgerRow]]:
    """Return the typed rows of each entry."""
    rows: dict[int, list[LedgerRow]] = defaultdict(list)
    wordings = {row.pk: row for row in WORDINGS.rows(claim.pk)}
    others = (*APPEARANCES.rows(claim.pk), *EVIDENCE.rows(claim.pk), *GIVEN.rows(claim.pk))
    contacts = CONTACTS.rows(claim.pk) if contacted else ()
    for row in (*wordings.values(), *others, *contacts):
        if entry := entries.get(row.entry_id):
            brought_by = row._meta.get_field("entry")
            brought_by.set_cached_value(row, entry)
            brought_by.remote_field.set_cached_value(entry, row)
            rows[row.entry_id].append(row)
        if isinstance(row, Verdict) and row.wording_id in wordings:
            row.wording = wordings[row.wording_id]
    return rows


def _rests_on(claim: Claim, entries: dict[int, HistoryEntry]) -> dict[int, tuple[int, ...]]:
    """Return of each verdict the numbers of the evidence it rests on."""
    found: dict[int, list[int]] = defaultdict(list)
    for verdict_pk, evidence_pk in RESTS_ON.rows(claim.pk):
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
