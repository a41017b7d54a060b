"""The DataFeed of all verdicts as a file, so that any part of it can be read without writing the whole of it.

The file is a cache: it is made of the stored documents, may be deleted at any time, and is made anew once an act was
recorded since. Its name says when it was made, of what, and how many erasures it knows of: a moment cannot say that,
since an erasure bears that of its beginning and is seen only with its commit. `last_file` does not answer with one that
knows of another number than there is, nor with one that nobody has looked after for a day: whoever asks then writes the
feed from the register instead.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone

from claims.documents import Document
from claims.interop.datafeed import Publisher, feed_text
from claims.models import Claim, LogLeaf, Redaction
from claims.snapshots.storage import CrashSafeStorage
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic

EVERY, OLDEST = timedelta(minutes=15), timedelta(days=1)
STAMP = "%Y%m%d%H%M%S%f"
NAME = re.compile(r"claimreview-(?P<made>\d{20})-(?P<erased>\d{1,18})-(?P<mark>[0-9a-f]{32})\.json")
SHAPE = 1  # raised when the same documents are to be written otherwise
CHUNK, PIECES = 500, 200


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the feed: where it is, what it was made of, when, and how many erasures it knows of."""

    path: Path
    mark: str
    at: datetime
    erased: int


@periodic(every=EVERY)
@background(limit=timedelta(minutes=15), retries=1)
def write_datafeed() -> None:
    """Write the DataFeed of all verdicts anew where an act was recorded since."""
    before, mark, erased = _files(), _mark(), Redaction.objects.count()
    if before and (before[-1].mark, before[-1].erased) == (mark, erased):
        _touch(before.pop())
    else:
        name = f"claimreview-{timezone.now():{STAMP}}-{erased}-{mark}.json"
        _storage().save(name, _Written(None))
    for old in before:
        with suppress(FileNotFoundError):
            old.path.unlink()


def last_file() -> Made | None:
    """Return the file of the feed to answer with, if there is one that may be; one query."""
    files = _files()
    if not files:
        return None
    try:
        looked_after = datetime.fromtimestamp(files[-1].path.stat().st_mtime, UTC)
    except FileNotFoundError:  # a newer one took its place just now
        return None
    fresh = looked_after > timezone.now() - OLDEST and files[-1].erased == Redaction.objects.count()
    return files[-1] if fresh else None


def feed_now() -> Iterator[str]:
    """Yield the feed as the register has it now; as many documents at a time as are read at once."""
    publisher = Publisher(
        settings.FACTCHECK_REGISTER_NAME,
        settings.FACTCHECK_BASE_URL,
        settings.FACTCHECK_LICENCE_URL,
    )
    return feed_text(judged_documents(), publisher)


def judged_documents() -> Iterator[Document]:
    """Yield the documents of all claims with a verdict in force, the first published first."""
    judged = Claim.objects.listed().with_verdict_in_force().with_document()
    for claim in judged.first_published_first().iterator(chunk_size=CHUNK):
        yield json.loads(claim.document.body)


class _Written(File):  # type: ignore[type-arg]
    """The feed as a storage takes it in: piece by piece."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield some elements at a time."""
        pieces: list[str] = []
        for piece in feed_now():
            pieces.append(piece)
            if len(pieces) == PIECES:
                yield "".join(pieces).encode()
                pieces.clear()
        yield "".join(pieces).encode()


def _mark() -> str:
    """Return what changes with anything that the feed says.

    An act that is committed late has an earlier moment than the last one; its place in the log comes after all others.
    """
    said: list[Any] = [
        SHAPE,
        settings.FACTCHECK_REGISTER_NAME,
        settings.FACTCHECK_BASE_URL,
        settings.FACTCHECK_LICENCE_URL,
        Claim.objects.published().last_act_at(),
        LogLeaf.objects.size(),
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _storage() -> CrashSafeStorage:
    return CrashSafeStorage(settings.VAR_DIR / "datafeed")


def _files() -> list[Made]:
    """Return the files that were made, the last made last."""
    folder = Path(_storage().location)
    names = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
    found = [(name, NAME.fullmatch(name)) for name in names]
    return [
        Made(
            folder / name,
            part["mark"],
            datetime.strptime(part["made"], STAMP).replace(tzinfo=UTC),
            int(part["erased"]),
        )
        for name, part in found
        if part
    ]


def _touch(file: Made) -> None:
    """Say that somebody looked and found nothing to do."""
    with suppress(FileNotFoundError):
        file.path.touch()
