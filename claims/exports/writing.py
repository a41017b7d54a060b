"""Making one export: every file out of one consistent snapshot, under a temporary name until all of it is there."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max

from claims import documents
from claims.exports import parties, tables
from claims.exports.files import Rows
from claims.exports.lines import ClaimLine, claim_lines, exported_claims
from claims.exports.shape import (
    CLAIMS,
    MANIFEST,
    FileEntry,
    Heads,
    Manifest,
    name_of,
    row_line,
    table_name_of,
)
from claims.history.canonical import moment_text
from claims.models import HistoryEntry, LogLeaf

ROWS: dict[str, Callable[..., Iterator[parties.Row]]] = {
    "publishers": parties.publishers,
    "claimants": parties.claimants,
    "topics": parties.topics,
    "methods": parties.methods,
    "articles": parties.articles,
    "relations": parties.relations,
}
PRIVATE, PUBLIC = 0o600, 0o644
MAKING = ".making-"
Progress = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Export:
    """A finished export: where it lies, the SHA-256 of its manifest, and what that says."""

    folder: Path
    digest: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Log:
    """How many acts the log holds, and the hash of the last one's leaf, hexadecimal."""

    size: int
    head: str | None


def write_export(root: Path, *, whole: bool = False, progress: Progress | None = None) -> Export:
    """Write an export of the register into a folder of its own beneath `root`, and return it.

    The same state of a register gives the same bytes; where they lie there already, nothing changes. `whole` takes in
    what readers do not see, readable for the owner of the process alone. Raises OSError.
    """
    with snapshot():
        exported = exported_claims(whole=whole).order_by()
        entries = HistoryEntry.objects.filter(claim__in=exported.values("pk")).order_by()
        found = entries.aggregate(last=Max("recorded_at"), number=Count("pk"))
        as_of = moment_text(found["last"]) if found["last"] else None
        index, leaf_hash, _ = LogLeaf.objects.heads().first() or (-1, None, None)
        log = Log(index + 1, bytes(leaf_hash).hex() if leaf_hash else None)
        rows = {name: read(whole=whole) for name, read in ROWS.items()}
        lines = _followed(claim_lines(whole=whole, as_of=as_of or ""), progress)
        return write_with(
            root,
            rows,
            lines,
            as_of=as_of,
            entries=found["number"],
            log=lambda: log,
            whole=whole,
            csv=not whole,
        )


def _followed(lines: Iterator[ClaimLine], progress: Progress | None) -> Iterator[ClaimLine]:
    for line in lines:
        yield line
        if progress:
            progress(1)


def write_with(
    root: Path,
    rows: Mapping[str, Iterable[parties.Row]],
    lines: Iterable[ClaimLine],
    *,
    as_of: str | None,
    entries: int,
    log: Callable[[], Log],
    whole: bool,
    csv: bool = False,
) -> Export:
    """Write an export of what is given, under a temporary name until all of it is there.

    `csv` says with tables; `log` is asked when all lines are written.
    """
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=MAKING, dir=root))
    mode = PRIVATE if whole else PUBLIC
    try:
        files = [_write_rows(folder / name_of(name), mode, some) for name, some in rows.items()]
        counted, written = _write_claims(folder, mode, lines, csv=csv)
        manifest = Manifest(
            log=settings.FACTCHECK_LOG_ORIGIN,
            software=settings.FACTCHECK_VERSION,
            document_shape=documents.SHAPE,
            whole=whole,
            as_of=as_of,
            entries=entries,
            claims=counted.claims,
            log_size=log().size,
            log_head=log().head,
            heads=counted.heads.hexdigest(),
            files=tuple(sorted([*files, *written], key=lambda one: one.name)),
        )
        return _put_in_place(folder, root, manifest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_rows(path: Path, mode: int, rows: Iterable[parties.Row]) -> FileEntry:
    with Rows(path, mode) as file:
        for row in rows:
            file.add(row_line(row))
    return file.entry


@contextmanager
def snapshot() -> Iterator[None]:
    """Hold one state of the register: REPEATABLE READ on PostgreSQL, one transaction that only reads on SQLite.

    Inside a transaction that somebody else opened it holds what that one does.
    """
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    with _reading_only(), transaction.atomic():
        yield


@contextmanager
def _reading_only() -> Iterator[None]:
    if connection.vendor == "postgresql":
        import psycopg

        driver = connection.connection
        driver.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        try:
            yield
        finally:
            driver.isolation_level = None
        return
    sqlite: Any = connection
    # IMMEDIATE would keep every writer waiting.
    mode, sqlite.transaction_mode = sqlite.transaction_mode, None
    try:
        yield
    finally:
        sqlite.transaction_mode = mode


class _Count:
    """What the manifest counts while claims are written."""

    def __init__(self) -> None:
        self.claims = 0
        self.heads = Heads()

    def add(self, line: ClaimLine) -> None:
        """Count one claim."""
        self.claims += 1
        self.heads.add(line.public_id, line.entries, line.head)


def _write_claims(
    folder: Path, mode: int, lines: Iterable[ClaimLine], *, csv: bool
) -> tuple[_Count, list[FileEntry]]:
    """Write the claims, and with `csv` the same as tables."""
    counted = _Count()
    names = [*tables.COLUMNS] if csv else []
    with ExitStack() as stack:
        file = stack.enter_context(Rows(folder / name_of(CLAIMS), mode))
        sheets = {
            name: stack.enter_context(Rows(folder / table_name_of(name), mode)) for name in names
        }
        for name in names:
            sheets[name].add(tables.head_of(name).encode(), 0)
        for line in lines:
            file.add(line.text)
            counted.add(line)
            if sheets and line.document:
                for name, text, rows in tables.lines_of(orjson.loads(line.document)):
                    sheets[name].add(text.encode(), rows)
    written = [file, *sheets.values(), *_dictionary(folder, mode, wanted=csv)]
    return counted, [one.entry for one in written]


def _dictionary(folder: Path, mode: int, *, wanted: bool) -> Iterator[Rows]:
    if wanted:
        with Rows(folder / table_name_of(tables.DICTIONARY), mode) as file:
            for line in tables.dictionary():
                file.add(line.encode())
        yield file


def _put_in_place(folder: Path, root: Path, manifest: Manifest) -> Export:
    """Give a finished folder its name, unless an export of that name lies there: then it is the same."""
    data = manifest.encoded()
    digest = hashlib.sha256(data).hexdigest()
    mode = PRIVATE if manifest.whole else PUBLIC
    with open(os.open(folder / MANIFEST, os.O_WRONLY | os.O_CREAT, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    folder.chmod(0o700 if manifest.whole else 0o755)
    final = root / folder_name(manifest, digest)
    if final.exists():
        final.touch()
    else:
        folder.rename(final)
    return Export(final, digest, manifest)


def folder_name(manifest: Manifest, digest: str) -> str:
    """Return the name of an export: the second of its last act, and the beginning of its manifest's digest."""
    moment = (manifest.as_of or "empty").partition(".")[0].replace("-", "").replace(":", "")
    return f"{'whole-' if manifest.whole else ''}{moment}-{digest[:12]}"
