"""A storage on disk in which a file is there whole or not at all, and stays when the power goes."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

FILES, FOLDERS = 0o640, 0o750
UNFINISHED = ".unfinished-"


class CrashSafeStorage(FileSystemStorage):
    """Writes beside, flushes to the disk, and only then gives the file its name; a name keeps its meaning."""

    def __init__(self, location: str | Path) -> None:
        super().__init__(
            location=location, file_permissions_mode=FILES, directory_permissions_mode=FOLDERS
        )

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return `name` itself: names are digests, so what has the name has the content."""
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        for folder in self._folders(path)[::-1]:
            folder.mkdir(mode=FOLDERS, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).chmod(FILES)
            Path(unfinished).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(unfinished).unlink()
            raise
        for folder in self._folders(path):
            self._flush(folder)
        return name

    def _folders(self, path: Path) -> list[Path]:
        """Return the folders a file stands in, from its own up to the storage's."""
        top = Path(self.location)
        return [one for one in path.parents if one == top or top in one.parents]

    def _flush(self, folder: Path) -> None:
        """Make the names in a folder survive a power cut."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
