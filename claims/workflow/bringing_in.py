"""Bringing statements in, whatever format they were read from: batch by batch, each row once, each with its outcome.

Rows that say the same words by the same name are one claim, be they of one source or of several, or of the register
already: what they bring is added to it. All else stays apart, and what is merely like another claim is said to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from rapidfuzz import fuzz

from claims.desk_vocabulary import RowOutcome
from claims.history.recorder import WrittenTooLateError
from claims.interop.statements import Fault, Row, Statement, folded, identity
from claims.models import Claim, ImportRecord, User
from claims.search.desk import claimed_before_each
from claims.vocabulary import EvidenceKind
from claims.workflow.drafting import Drafting, Gathered, verdict_of
from claims.workflow.imports import ImportedPart, import_claims, import_onto_claim
from claims.workflow.refusals import RuleBroken, explain

BATCH = 100
PRETENDED = -1  # the key of a claim that a dry run does not make
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
    _claims: dict[bytes, int] = field(default_factory=dict)
    _families: dict[tuple[str, str], int] = field(default_factory=dict)
    _pretended: set[tuple[str, str]] = field(default_factory=set)
    _new_claims: set[int] = field(default_factory=set)
    _drafting: Drafting = field(init=False)

    def __post_init__(self) -> None:
        self._drafting = Drafting(by=self.by)
        worded = Claim.objects.standing().order_by("pk")
        for pk, wording, speaker in worded.values_list(
            "pk", "wording", "claimant__name"
        ).iterator():
            if wording:
                self._claims.setdefault(identity(wording, speaker or ""), pk)

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
            self._forget(batch)
            if len(batch) == 1:
                raise
        else:
            return lines
        self.evidence, half = evidence, len(batch) // 2
        return [*self._taken_in(batch[:half]), *self._taken_in(batch[half:])]

    def _forget(self, batch: Sequence[Row]) -> None:
        """Forget what was remembered of rows that did not come in after all, and their parties."""
        self._drafting = Drafting(by=self.by)
        for row in batch:
            if isinstance(row, Statement):
                self._families.pop((row.source, row.family), None)
                same = identity(row.wording, row.speaker)
                if self._claims.get(same) in self._new_claims:
                    del self._claims[same]

    def _batch(self, batch: Sequence[Row]) -> Iterator[Line]:
        self._new_claims.clear()
        known = self._known(batch)
        fresh: dict[bytes | tuple[str, str], Gathered] = {}
        onto: list[tuple[int, Statement]] = []
        for row in batch:
            if isinstance(row, Fault):
                yield Line(row.place, RowOutcome.SKIPPED, row.reason)
            elif (row.source, row.key) in known:
                yield Line(row.place, RowOutcome.KNOWN, wording=row.wording)
            else:
                known.add((row.source, row.key))
                self._sort(row, fresh, onto)
        yield from self._bring(list(fresh.values()), onto)

    def _known(self, batch: Sequence[Row]) -> set[tuple[str, str]]:
        """Return the keys of a batch that came in before; note which claims its families are."""
        wanted: dict[str, set[str]] = {}
        for row in batch:
            if isinstance(row, Statement):
                wanted.setdefault(row.source, set()).update(filter(None, (row.key, row.family)))
        known = set(self._pretended)
        for source, keys in wanted.items():
            records = ImportRecord.objects.filter(source=source, key__in=keys)
            for key, claim in records.values_list("key", "claim"):
                known.add((source, key))
                if claim is not None:
                    self._families[source, key] = claim
        return known

    def _sort(
        self,
        row: Statement,
        fresh: dict[bytes | tuple[str, str], Gathered],
        onto: list[tuple[int, Statement]],
    ) -> None:
        """Put a row with the claim it is about: one of the register, or one that this batch makes."""
        family = (row.source, row.family)
        same = identity(row.wording, row.speaker)
        pk = self._families.get(family) if row.family else None
        pk = pk or self._claims.get(same)
        if pk:
            onto.append((pk, row))
            return
        gathered = (fresh.get(family) if row.family else None) or fresh.get(same)
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
                self._pretended.add((row.source, row.key))
                told = "with an earlier row, which says the same"
                yield Line(row.place, RowOutcome.MERGED, told, row.wording)
                yield from _notes(row, None)
            else:
                yield from self._onto(claims.get(pk), row)

    def _new(self, gathered: Sequence[Gathered], source: str) -> Iterator[Line]:
        if self.dry_run:
            for one in gathered:
                self._pretended.update((source, row.key) for row in one.rows)
                self._remember(one, PRETENDED)
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
            self._remember(one, claim.pk)
            yield from self._told(one, claim)
            if key in notes:
                told = f"speaker left out: {notes[key]}"
                yield Line(one.first.place, RowOutcome.REPAIRED, told, one.first.wording, claim)

    def _remember(self, one: Gathered, pk: int) -> None:
        self._new_claims.add(pk)
        for row in one.rows:
            self._claims.setdefault(identity(row.wording, row.speaker), pk)
            if row.family:
                self._families[row.source, row.family] = pk

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
                keys=[row.key],
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
