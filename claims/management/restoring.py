"""What `import_claims --format factcheck` does: an empty register is rebuilt from an export of one."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper
from tqdm import tqdm

from claims.exports.reading import BadExport, Opened, opened
from claims.history.bulk import Refused
from claims.management.accounts import service_account
from claims.vocabulary import Role
from claims.workflow.restoring import Rebuilt, check_export, rebuild_register

ACCOUNT = "rebuilt"


def rebuild(
    path: Path, *, out: OutputWrapper, dry_run: bool = False, processes: int | None = None
) -> None:
    """Rebuild the register from the export at `path` and say what came of it. Raises CommandError."""
    started = time.perf_counter()
    try:
        export = opened(path)
        if dry_run:
            _prove(export, out)
            return
        done = _rebuild(export, processes or os.cpu_count() or 1)
    except (BadExport, Refused) as error:
        raise CommandError(str(error)) from error
    taken = time.perf_counter() - started
    _tell(export, done, taken, out)


def _rebuild(export: Opened, processes: int) -> Rebuilt:
    by = service_account(ACCOUNT, role=Role.IMPORTER, public_name="Rebuilt from an export")
    done: Rebuilt | None = None
    with tqdm(total=export.manifest.claims, unit="claim", disable=None) as bar:
        for done in rebuild_register(export, by=by, processes=processes):
            bar.update(done.claims - bar.n)
    if done is None:
        raise Refused("Nothing was done.")
    return done


def _prove(export: Opened, out: OutputWrapper) -> None:
    with tqdm(total=export.manifest.claims, unit="claim", disable=None) as bar:
        for _ in check_export(export):
            bar.update()
    out.write(f"dry run: {export.manifest.claims} claims hold, {export.manifest.entries} entries")


def _tell(export: Opened, done: Rebuilt, taken: float, out: OutputWrapper) -> None:
    manifest = export.manifest
    out.write(
        f"{manifest.claims} claims rebuilt with {manifest.entries} entries from the export with digest "
        f"{export.digest}; {manifest.claims / taken:.0f} claims/s"
    )
    if done.otherwise:
        out.write(
            f"{done.otherwise} documents have another shape than in the export "
            f"(of factcheck {manifest.software}); their histories are the same."
        )
