"""Copies of sources in the register: keeping one, and letting go of those that nothing names any more.

A file is written before its row is committed and removed only after its row is gone, each while holding the turn
of its digest; so a row always has its file, and what a crash leaves behind is a file without a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import connection, transaction

from claims.history.postgres_guards import wait_for_turn
from claims.models import Evidence, FoundReview, Snapshot, SourceReading, User
from claims.snapshots import store


@transaction.atomic
def keep_snapshot(data: bytes, *, media_type: str, by: User, **known: Any) -> Snapshot:
    """Return the copy of `data`, stored if it is new; `known` are the columns that say where it is from."""
    sha256 = hashlib.sha256(data).hexdigest()
    _take_turn(sha256)
    store.keep(data)
    facts = {"media_type": media_type, "size": len(data), "by": by, **known}
    return Snapshot.objects.get_or_create(sha256=sha256, defaults=facts)[0]


@transaction.atomic
def let_go(digests: Iterable[str]) -> list[str]:
    """Forget the copies of these digests that neither evidence nor a reading needs; return which they were."""
    gone = []
    for sha256 in sorted(set(digests)):
        _take_turn(sha256)
        if Snapshot.objects.unheld().filter(sha256=sha256).delete()[0]:
            transaction.on_commit(partial(_remove_file, sha256), robust=True)
            gone.append(sha256)
    return gone


def forget_readings(readings: Iterable[SourceReading]) -> None:
    """Forget readings and what they found."""
    keys = [reading.pk for reading in readings]
    FoundReview.objects.filter(reading__in=keys).delete()
    SourceReading.objects.filter(pk__in=keys).delete()


def forget_copy(sha256: str) -> None:
    """Forget a copy, and the readings of it, unless evidence names it."""
    if not Evidence.objects.filter(snapshot=sha256).exists():
        forget_readings(SourceReading.objects.filter(snapshot__sha256=sha256))
        let_go([sha256])


def _remove_file(sha256: str) -> None:
    with transaction.atomic():
        _take_turn(sha256)
        if not Snapshot.objects.filter(sha256=sha256).exists():
            store.remove(sha256)


def _take_turn(sha256: str) -> None:
    """Let whoever keeps or removes the same copy finish first. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        wait_for_turn(connection, [sha256])
