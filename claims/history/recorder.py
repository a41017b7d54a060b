"""The one door: the only code that writes history.

A recorder lives inside one transaction that holds the claim's lock. It numbers, stamps, salts, hashes and
chains entries in memory, and writes them all with their rows when the act ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.history import many
from claims.history.canonical import hash_of_leaf
from claims.history.clock import BEING_REBUILT, CLOCK_SKEW, NOT_NOW
from claims.history.leaves import leaf_of, salt_values
from claims.history.replay import replay
from claims.history.sealing import seal_act
from claims.history.state import State
from claims.models import (
    Appearance,
    Claim,
    Contact,
    Evidence,
    HistoryEntry,
    LedgerRow,
    Redaction,
    User,
    Verdict,
    VerdictEvidence,
    Wording,
)
from claims.models.compiled_rows import CompiledRows
from claims.models.made import made
from claims.vocabulary import Act

LOCKED = CompiledRows[Claim](
    Claim, lambda key: Claim.objects.select_for_update(of=("self",)).filter(pk=key)
)
ROW_ORDER: tuple[type[LedgerRow], ...] = (
    Wording,
    Appearance,
    Evidence,
    Verdict,
    Contact,
)


class ClockBehindError(ValidationError):
    """The server's clock is behind the last entry: nothing may be recorded until it is right."""


class ClocksDisagreeError(ValidationError):
    """The server's clock is not the database's: nothing may be recorded until one of them is right."""


class WrittenTooLateError(ValidationError):
    """What was recorded in memory reached the database too late to be stamped with the present."""


class BeingRebuiltError(ValidationError):
    """The register takes the entries of an export alone until it is rebuilt."""


@dataclass(slots=True)
class Pending:
    """What was recorded and is not yet written."""

    entries: list[HistoryEntry] = field(default_factory=list)
    rows: list[LedgerRow] = field(default_factory=list)
    links: list[tuple[Verdict, Evidence]] = field(default_factory=list)
    redactions: list[Redaction] = field(default_factory=list)


class Recorder:
    """Writes entries on one claim, whose lock the caller holds."""

    def __init__(self, claim: Claim, *, by: User, state: State) -> None:
        self.claim = claim
        self.by = by
        self.state = state
        self.pending = Pending()
        self.before = len(state.entries)
        self.read = dict(claim.__dict__)  # as it was when the act began

    @property
    def added(self) -> list[HistoryEntry]:
        """What was recorded, written or not."""
        return self.state.entries[self.before :]

    def record(
        self,
        act: Act,
        *rows: LedgerRow,
        note: str = "",
        about: int | None = None,
        effective_on: date | None = None,
        other_claim: Claim | None = None,
        rests_on: Sequence[Evidence] = (),
        reason_code: str = "",
        redactions: Sequence[Redaction] = (),
    ) -> HistoryEntry:
        """Add the next entry and the rows it is about; they are written by `write`.

        Raises ClockBehindError when the server's clock is behind the claim's last entry.
        """
        entry = made(
            HistoryEntry,
            claim=self.claim,
            number=self.claim.head_number + 1,
            act=act,
            recorded_at=self._next_moment(),
            effective_on=effective_on,
            about=about,
            other_claim=other_claim,
            reason_code=reason_code,
            by=self.by,
            by_name=self.by.public_name,
            note=note,
            prev_hash=bytes(self.claim.head_hash),
        )
        self._seal(entry, rows, rests_on, redactions)
        return entry

    def _seal(
        self,
        entry: HistoryEntry,
        rows: Sequence[LedgerRow],
        rests_on: Sequence[Evidence],
        redactions: Sequence[Redaction],
    ) -> None:
        salt_values(entry)
        for row in rows:
            salt_values(row)
            row.entry, row.claim = entry, self.claim
            if isinstance(row, Evidence) and not row.origin:
                row.origin = entry.number
        for redaction in redactions:
            redaction.entry = entry
        numbers = tuple(sorted(piece.entry.number for piece in rests_on))
        digests = [bytes(redaction.digest) for redaction in redactions]
        entry.leaf = leaf_of(entry, rows, rests_on=numbers, redacts=digests)
        entry.leaf_hash = hash_of_leaf(entry.leaf)
        self.claim.head_number = entry.number
        self.claim.head_hash = entry.leaf_hash
        self.claim.head_at = entry.recorded_at
        self._keep(entry, rows, rests_on, redactions)
        self.state.apply(entry, rows, rests_on=numbers, redactions=redactions)

    def _keep(
        self,
        entry: HistoryEntry,
        rows: Sequence[LedgerRow],
        rests_on: Sequence[Evidence],
        redactions: Sequence[Redaction],
    ) -> None:
        self.pending.entries.append(entry)
        self.pending.rows.extend(rows)
        self.pending.redactions.extend(redactions)
        self.pending.links.extend(
            (row, piece) for row in rows if isinstance(row, Verdict) for piece in rests_on
        )

    def _next_moment(self) -> datetime:
        now, last = timezone.now(), self.claim.head_at
        if last is None or now > last:
            return now
        if last - now > CLOCK_SKEW:
            raise ClockBehindError(
                _(
                    "The server's clock is behind this claim's last entry. Nothing was recorded; "
                    "an operator must set the clock right."
                )
            )
        return last + timedelta(microseconds=1)


def write(recorders: Sequence[Recorder]) -> None:
    """Write what the recorders hold: the entries first, then the rows they are about, table by table.

    An entry's moment must be the present when it is written, so nobody records more at a time than is written
    within a second or two. Raises WrittenTooLateError when that took longer than the database lets pass, and
    ClocksDisagreeError when the database has another time.
    """
    pending = [recorder.pending for recorder in recorders]
    entries = [entry for one in pending for entry in one.entries]
    with _moments_accepted(entries):
        many.insert(HistoryEntry, entries)
    rows = [row for one in pending for row in one.rows]
    for model in ROW_ORDER:
        if some := [row for row in rows if type(row) is model]:
            many.insert(model, some)
    links = [(verdict.pk, piece.pk) for one in pending for verdict, piece in one.links]
    many.write(VerdictEvidence, links, keyed=False)
    redactions = [redaction for one in pending for redaction in one.redactions]
    if redactions:
        Redaction.objects.bulk_create(redactions)
        erase(redactions)
    if public := [entry for recorder in recorders for entry in newly_public(recorder)]:
        seal_act(public)
    for recorder in recorders:
        recorder.pending = Pending()


def newly_public(recorder: Recorder) -> Sequence[HistoryEntry]:
    """Return which entries readers did not know before what the recorder holds: none of an unpublished claim.

    When the first verdict makes a claim public, all that came before it becomes known at once.
    """
    published_at, entries = recorder.state.published_at, recorder.pending.entries
    if published_at is None or not entries:
        return ()
    return recorder.state.entries if published_at >= entries[0].recorded_at else entries


@contextmanager
def _moments_accepted(entries: Sequence[HistoryEntry]) -> Iterator[None]:
    """Say what is wrong where the database only says that its guard refused the moment of an entry."""
    try:
        yield
    except IntegrityError as error:
        if BEING_REBUILT in str(error):
            told = _("This register is being rebuilt from an export. Nothing was recorded.")
            raise BeingRebuiltError(told) from error
        if NOT_NOW not in str(error):
            raise
        allowed = {"seconds": CLOCK_SKEW.seconds}
        if timezone.now() - entries[0].recorded_at > CLOCK_SKEW:
            told = _(
                "The database took more than %(seconds)d seconds to take this in. Nothing was recorded; "
                "try again when it is less busy."
            )
            raise WrittenTooLateError(told % allowed) from error
        told = _(
            "The clocks of the server and of the database are more than %(seconds)d seconds apart. "
            "Nothing was recorded; an operator must set them right."
        )
        raise ClocksDisagreeError(told % allowed) from error


def erase(redactions: Iterable[Redaction]) -> None:
    """Null each redacted value and its salt; the database allows it only behind its tombstone."""
    for redaction in redactions:
        key, _, column = redaction.field.rpartition(".")
        model = next((row for row in ROW_ORDER if key == row.KEY), HistoryEntry)
        rows = model._default_manager.filter(pk=redaction.target_id)
        rows.update(**{column: None, f"{column}_salt": None})


def locked(claim: Claim) -> Claim:
    """Return `claim` freshly read under its lock; the caller is inside a transaction.

    On SQLite the transaction itself (BEGIN IMMEDIATE) is the lock.
    """
    return LOCKED.get(claim.pk)


def recorder_for(claim: Claim, *, by: User) -> Recorder:
    """Return the recorder of a locked claim, its state read from the record."""
    state = replay(claim) if claim.head_number else State(claim)
    return Recorder(claim, by=by, state=state)
