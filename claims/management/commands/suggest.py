"""`manage.py suggest PATH|URL|-`: the attributed statements of a text. Writes nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from claims.management.console import OperatorCommand
from claims.management.sources import read_article, read_source
from claims.reading.attribution import Statement, as_json, suggest


class Command(OperatorCommand):
    """Show who says what in an article."""

    help = "Find the attributed statements of an article: who, how, what, and where it stands."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("source", metavar="PATH|URL|-", help="An article: text or HTML")
        parser.add_argument("--json", action="store_true", help="One JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, find, print."""
        parsed = read_article(read_source(options["source"]), options["source"])
        found = suggest(parsed.text)
        for statement in found:
            self.stdout.write(_json(statement) if options["json"] else _line(statement))
        if not options["json"]:
            self.stdout.write(f"{len(found)} statements in {len(parsed.text.split())} words")


def _json(statement: Statement) -> str:
    return json.dumps(as_json(statement), ensure_ascii=False)


def _line(statement: Statement) -> str:
    who = statement.source or "(speaker missing)"
    guess = " (inferred)" if statement.source_inferred else ""
    how = f"{statement.cue or '—'} [{statement.cue_class}, {statement.position}]"
    return f"{statement.start:>6}  {who}{guess}  {how}\n        {statement.content}"
