"""Formats of checked claims at the console: files are read, brought in through the verbs, and every row is reported."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from tqdm import tqdm

from claims.desk_vocabulary import ImportFormat, RowOutcome
from claims.interop.formats import READERS, Options, Source, UnreadableFile
from claims.interop.formats.mapping import BadMapping, Mapping, read_mapping
from claims.management.accounts import CHECKS_IMPORTER, IMPORTER, OWN_IMPORTER, service_account
from claims.management.console import OperatorCommand
from claims.management.import_reports import PLAIN, ReportFile, told
from claims.models import User
from claims.vocabulary import Role
from claims.workflow.bringing_in import ROWS, BringingIn, Line
from claims.workflow.refusals import explain


def bring_checks_in(command: OperatorCommand, options: dict[str, Any]) -> None:
    """Read files of checked claims and bring them in, with progress; end with what became of the rows.

    Raises CommandError for files that are none of the format, before anything is written.
    """
    form = ImportFormat(options["format"])
    sources = [_source(path) for path in _files(options["paths"])]
    read = Options(as_own=options["as_own"], mapping=_mapping(options["mapping"]))
    report = ReportFile(options["report"]) if options["report"] else None
    dry = options["dry_run"]
    run = BringingIn(by=User() if dry else _account(form, read), dry_run=dry)
    started = time.perf_counter()
    try:
        with tqdm(unit=" rows", disable=None) as bar:
            for lines in run.run(READERS[form](sources, read)):
                bar.update(sum(line.outcome in ROWS for line in lines))
                _tell(command, lines, report)
    except UnreadableFile as error:
        raise _stopped(f"{error.name} {error.reason}", run, report) from error
    except ValidationError as error:  # said of a whole batch: of clocks, or of another import
        raise _stopped(explain(error), run, report) from error
    seconds = time.perf_counter() - started
    if report is not None:
        report.end(summary_of(run))
        command.stderr.write(f"{report.lines} lines about rows in {report.path}")
    rate = run.counts[RowOutcome.TAKEN] / seconds if seconds else 0
    command.stdout.write(f"{'dry run: ' if dry else ''}{in_words(run)}; {rate:.0f} claims/s")


def _stopped(reason: str, run: BringingIn, report: ReportFile | None) -> CommandError:
    if report is not None:
        report.stop(reason, summary_of(run))
    return CommandError(reason)


def summary_of(run: BringingIn) -> dict[str, Any]:
    """Return how many lines of each outcome there were, for machines."""
    counts = {outcome.value: run.counts[outcome] for outcome in RowOutcome}
    return {"dry_run": run.dry_run, "evidence": run.evidence, **counts}


def in_words(run: BringingIn) -> str:
    """Return what a run did, on one line."""
    count = run.counts
    return (
        f"{count[RowOutcome.TAKEN]} claims added with {run.evidence} pieces of evidence, "
        f"{count[RowOutcome.MERGED]} rows merged, {count[RowOutcome.KNOWN]} known already, "
        f"{count[RowOutcome.REFUSED]} refused, {count[RowOutcome.SKIPPED]} skipped; "
        f"{count[RowOutcome.REPAIRED]} repairs, {count[RowOutcome.UNKNOWN_RATING]} ratings not in the table, "
        f"{count[RowOutcome.SIMILAR]} like another claim"
    )


def _tell(command: OperatorCommand, lines: Sequence[Line], report: ReportFile | None) -> None:
    for line in lines:
        if report is not None:
            report.write(line)
        elif line.outcome not in PLAIN:
            command.stderr.write(told(line))


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named, and those in the folders named, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.is_file())
            found += inside
        else:
            found.append(path)
    for path in found:
        try:
            path.open("rb").close()
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
    return found


def _source(path: Path) -> Source:
    return Source(path.name, lambda: path.open("rb"))


def _mapping(path: Path | None) -> Mapping | None:
    if path is None:
        return None
    try:
        return read_mapping(path.read_text("utf-8-sig"))
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
    except (BadMapping, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error


def _account(form: ImportFormat, options: Options) -> User:
    if form == ImportFormat.AVERITEC:
        return service_account(IMPORTER, role=Role.IMPORTER, public_name="AVeriTeC import")
    if options.as_own:
        return service_account(OWN_IMPORTER, role=Role.IMPORTER, public_name="Register import")
    return service_account(CHECKS_IMPORTER, role=Role.IMPORTER, public_name="Fact-check import")
