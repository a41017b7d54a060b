"""`manage.py check_snapshots`: look at every stored copy of a source, and name what is missing or altered."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from claims.management.console import OperatorCommand
from claims.models import Snapshot
from claims.workflow.checking_copies import check_copies, remove_strays


class Command(OperatorCommand):
    """Hash every file and compare."""

    help = (
        "Hash every stored copy and compare it with its name; name the copies that are missing or altered, and "
        "files that belong to none. Exit code 1 on any difference."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument(
            "--remove-strays",
            action="store_true",
            help="First remove the files that belong to no copy, such as a crash leaves",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check."""
        if options["remove_strays"]:
            for name in remove_strays():
                self.stdout.write(f"removed {name}")
        found = 0
        for finding in check_copies():
            found += 1
            self.stderr.write(f"DIFFERENCE {finding}")
        result = f"{found} difference(s)" if found else "all sound"
        self.stdout.write(f"{Snapshot.objects.count()} stored copies: {result}")
        if found:
            sys.exit(1)
