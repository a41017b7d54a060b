"""AVeriTeC's file as an import reads it: a JSON list, whose labels are evidence, or verdicts of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.desk_vocabulary import RowOutcome
from claims.interop import averitec as dataset
from claims.interop.formats.sources import MEGABYTE, Options, Source, UnreadableFile
from claims.interop.statements import Fault, Note, Row, Statement

ORIGIN = "AVeriTeC, training set"
LARGEST = 200 * MEGABYTE


def averitec(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield the claims of AVeriTeC's files, with the rows of each that say the same as one.

    A label is a piece of evidence behind the answers it was reached from; with `as_own` it is a verdict on them.
    """
    for source in sources:
        rows = source.json(limit=LARGEST)
        if not isinstance(rows, list):
            raise UnreadableFile(source.name, "must hold a JSON array of claims.")
        claims, skipped = dataset.gather(rows)
        for line in skipped:
            place, _, reason = line.partition(": skipped: ")
            yield Fault(f"{source.name} {place}", reason)
        for claim in claims:
            yield _statement(source.name, claim, options)


def _statement(name: str, claim: dataset.Gathered, options: Options) -> Statement:
    own = options.as_own
    place = f"{name} row {', '.join(map(str, claim.rows))}"
    return Statement(
        source=dataset.SOURCE,
        key=claim.key,
        place=place,
        wording=claim.wording,
        origin=ORIGIN,
        language="en",
        speaker=claim.speaker,
        said_on=claim.said_on,
        pieces=claim.pieces if own else [*claim.pieces, *dataset.checks_of(claim)],
        judgements=claim.judgements if own else (),
        notes=[_note(name, line) for line in claim.repairs],
    )


def _note(name: str, line: str) -> Note:
    place, _, reason = line.partition(": ")
    return Note(RowOutcome.REPAIRED, reason, f"{name} {place}")
