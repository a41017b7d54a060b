"""What one entry commits to: its facts in clear, its erasable values as salted digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from claims.history.canonical import base64url, canonical, digest_of, fact_of, moment_text
from claims.models import HistoryEntry, LedgerRow, Verdict
from claims.models.fields import new_salt

LEAF_VERSION = 1


def salt_values(owner: HistoryEntry | LedgerRow) -> None:
    """Give each erasable value of `owner` its salt; an empty value is stored as absent."""
    for name in owner.ERASABLE:
        value = getattr(owner, name) or None
        setattr(owner, name, value)
        setattr(owner, f"{name}_salt", new_salt() if value is not None else None)


def erasable_values(
    entry: HistoryEntry, rows: Iterable[LedgerRow]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, value and salt of every value that is still there."""
    owners: list[tuple[HistoryEntry | LedgerRow, str]] = [(entry, "")]
    owners.extend((row, f"{row.KEY}.") for row in rows)
    for owner, prefix in owners:
        for column in owner.ERASABLE:
            value = getattr(owner, column)
            if value is not None:
                yield prefix + column, value, bytes(getattr(owner, f"{column}_salt"))


def facts_of(row: LedgerRow, rests_on: Iterable[int]) -> dict[str, Any]:
    """Return what a row says in clear; columns without a value are left out."""
    facts = {name: fact_of(getattr(row, name)) for name in row.FACTS}
    if isinstance(row, Verdict):
        facts |= {"wording": row.wording.version, "evidence": sorted(rests_on)}
    return {name: value for name, value in facts.items() if value is not None}


def leaf_of(
    entry: HistoryEntry,
    rows: Iterable[LedgerRow],
    *,
    rests_on: Iterable[int] = (),
    redacts: Iterable[bytes] = (),
    digests: Iterable[bytes] | None = None,
) -> bytes:
    """Return the exact bytes of an entry's leaf.

    `rests_on` are the entry numbers of a verdict's evidence; `redacts` the digests a redaction erases;
    `digests` replaces the computed ones where values have been erased since.
    """
    rows = list(rows)
    if digests is None:
        values = erasable_values(entry, rows)
        digests = [digest_of(salt, name, value) for name, value, salt in values]
    leaf: dict[str, Any] = {
        "v": LEAF_VERSION,
        "log": settings.FACTCHECK_LOG_ORIGIN,
        "claim": entry.claim.public_id,
        "seq": entry.number,
        "kind": entry.act,
        "recorded_at": moment_text(entry.recorded_at),
        "prev": base64url(bytes(entry.prev_hash)),
        "digests": sorted(base64url(digest) for digest in digests),
    }
    leaf |= _optional_parts(entry, redacts)
    leaf |= {row.KEY: facts_of(row, rests_on) for row in rows}
    return canonical(leaf)


def _optional_parts(entry: HistoryEntry, redacts: Iterable[bytes]) -> dict[str, Any]:
    parts = {
        "effective_on": fact_of(entry.effective_on),
        "about": entry.about,
        "other_claim": fact_of(entry.other_claim),
        "reason": entry.reason_code or None,
        "redacts": sorted(base64url(digest) for digest in redacts) or None,
    }
    return {name: value for name, value in parts.items() if value is not None}
