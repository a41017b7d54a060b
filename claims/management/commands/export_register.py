"""`manage.py export_register [DIR]`: the whole register as files, from which it can be rebuilt."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from tqdm import tqdm

from claims.exports.lines import exported_claims
from claims.exports.writing import Export, write_export
from claims.management.console import OperatorCommand


class Command(OperatorCommand):
    """Write one export."""

    help = (
        "Write the register as compressed NDJSON and CSV with a manifest of their digests; rebuild an empty "
        "register from it with: import_claims --format factcheck FOLDER"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            help="Where to write it; otherwise where readers find it",
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="Also what readers do not see, readable for you alone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say what it is."""
        whole, root = options["whole"], options["folder"] or settings.FACTCHECK_EXPORTS_DIR
        if whole and root.resolve() == settings.FACTCHECK_EXPORTS_DIR.resolve():
            raise CommandError("Readers can see that folder: name another for the whole register.")
        started = time.perf_counter()
        total = exported_claims(whole=whole).count()
        try:
            with tqdm(total=total, unit="claim", disable=None) as bar:
                export = write_export(root, whole=whole, progress=bar.update)
        except OSError as error:
            raise CommandError(f"Cannot write to {root}: {error.strerror}.") from error
        self._tell(export, time.perf_counter() - started)

    def _tell(self, export: Export, taken: float) -> None:
        manifest = export.manifest
        self.stdout.write(
            f"{export.folder}\n{manifest.claims} claims, {manifest.entries} entries, "
            f"{sum(one.bytes for one in manifest.files)} bytes; "
            f"{manifest.claims / taken if taken else 0:.0f} claims/s\nmanifest {export.digest}"
        )
