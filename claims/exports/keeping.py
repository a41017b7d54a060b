"""Where the exports for readers lie, which are kept, and how all are thrown away when words were erased."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from claims.exports.progress import noted
from claims.exports.reading import LONGEST_MANIFEST, BadExport, manifest_of
from claims.exports.shape import MANIFEST, Manifest
from claims.exports.writing import MAKING, Export, write_export
from claims.models import Redaction

NAME = re.compile(r"[0-9a-zT]{5,20}-[0-9a-f]{12}")


class Outdated(Exception):
    """Words were erased while the export was made, which may hold them: it was thrown away."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One export that readers may fetch."""

    folder: Path
    digest: str
    manifest: Manifest
    taken_at: datetime

    @property
    def name(self) -> str:
        """What it is called, after what it holds."""
        return self.folder.name


def kept() -> list[Kept]:
    """Return the exports that readers may fetch, the newest first."""
    found = [one for folder in _folders() if (one := kept_as(folder.name))]
    return sorted(found, key=lambda one: (one.taken_at, one.name), reverse=True)


def kept_as(name: str) -> Kept | None:
    """Return the export of that name, if there is one for readers."""
    folder = settings.FACTCHECK_EXPORTS_DIR / name
    if not NAME.fullmatch(name):
        return None
    try:
        with (folder / MANIFEST).open("rb") as file:
            data = file.read(LONGEST_MANIFEST)
        taken_at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        manifest = manifest_of(data)
    except (OSError, BadExport):
        return None
    if manifest.whole:
        return None
    return Kept(folder, hashlib.sha256(data).hexdigest(), manifest, taken_at)


def _folders() -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from settings.FACTCHECK_EXPORTS_DIR.iterdir()


def export_for_readers() -> Export:
    """Make an export where readers find it, and let go of the oldest beyond FACTCHECK_EXPORTS_KEPT.

    Raises Outdated where words were erased meanwhile: what was being made may hold them.
    """
    known = Redaction.objects.count()
    with noted() as progress:
        export = write_export(settings.FACTCHECK_EXPORTS_DIR, progress=progress)
    # It lies in its place by now: a redaction that comes later throws it away itself, one that came before did not.
    if Redaction.objects.count() != known:
        shutil.rmtree(export.folder, ignore_errors=True)
        raise Outdated(export.folder.name)
    for old in kept()[settings.FACTCHECK_EXPORTS_KEPT :]:
        shutil.rmtree(old.folder, ignore_errors=True)
    return export


def any_there() -> bool:
    """Return whether there is an export, or the beginning of one."""
    return any(True for _ in _folders())


def discard_all() -> list[str]:
    """Throw every export away, also what is being made or was left half made; return the names readers knew."""
    names = [one.name for one in kept()]
    for folder in list(_folders()):
        if NAME.fullmatch(folder.name) or folder.name.startswith(MAKING):
            shutil.rmtree(folder, ignore_errors=True)
    return names
