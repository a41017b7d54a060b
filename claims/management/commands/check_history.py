"""`manage.py check_history`: replay every claim and name each difference."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError

from claims.history.verification import Finding
from claims.management.console import OperatorCommand, seconds
from claims.models import Claim, HistoryEntry, Restoration
from claims.workflow.checking import check_claim, check_register


class Command(OperatorCommand):
    """Check digests, chains, columns, cached status, documents and guards."""

    help = (
        "Replay every claim, verify every digest, compare caches and documents. "
        "Exit code 1 and the exact entry on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("claims", nargs="*", metavar="ID", help="Only these claims")
        parser.add_argument(
            "--every", type=seconds, metavar="SECONDS", help="Go on for ever, checking this often"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check once, or again and again."""
        sound = self.check_once(options["claims"])
        while options["every"]:
            time.sleep(options["every"])
            sound = self.check_once(options["claims"])
        if not sound:
            sys.exit(1)

    def check_once(self, ids: list[str]) -> bool:
        """Print every finding and a closing line; return whether there was none."""
        found = 0
        for finding in self.findings(ids):
            found += 1
            self.stderr.write(f"DIFFERENCE {finding}")
        checked = Claim.objects.filter(public_id__in=ids) if ids else Claim.objects.all()
        entries = HistoryEntry.objects.filter(claim__in=checked).count()
        result = f"{found} difference(s)" if found else "all sound"
        for one in Restoration.objects.completed():
            self.stdout.write(
                f"rebuilt on {one.ended_at:%Y-%m-%d} from the export with digest {one.manifest_sha256}"
            )
        self.stdout.write(f"{checked.count()} claims, {entries} history entries: {result}")
        return not found

    def findings(self, ids: list[str]) -> Iterator[Finding]:
        """Yield the findings on the named claims, or on the whole register."""
        if not ids:
            yield from check_register()
        for public_id in ids:
            claim = Claim.objects.filter(public_id=public_id).first()
            if claim is None:
                raise CommandError(f"There is no claim {public_id}.")
            yield from check_claim(claim)
