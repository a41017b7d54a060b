"""Opening an export that anybody may have written: nothing of it is believed unseen."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from claims.exports.shape import FORMAT, MANIFEST, TABLES, FileEntry, Manifest, name_of
from claims.history.exported import MALFORMED, MOMENT

LONGEST_MANIFEST = 1 << 20
LONGEST_LINE = 64 << 20
AT_ONCE = 1 << 20
MAY_BE_NULL = ("as_of", "log_head")
DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)
NAME = re.compile(r"[a-z]{1,40}\.(?:ndjson|csv)\.gz", re.ASCII)
UNREADABLE = (gzip.BadGzipFile, zlib.error, EOFError)


class BadExport(Exception):
    """An export that cannot be taken in: the file, the line where there is one, and the reason."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An export whose files are those that its manifest names."""

    folder: Path
    digest: str
    manifest: Manifest

    @property
    def as_of(self) -> datetime | None:
        """When the last act was recorded."""
        return datetime.fromisoformat(self.manifest.as_of) if self.manifest.as_of else None

    def rows(self, table: str) -> Iterator[tuple[int, Any]]:
        """Yield the rows of a small table with their line numbers. Raises BadExport."""
        for number, line in self.lines(table):
            try:
                row = orjson.loads(line)
            except ValueError as error:
                raise BadExport(f"{name_of(table)}, line {number}: not JSON: {error}") from error
            if type(row) is not dict:
                raise BadExport(f"{name_of(table)}, line {number}: not an object")
            yield number, row

    def lines(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a table, numbered from 1 on, as many as promised. Raises BadExport."""
        name, number = name_of(table), 0
        promised = next(one.rows for one in self.manifest.files if one.name == name)
        try:
            with gzip.open(self.folder / name, "rb") as file:
                while line := file.readline(LONGEST_LINE):
                    number += 1
                    if len(line) == LONGEST_LINE:
                        raise BadExport(f"{name}, line {number}: longer than {LONGEST_LINE} bytes")
                    yield number, line
        except OSError as error:
            raise BadExport(f"{name}, line {number + 1}: {error.strerror or error}") from error
        except UNREADABLE as error:
            raise BadExport(f"{name}, line {number + 1}: cannot be unpacked: {error}") from error
        if number != promised:
            raise BadExport(f"{name} has {number} rows; the manifest promises {promised}")


def opened(path: Path) -> Opened:
    """Return the export at `path`, a folder or manifest, each file as the manifest says. Raises BadExport."""
    manifest = path / MANIFEST if path.is_dir() else path
    try:
        with manifest.open("rb") as file:
            data = file.read(LONGEST_MANIFEST)
    except OSError as error:
        raise BadExport(f"{manifest}: {error.strerror}") from error
    export = Opened(manifest.parent, hashlib.sha256(data).hexdigest(), manifest_of(data))
    for one in export.manifest.files:
        _check_file(export.folder / one.name, one)
    return export


def manifest_of(data: bytes) -> Manifest:
    """Return the manifest that these bytes are. Raises BadExport."""
    try:
        told = orjson.loads(data)
        if told["format"] != FORMAT:
            raise BadExport(f"{MANIFEST}: the format is {told['format']!r}, not {FORMAT}")
        files = tuple(_file(one) for one in told.pop("files"))
        _check_kinds(told)
    except MALFORMED as error:
        raise BadExport(f"{MANIFEST}: malformed: {type(error).__name__}: {error}") from error
    missing = {name_of(table) for table in TABLES} - {one.name for one in files}
    if missing:
        raise BadExport(f"{MANIFEST}: it names no {', '.join(sorted(missing))}")
    return Manifest(**told, files=files)


def _check_kinds(told: dict[str, Any]) -> None:
    kinds = {one.name: str(one.type) for one in fields(Manifest)} | {
        "as_of": "str",
        "log_head": "str",
    }
    kinds.pop("files")
    if told.keys() != kinds.keys():
        raise ValueError(f"its members are {', '.join(sorted(told))}")
    for name, kind in kinds.items():
        value = told[name]
        if type(value).__name__ != kind and not (name in MAY_BE_NULL and value is None):
            raise TypeError(f"{name} is {value!r}")
    if told["as_of"] is not None and not MOMENT.fullmatch(told["as_of"]):
        raise ValueError("as_of is not a moment")


def _file(told: dict[str, Any]) -> FileEntry:
    one = FileEntry(**told)
    if not (NAME.fullmatch(one.name) and DIGEST.fullmatch(one.sha256)):
        raise ValueError(f"{one.name!r} is no file of an export")
    if type(one.bytes) is not int or type(one.rows) is not int:
        raise TypeError(f"bytes and rows of {one.name} are not numbers")
    return one


def _check_file(path: Path, wanted: FileEntry) -> None:
    found, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while some := file.read(AT_ONCE):
                found.update(some)
                size += len(some)
    except OSError as error:
        raise BadExport(f"{wanted.name}: {error.strerror}") from error
    if (size, found.hexdigest()) != (wanted.bytes, wanted.sha256):
        raise BadExport(f"{wanted.name}: its digest is not the one that the manifest names")
