"""The files of an export while they are written: the same bytes for the same rows, summed up as they lie."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path
from types import TracebackType

from claims.exports.shape import FileEntry

LEVEL = 6


class Summed:
    """A file that knows the digest and number of the bytes written to it."""

    def __init__(self, path: Path, mode: int) -> None:
        self.name = path.name
        self.size = 0
        self.sum = hashlib.sha256()
        self._file = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")  # noqa: SIM115

    def write(self, data: bytes) -> int:
        """Write bytes as they will be read."""
        self.sum.update(data)
        self.size += len(data)
        return self._file.write(data)

    def close(self) -> None:
        """Have everything reach the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class Rows:
    """One file of rows, compressed; its bytes hold neither a name nor a time."""

    def __init__(self, path: Path, mode: int) -> None:
        self.rows = 0
        self._file = Summed(path, mode)
        self._zip = gzip.GzipFile("", "wb", LEVEL, self._file, mtime=0)  # type: ignore[call-overload]

    def __enter__(self) -> Rows:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.close()

    def add(self, text: bytes, rows: int = 1) -> None:
        """Add the line of a row, or those of several."""
        self._zip.write(text)
        self.rows += rows

    @property
    def entry(self) -> FileEntry:
        """What the manifest says of it, once it is closed."""
        return FileEntry(self._file.name, self._file.sum.hexdigest(), self._file.size, self.rows)
