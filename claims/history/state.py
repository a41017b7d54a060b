"""What a claim's entries add up to: the state that documents show and rules judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from claims.models import (
    Appearance,
    Claim,
    Contact,
    Evidence,
    HistoryEntry,
    LedgerRow,
    Redaction,
    Verdict,
    Wording,
)
from claims.vocabulary import Act, Stance


@dataclass(slots=True)
class Stood:
    """A row in the history: the entry that brought it, and the entry that took it back, if any."""

    entry: HistoryEntry
    ended: HistoryEntry | None = None

    @property
    def stands(self) -> bool:
        """Whether nothing took it back."""
        return self.ended is None


@dataclass(slots=True)
class StoodAppearance(Stood):
    """A place where the claim was found, and its fate."""

    row: Appearance = field(kw_only=True)


@dataclass(slots=True)
class StoodEvidence(Stood):
    """A piece of evidence and its fate."""

    row: Evidence = field(kw_only=True)


@dataclass(slots=True)
class StoodContact(Stood):
    """One entry on a contact with the claimant: `ended` by the next on the same contact, which `first` recorded."""

    row: Contact = field(kw_only=True)

    @property
    def first(self) -> int:
        """The number of the entry that first recorded the contact."""
        return self.entry.about or self.entry.number


@dataclass(slots=True)
class StoodVerdict(Stood):
    """A verdict, its fate, and the entry numbers of the evidence it rests on."""

    row: Verdict = field(kw_only=True)
    rests_on: tuple[int, ...] = field(kw_only=True)

    @property
    def effective_on(self) -> date:
        """The day in the world's time from which the verdict holds."""
        return self.entry.effective_on or self.entry.recorded_at.date()


@dataclass(slots=True)
class State:
    """A claim as the register knew it after some number of entries."""

    claim: Claim
    entries: list[HistoryEntry] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    appearances: dict[int, StoodAppearance] = field(default_factory=dict)
    evidence: dict[int, StoodEvidence] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    contacts: dict[int, StoodContact] = field(default_factory=dict)
    verdicts: dict[int, StoodVerdict] = field(default_factory=dict)
    redactions: dict[tuple[int, str], HistoryEntry] = field(default_factory=dict)
    merged_into: Claim | None = None
    discarded: HistoryEntry | None = None
    verdict: StoodVerdict | None = None
    status_since: datetime | None = None
    published_at: datetime | None = None

    @property
    def head(self) -> HistoryEntry | None:
        """The last entry."""
        return self.entries[-1] if self.entries else None

    @property
    def wording(self) -> Wording:
        """The wording in force."""
        return self.wordings[-1]

    @property
    def status(self) -> str | None:
        """What the last verdict act says: a status, or nothing when it voided one."""
        return self.verdict.row.status if self.verdict else None

    def verdict_on(self, day: date) -> StoodVerdict | None:
        """Return the verdict that held on `day` in the world's time, as far as is known.

        It is the last that had taken effect. One that was voided leaves a gap: it was wrong, and the one before it
        had been superseded, so neither is said to have held.
        """
        effective = [one for one in self.verdicts.values() if one.effective_on <= day]
        last = max(effective, key=lambda one: (one.effective_on, one.entry.number), default=None)
        return last if last and last.stands else None

    def withdrawn_beneath(self, verdict: StoodVerdict) -> list[int]:
        """Return the entry numbers of the evidence that `verdict` rests on and that was withdrawn since."""
        return [number for number in verdict.rests_on if number in self.withdrawn]

    def current_contacts(self) -> list[StoodContact]:
        """Return of each contact with the claimant what was recorded last."""
        return [one for one in self.contacts.values() if one.stands]

    def standing_appearances(self) -> list[StoodAppearance]:
        """Return the places that were not withdrawn."""
        return [place for place in self.appearances.values() if place.stands]

    def standing_evidence(self, *stances: Stance) -> list[StoodEvidence]:
        """Return the evidence that was not withdrawn, of the given stances or of all."""
        return [
            piece
            for piece in self.evidence.values()
            if piece.stands and (not stances or piece.row.stance in stances)
        ]

    def apply(
        self,
        entry: HistoryEntry,
        rows: Iterable[LedgerRow],
        *,
        rests_on: tuple[int, ...] = (),
        redactions: Iterable[Redaction] = (),
    ) -> None:
        """Take the next entry in."""
        self.entries.append(entry)
        for row in rows:
            self._take(row, entry, rests_on)
        for redaction in redactions:
            self.redactions[redaction.target.number, redaction.field] = redaction.entry
        self._take_back(entry)

    def _take_back(self, entry: HistoryEntry) -> None:
        if entry.act == Act.EVIDENCE_WITHDRAWN and entry.about is not None:
            self.withdrawn.add(entry.about)
            self.evidence[entry.about].ended = entry
        elif entry.act == Act.APPEARANCE_WITHDRAWN and entry.about is not None:
            self.appearances[entry.about].ended = entry
        elif entry.act == Act.VERDICT_VOIDED and entry.about is not None:
            self.verdicts[entry.about].ended = entry
            self.verdict, self.status_since = None, entry.recorded_at
        elif entry.act == Act.CLAIM_MERGED:
            self.merged_into = entry.other_claim
        elif entry.act == Act.CLAIM_DISCARDED:
            self.discarded = entry

    def _take(self, row: LedgerRow, entry: HistoryEntry, rests_on: tuple[int, ...]) -> None:
        if isinstance(row, Wording):
            self.wordings.append(row)
        elif isinstance(row, Appearance):
            self.appearances[entry.number] = StoodAppearance(entry, row=row)
        elif isinstance(row, Evidence):
            self.evidence[entry.number] = StoodEvidence(entry, row=row)
        elif isinstance(row, Contact):
            self._take_contact(StoodContact(entry, row=row))
        elif isinstance(row, Verdict):
            self._take_verdict(StoodVerdict(entry, row=row, rests_on=rests_on))
        else:
            raise TypeError(f"{type(row).__name__} is not part of a claim's history")

    def _take_contact(self, one: StoodContact) -> None:
        for earlier in self.contacts.values():
            if earlier.stands and earlier.first == one.first:
                earlier.ended = one.entry
        self.contacts[one.entry.number] = one

    def _take_verdict(self, one: StoodVerdict) -> None:
        entry, previous = one.entry, self.status if self.verdict else None
        self.verdict = self.verdicts[entry.number] = one
        if previous != one.row.status:
            self.status_since = entry.recorded_at
        self.published_at = self.published_at or entry.recorded_at
