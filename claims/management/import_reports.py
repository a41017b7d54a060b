"""The report of an import as a file, written line by line: JSON, CSV or text, by the ending of its name."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from claims.desk_vocabulary import RowOutcome
from claims.workflow.bringing_in import Line

PLAIN = frozenset({RowOutcome.TAKEN, RowOutcome.KNOWN, RowOutcome.MERGED})
COLUMNS = ("row", "outcome", "reason", "claim", "wording")


def told(line: Line) -> str:
    """Return one line of a report for people."""
    reason = f": {line.reason}" if line.reason else ""
    return f"{line.place}: {line.outcome.label}{reason}"


def cells_of(line: Line) -> dict[str, str]:
    """Return one line of a report for machines."""
    return {
        "row": line.place,
        "outcome": line.outcome.value,
        "reason": line.reason,
        "claim": line.claim.public_id if line.claim else "",
        "wording": line.wording,
    }


class ReportFile:
    """A report on its way into a file. One for people leaves out the rows of which there is nothing to be said.

    What lies there from before is written over once there is something to tell.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.lines = path, 0
        self._form, self._is_new, self._is_begun = path.suffix.lower(), not path.exists(), False
        try:
            self._file: TextIO = path.open("a", encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
        self._table = csv.DictWriter(self._file, COLUMNS)

    def _begin(self) -> None:
        if self._is_begun:
            return
        self._is_begun = True
        if self.path.is_file():
            self._file.truncate(0)
        if self._form == ".csv":
            self._table.writeheader()

    def write(self, line: Line) -> None:
        """Add a line."""
        self._begin()
        if self._form == ".csv":
            self._table.writerow(cells_of(line))
        elif self._form == ".json":
            start = ",\n" if self.lines else '{"rows": [\n'
            self._file.write(start + json.dumps(cells_of(line), ensure_ascii=False))
        elif line.outcome in PLAIN:
            return
        else:
            self._file.write(f"{told(line)}\n")
        self.lines += 1

    def end(self, summary: dict[str, Any]) -> None:
        """Close the report with what there was in all."""
        self._begin()
        if self._form == ".json":
            start = "\n]" if self.lines else '{"rows": []'
            self._file.write(f'{start}, "summary": {json.dumps(summary, ensure_ascii=False)}}}\n')
        self._file.close()

    def stop(self, reason: str, summary: dict[str, Any]) -> None:
        """Close the report of an import that came to no end, and leave no file where no row was looked at."""
        if self._is_begun:
            self.end({**summary, "stopped": reason})
            return
        self._file.close()
        if self._is_new:
            self.path.unlink()
