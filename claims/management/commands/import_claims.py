"""`manage.py import_claims --format averitec PATH`: bring a dataset of checked claims in."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from tqdm import tqdm

from claims.interop import averitec
from claims.management.accounts import IMPORTER, service_account
from claims.management.console import OperatorCommand
from claims.management.importing import AveritecImport
from claims.management.restoring import rebuild
from claims.vocabulary import Role
from claims.workflow.refusals import explain


class Command(OperatorCommand):
    """Import claims with their evidence and verdicts, visibly as imported."""

    help = (
        "Bring claims in as an import by a named account. A second run adds nothing; after a kill the next run "
        "goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--format", choices=["averitec", "factcheck"], required=True)
        parser.add_argument("--dry-run", action="store_true", help="Read and report, write nothing")
        parser.add_argument("--processes", type=int, help="Of --format factcheck: how many at once")
        parser.add_argument("--report", type=Path, help="Write the report on rows to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, bring in, report."""
        if options["format"] == "factcheck":
            chosen = {name: options[name] for name in ("dry_run", "processes")}
            rebuild(options["path"], out=self.stdout, **chosen)
            return
        claims, skipped = averitec.gather(self._rows(options["path"]))
        if options["report"] is not None:
            self._write(options["report"], [])  # better refused now than after the import
        if options["dry_run"]:
            repairs = [line for claim in claims for line in claim.repairs]
            self._tell([*skipped, *repairs], options["report"])
            pieces = sum(len(claim.pieces) for claim in claims)
            self.stdout.write(f"dry run: {len(claims)} claims, {pieces} pieces of evidence")
            return
        by = service_account(IMPORTER, role=Role.IMPORTER, public_name="AVeriTeC import")
        run = AveritecImport(by=by)
        started = time.perf_counter()
        try:
            with tqdm(total=len(claims), unit="claim", disable=None) as bar:
                for done in run.run(claims):
                    bar.update(done)
        except ValidationError as error:  # said of a whole batch: of clocks, or of another import
            raise CommandError(explain(error)) from error
        seconds = time.perf_counter() - started
        self._tell([*skipped, *run.report.lines], options["report"])
        rate = run.report.added / seconds if seconds else 0
        self.stdout.write(f"{run.report}; {len(skipped)} rows left out; {rate:.0f} claims/s")

    def _rows(self, path: Path) -> list[Any]:
        try:
            rows = json.loads(path.read_text("utf-8-sig"))
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.") from error
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{path} is not JSON: {error}") from error
        if not isinstance(rows, list):
            raise CommandError(f"{path} must hold a JSON array of claims.")
        return rows

    def _tell(self, lines: list[str], path: Path | None) -> None:
        if path is not None:
            self._write(path, lines)
            self.stderr.write(f"{len(lines)} lines about rows in {path}")
            return
        for line in lines:
            self.stderr.write(line)

    def _write(self, path: Path, lines: list[str]) -> None:
        try:
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
