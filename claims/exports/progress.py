"""How far the export that is being made for readers has come, as a note beside it.

No row of the database can say it: an export is one transaction, and what it wrote would be seen when it is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.conf import settings

from claims.exports.lines import exported_claims

NOTE = ".progress"
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many claims an export holds by now, and how many it is going to hold."""

    done: int
    total: int


def progress_so_far() -> Progress | None:
    """Return how far the export that is being made has come; None where none is, or nothing is known of it yet."""
    try:
        done, total = _note().read_text("ascii").split()
        return Progress(int(done), int(total))
    except (OSError, ValueError):  # there is none, or it is being written at this moment
        return None


@contextmanager
def noted() -> Iterator[Callable[[float], None]]:
    """Yield what is told of each claim that is written; the note goes when the export is made, or failed."""
    settings.FACTCHECK_EXPORTS_DIR.mkdir(parents=True, exist_ok=True)
    note = _Noting(exported_claims(whole=False).count())
    try:
        yield note.add
    finally:
        with suppress(FileNotFoundError):
            _note().unlink()


class _Noting:
    """What counts, and writes the number down once a second at most."""

    def __init__(self, total: int) -> None:
        self._done, self._total = 0, total
        self._write()

    def add(self, claims: float) -> None:
        """Count so many more."""
        self._done += int(claims)
        if monotonic() >= self._again_at:
            self._write()

    def _write(self) -> None:
        _note().write_text(f"{self._done} {self._total}", "ascii")
        self._again_at = monotonic() + SECONDS


def _note() -> Path:
    folder: Path = settings.FACTCHECK_EXPORTS_DIR
    return folder / NOTE
