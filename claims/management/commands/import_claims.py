"""`manage.py import_claims --format FORMAT PATH…`: bring claims in that others checked, or that are one's own."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from claims.management.console import OperatorCommand
from claims.management.import_formats import IMPORTERS


class Command(OperatorCommand):
    """Import claims with their evidence, visibly as imported."""

    help = (
        "Bring claims in as an import by a named account. A second run adds nothing; after a kill the next run "
        "goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("paths", type=Path, metavar="PATH", nargs="+")
        parser.add_argument("--format", choices=sorted(IMPORTERS), required=True)
        parser.add_argument(
            "--as-own",
            action="store_true",
            help="The verdicts are this register's own: bring them in as imported verdicts, not as evidence",
        )
        parser.add_argument("--mapping", type=Path, help="How a table is to be read (YAML or JSON)")
        parser.add_argument("--dry-run", action="store_true", help="Read and report, write nothing")
        parser.add_argument("--processes", type=int, help="Of --format factcheck: how many at once")
        parser.add_argument(
            "--report", type=Path, help="Write the report to this file: .json, .csv, or text"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to whoever knows the format."""
        IMPORTERS[options["format"]](self, options)
