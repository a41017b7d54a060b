"""`manage.py export_claim ID`: a published claim with its whole history, verifiable offline."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from claims import documents
from claims.history.replay import replay
from claims.interop.bundle import bundle_of
from claims.management.console import OperatorCommand
from claims.models import Claim


class Command(OperatorCommand):
    """Write one claim's bundle."""

    help = "Write a self-contained JSON bundle; check it with: python -m claims.verify FILE"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("claim", metavar="ID", help="The claim's public id")
        parser.add_argument("-o", "--output", type=Path, help="A file; otherwise standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build the bundle from the record and write it."""
        claim = Claim.objects.published().filter(public_id=options["claim"]).first()
        if claim is None:
            raise CommandError(f"There is no published claim {options['claim']}.")
        state = replay(claim)
        bundle = bundle_of(
            state,
            documents.absolute(documents.build(state), settings.FACTCHECK_BASE_URL),
            log=settings.FACTCHECK_LOG_ORIGIN,
            exported_at=timezone.now(),
        )
        text = json.dumps(bundle, ensure_ascii=False, indent=1)
        if options["output"] is None:
            self.stdout.write(text)
            return
        try:
            options["output"].write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}.") from error
        self.stderr.write(f"{options['output']}: {len(bundle['entries'])} entries")
