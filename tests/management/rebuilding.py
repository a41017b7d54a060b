"""What tests of exports share: one made, the register emptied, and one rebuilt in its place."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from claims.exports.writing import Export, write_export
from claims.history import triggers
from claims.history.sealing import seal
from claims.models import User
from claims.search import index

KEPT = (User, User.groups.through, User.user_permissions.through)
Line = dict[str, Any]


def exported(folder: Path, *, whole: bool = False) -> Export:
    """Return an export of the register as it stands."""
    seal()  # on PostgreSQL after each commit, of which there is none in a test
    return write_export(folder, whole=whole)


def empty_the_register() -> None:
    """Take everything out but the people, as nobody can while the guards stand."""
    triggers.drop_for_migration(connection)
    known = apps.get_app_config("claims").get_models(include_auto_created=True)
    models = [one for one in known if one not in KEPT]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in models:
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    triggers.install(connection)
    for _ in index.rebuild():
        continue


def rebuilt(folder: Path, **options: Any) -> str:
    """Rebuild the register from the export in `folder`; return what the command said."""
    out = StringIO()
    call_command("import_claims", folder, format="factcheck", processes=1, stdout=out, **options)
    return out.getvalue()


def files(export: Export) -> dict[str, bytes]:
    """Return the bytes of every file of an export."""
    return {path.name: path.read_bytes() for path in sorted(export.folder.iterdir())}


def rows(export: Export, table: str) -> list[Line]:
    """Return the rows of one file."""
    with gzip.open(export.folder / f"{table}.ndjson.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def tampered(export: Export, change: Callable[[list[Line]], None], table: str = "claims") -> Path:
    """Alter the rows of one file, and the manifest with them, as somebody would who knows the format."""
    told = rows(export, table)
    change(told)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told)
    return with_file(export, table, lines.encode())


def with_file(export: Export, table: str, text: bytes) -> Path:
    """Put other lines into one file, and have the manifest name their digest."""
    data = gzip.compress(text, mtime=0)
    (export.folder / f"{table}.ndjson.gz").write_bytes(data)
    path = export.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for one in manifest["files"]:
        if one["name"] == f"{table}.ndjson.gz":
            one |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            one["rows"] = text.count(b"\n")
    path.write_text(json.dumps(manifest))
    return export.folder
