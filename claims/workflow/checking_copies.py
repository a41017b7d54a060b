"""The check of the stored copies: what the record names must be there, unaltered, and nothing else may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from claims.history.verification import Finding
from claims.models import Snapshot
from claims.snapshots import store

# A copy is written before its row is committed; a file younger than this may belong to such a one.
SETTLED = timedelta(hours=1)


def check_copies() -> Iterator[Finding]:
    """Yield what is missing or altered, copies in order, then evidence without a copy, then stray files."""
    for copy in Snapshot.objects.without_text().order_by("pk").iterator():
        yield from check_copy(copy)
    yield from _evidence_without_copy()
    for name in stray_files():
        yield Finding(f"file {name}", "belongs to no copy")


def check_copy(copy: Snapshot) -> Iterator[Finding]:
    """Yield what is wrong with one copy's file."""
    subject = f"copy {copy.sha256}"
    try:
        data = store.read(copy.sha256)
    except store.CopyMissing:
        yield Finding(subject, "the file is missing")
    except store.CopyAltered:
        yield Finding(subject, "the file was altered: its bytes have another SHA-256")
    except OSError as error:
        yield Finding(subject, f"the file cannot be read: {error.strerror}")
    else:
        if len(data) != copy.size:
            yield Finding(subject, f"the size is noted as {copy.size}; it is {len(data)}")


def stray_files() -> Iterator[str]:
    """Yield the names of settled files that belong to no copy: what a crash or a stranger left."""
    known = set(Snapshot.objects.values_list("sha256", flat=True))
    for name in store.names():
        if store.digest_of(name) not in known and store.age_of(name) > SETTLED:
            yield name


def remove_strays() -> list[str]:
    """Remove the files that belong to no copy, and return their names."""
    names = list(stray_files())
    for name in names:
        store.remove_file(name)
    return names


def _evidence_without_copy() -> Iterator[Finding]:
    rows = Snapshot.objects.lacking().select_related("entry__claim")
    for row in rows.order_by("pk").iterator():
        subject = f"claim {row.entry.claim.public_id} entry {row.entry.number}"
        yield Finding(subject, f"names copy {row.snapshot}, of which nothing is known")
