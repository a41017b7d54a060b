"""Bringing statements in, whatever format they were read from: batch by batch, each row once, each with its outcome.

Rows that say the same words by the same name are one claim, be they of one source or of several, or of the register
already: what they bring is added to it. All else stays apart, and what is merely like another claim is said to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from claims.desk_vocabulary import RowOutcome
from claims.history.recorder import WrittenTooLateError
from claims.interop.statements import Fault, Row, Statement, folded, identity
from claims.models import Claim, User
from claims.search.desk import claimed_before_each
from claims.vocabulary import EvidenceKind
from claims.workflow.drafting import Drafting, Gathered, verdict_of
from claims.workflow.imports import ImportedPart, import_claims, import_onto_claim
from claims.workflow.recognising import PRETENDED, Recognising
from claims.workflow.refusals import RuleBroken, explain

BATCH = 100
LIKE = 90  # of a hundred: rapidfuzz's ratio of the folded wordings
# What becomes of a row; the other outcomes are said of it besides.
ROWS = frozenset(RowOutcome) - {
    RowOutcome.REPAIRED,
    RowOutcome.UNKNOWN_RATING,
    RowOutcome.SIMILAR,
}
SAME = ("rating", "rated_as", "url", "source_text", "excerpt")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row, or what is to be said of it besides: one line of a report."""

    place: str
    outcome: RowOutcome
    reason: str = ""
    wording: str = ""
    claim: Claim | None = None


@dataclass(slots=True)
class BringingIn:
    """One run, as one account. A dry run does all but write, as far as can be told without.

    `note` is called with the lines of each batch, within its transaction. `counts` says how many lines of each outcome
    there were, `evidence` how many pieces came in.
    """

    by: User
    dry_run: bool = False
    note: Callable[[Sequence[Line]], None] | None = None
    counts: Counter[RowOutcome] = field(default_factory=Counter)
    evidence: int = 0
    _recognising: Recognising = field(default_factory=Recognising)
    _drafting: Drafting = field(init=False)

    def __post_init__(self) -> None:
        self._drafting = Drafting(by=self.by)

    def run(self, rows: Iterable[Row]) -> Iterator[list[Line]]:
        """Bring rows in; yield after each batch, in their order, what became of its rows."""
        for batch in _batches(rows):
            lines = self._taken_in(batch)
            self.counts.update(line.outcome for line in lines)
            yield lines

    def _taken_in(self, batch: Sequence[Row]) -> list[Line]:
        """Bring a batch in, in one transaction; by halves where the database is too busy to take it whole."""
        evidence = self.evidence
        try:
            with transaction.atomic():
                lines = _in_order(self._batch(batch), batch)
                if self.note is not None:
                    self.note(lines)
        except WrittenTooLateError:
            self._drafting = Drafting(by=self.by)  # its parties did not come in after all
            if len(batch) == 1:
                raise
        else:
            return lines
        self.evidence, half = evidence, len(batch) // 2
        return [*self._taken_in(batch[:half]), *self._taken_in(batch[half:])]

    def _batch(self, batch: Sequence[Row]) -> Iterator[Line]:
        self._recognising.look_up([row for row in batch if isinstance(row, Statement)])
        fresh: dict[bytes | tuple[str, str], Gathered] = {}
        onto: list[tuple[int, Statement]] = []
        for row in batch:
            if isinstance(row, Fault):
                yield Line(row.place, RowOutcome.SKIPPED, row.reason)
            elif self._recognising.came_in(row):
                yield Line(row.place, RowOutcome.KNOWN, wording=row.wording)
            else:
                self._sort(row, fresh, onto)
                if self.dry_run:
                    self._recognising.pretend(row)
        yield from self._bring(list(fresh.values()), onto)

    def _sort(
        self,
        row: Statement,
        fresh: dict[bytes | tuple[str, str], Gathered],
        onto: list[tuple[int, Statement]],
    ) -> None:
        """Put a row with the claim it is about: one of the register, or one that this batch makes."""
        family = (row.source, row.family)
        same = identity(row.wording, row.speaker)
        gathered = fresh.get(family) if row.family else None
        pk = None if gathered else self._recognising.claim_of(row)
        if pk:
            onto.append((pk, row))
            return
        gathered = gathered or fresh.get(same)
        if gathered:
            gathered.rows.append(row)
        else:
            gathered = Gathered([row])
        fresh[same] = gathered
        if row.family:
            fresh[family] = gathered

    def _bring(
        self, fresh: Sequence[Gathered], onto: Sequence[tuple[int, Statement]]
    ) -> Iterator[Line]:
        one_each = {id(one): one for one in fresh}.values()
        yield from self._similar([one.first for one in one_each])
        for source in dict.fromkeys(one.first.source for one in one_each):
            of_source = [one for one in one_each if one.first.source == source]
            yield from self._new(of_source, source)
        claims = Claim.objects.in_bulk({pk for pk, _ in onto})
        for pk, row in onto:
            if pk == PRETENDED:
                self.evidence += len(row.pieces)
                told = "with an earlier row, which says the same"
                yield Line(row.place, RowOutcome.MERGED, told, row.wording)
                yield from _notes(row, None)
            else:
                yield from self._onto(claims.get(pk), row)

    def _new(self, gathered: Sequence[Gathered], source: str) -> Iterator[Line]:
        if self.dry_run:
            for one in gathered:
                yield from self._told(one, None)
            return
        notes: dict[str, str] = {}
        drafts = [self._drafting.claim(one, notes) for one in gathered]
        result = import_claims(drafts, source=source, origin=source, by=self.by)
        for one in gathered:
            key = one.first.key
            if error := result.refused.get(key):
                for row in one.rows:
                    yield Line(row.place, RowOutcome.REFUSED, explain(error), row.wording)
                continue
            claim = result.added[key]
            yield from self._told(one, claim)
            if key in notes:
                told = f"speaker left out: {notes[key]}"
                yield Line(one.first.place, RowOutcome.REPAIRED, told, one.first.wording, claim)

    def _told(self, one: Gathered, claim: Claim | None) -> Iterator[Line]:
        for number, row in enumerate(one.rows):
            outcome = RowOutcome.MERGED if number else RowOutcome.TAKEN
            reason = f"with {one.first.place}, which says the same" if number else ""
            self.evidence += len(row.pieces)
            yield Line(row.place, outcome, reason, row.wording, claim)
            yield from _notes(row, claim)

    def _onto(self, claim: Claim | None, row: Statement) -> Iterator[Line]:
        if claim is None:
            yield Line(row.place, RowOutcome.REFUSED, "its claim is gone", row.wording)
            return
        if _says_nothing_new(claim, row):
            told = "nothing has changed since"
            yield Line(row.place, RowOutcome.KNOWN, told, row.wording, claim)
            return
        if not self.dry_run:
            part = ImportedPart(
                keys=self._recognising.keys_of(row),
                origin=row.origin,
                evidence=[self._drafting.evidence(piece) for piece in row.pieces],
                verdicts=[verdict_of(one, row.origin) for one in row.judgements],
            )
            try:
                refused = import_onto_claim(claim, [part], source=row.source, by=self.by)
            except RuleBroken as error:
                refused = {row.key: error}
            if refused:
                told = explain(refused[row.key])
                yield Line(row.place, RowOutcome.REFUSED, told, row.wording, claim)
                return
        self.evidence += len(row.pieces)
        told = f"into claim {claim.public_id}"
        yield Line(row.place, RowOutcome.MERGED, told, row.wording, claim)
        yield from _notes(row, claim)

    def _similar(self, rows: Sequence[Statement]) -> Iterator[Line]:
        """Say of rows that become claims which claim of the register is much like them, for people to judge."""
        from rapidfuzz import fuzz  # large

        found = claimed_before_each([row.wording for row in rows], limit=2)
        for row, near in zip(rows, found, strict=True):
            for one in near:
                alike = fuzz.ratio(folded(row.wording), folded(one.wording))
                if alike >= LIKE:
                    told = f"{alike:.0f} % like claim {one.public_id}; kept apart"
                    yield Line(row.place, RowOutcome.SIMILAR, told, row.wording)
                    break


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _in_order(lines: Iterable[Line], batch: Sequence[Row]) -> list[Line]:
    """Return lines in the order of the rows, what became of each before what is to be said of it besides."""
    places = {row.place: number for number, row in enumerate(batch)}
    ranked, rank = [], 0
    for number, line in enumerate(lines):
        rank = places.get(line.place, rank)
        ranked.append((rank, line.outcome not in ROWS, number, line))
    return [line for *_, line in sorted(ranked, key=lambda one: one[:3])]


def _says_nothing_new(claim: Claim, row: Statement) -> bool:
    """Return whether the last that this outlet said of the claim is what the row says."""
    if len(row.pieces) != 1 or not row.pieces[0].rating:
        return False
    piece = row.pieces[0]
    checks = claim.evidence.standing().filter(kind=EvidenceKind.FACT_CHECK)
    for rated in checks.select_related("publisher").order_by("-pk"):
        domain = rated.publisher.domain if rated.publisher else None
        if domain == piece.domain if piece.domain else rated.publisher_name == piece.outlet:
            return all(
                (getattr(rated, name) or "") == (getattr(piece, name) or "") for name in SAME
            )
    return False


def _notes(row: Statement, claim: Claim | None) -> Iterator[Line]:
    for note in row.notes:
        yield Line(note.place or row.place, note.outcome, note.reason, row.wording, claim)
