"""Checking the record: every digest, every link, every column, every derived thing, claim by claim.

Nothing here trusts anything: a malformed row is a finding, never a crash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from claims.history.canonical import base64url, digest_of, hash_of_leaf
from claims.history.clock import CLOCK_SKEW
from claims.history.leaves import erasable_values, leaf_of
from claims.history.recorder import ROW_ORDER
from claims.history.replay import Record
from claims.models import (
    NO_HASH,
    Article,
    Claim,
    HistoryEntry,
    LedgerRow,
    Redaction,
    Verdict,
    VerdictEvidence,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between what is stored and what must be there."""

    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}"


def check_entries(record: Record) -> Iterator[Finding]:
    """Yield every fault in the chain of a claim and in the rows its entries are about."""
    previous: HistoryEntry | None = None
    for pk, entry in record.entries.items():
        subject = f"claim {record.claim.public_id} entry {entry.number}"
        rows, rests_on = record.rows.get(pk, []), record.rests_on.get(pk, ())
        checks = (
            _link(entry, previous),
            _leaf(entry, rows, rests_on, record.tombstones),
            _values(entry, rows, record.tombstones),
        )
        for check in checks:
            yield from _guarded(subject, check)
        previous = entry
    yield from _head(record.claim, previous)


def check_strays() -> Iterator[Finding]:
    """Yield every row that is no part of its claim's history, so that no check of a claim would meet it."""
    entries, verdicts = HistoryEntry.objects.all(), Verdict.objects.all()
    own = entries.filter(pk=OuterRef("entry_id"), claim=OuterRef("claim_id"))
    homes: list[tuple[type[Model], QuerySet[Any]]] = [(row, own) for row in ROW_ORDER]
    homes += [
        (HistoryEntry, Claim.objects.filter(pk=OuterRef("claim_id"))),
        (Redaction, entries.filter(pk=OuterRef("entry_id"), claim__entries=OuterRef("target_id"))),
        (
            VerdictEvidence,
            verdicts.filter(pk=OuterRef("verdict_id"), claim__evidence=OuterRef("evidence_id")),
        ),
    ]
    for model, home in homes:
        strays = model._default_manager.exclude(Exists(home)).order_by("pk")
        for pk in strays.values_list("pk", flat=True):
            name = model._meta.verbose_name
            yield Finding(f"{name} with id {pk}", "is no part of the history of its claim")


def _guarded(subject: str, check: Iterator[str]) -> Iterator[Finding]:
    try:
        for what in check:
            yield Finding(subject, what)
    except Exception as error:  # noqa: BLE001  (whatever is wrong with a row is a finding)
        yield Finding(subject, f"cannot be read: {type(error).__name__}: {error}")


def _link(entry: HistoryEntry, previous: HistoryEntry | None) -> Iterator[str]:
    expected = previous.number + 1 if previous else 1
    if entry.number != expected:
        yield f"the number should be {expected}"
    if bytes(entry.prev_hash) != (bytes(previous.leaf_hash) if previous else NO_HASH):
        yield "prev_hash is not the hash of the entry before"
    if previous and entry.recorded_at <= previous.recorded_at:
        yield "recorded_at is not after the entry before"
    if entry.recorded_at > timezone.now() + CLOCK_SKEW:
        yield "recorded_at is in the future"


def _leaf(
    entry: HistoryEntry,
    rows: list[LedgerRow],
    rests_on: tuple[int, ...],
    tombstones: list[Redaction],
) -> Iterator[str]:
    leaf = bytes(entry.leaf)
    if hash_of_leaf(leaf) != bytes(entry.leaf_hash):
        yield "leaf_hash is not the hash of the leaf"
    stored = json.loads(leaf)
    own = [bytes(one.digest) for one in tombstones if one.entry_id == entry.pk]
    rebuilt = json.loads(leaf_of(entry, rows, rests_on=rests_on, redacts=own, digests=()))
    rebuilt["digests"] = stored.get("digests")
    for name in sorted(stored.keys() | rebuilt.keys()):
        if stored.get(name) != rebuilt.get(name):
            yield f"{name} differs: hashed {stored.get(name)!r}, stored {rebuilt.get(name)!r}"


def _values(
    entry: HistoryEntry, rows: list[LedgerRow], tombstones: list[Redaction]
) -> Iterator[str]:
    promised = set(json.loads(bytes(entry.leaf))["digests"])
    mine = [one for one in tombstones if one.target_id == entry.pk]
    for name, value, salt in erasable_values(entry, rows):
        digest = base64url(digest_of(salt, name, value))
        if digest not in promised:
            yield f"{name} is not the value that was hashed"
        if any(one.field == name for one in mine):
            yield f"{name} was redacted but is still there"
        promised.discard(digest)
    for redaction in mine:
        if base64url(bytes(redaction.digest)) not in promised:
            yield f"the tombstone of {redaction.field} names a digest that is not missing"
        promised.discard(base64url(bytes(redaction.digest)))
    if promised:
        yield f"{len(promised)} hashed value(s) are gone without a tombstone"


def _head(claim: Claim, last: HistoryEntry | None) -> Iterator[Finding]:
    subject = f"claim {claim.public_id}"
    if last is None:
        yield Finding(subject, "has no history")
        return
    wanted = {
        "head_number": last.number,
        "head_hash": bytes(last.leaf_hash),
        "head_at": last.recorded_at,
    }
    for name, value in wanted.items():
        if _plain(getattr(claim, name)) != value:
            yield Finding(subject, f"{name} is not that of the last entry, {last.number}")


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def check_article(article: Article, *, left_out: bool = False) -> Iterator[Finding]:
    """Yield every fault in an article's frozen text, its original and the quotes found in it.

    `left_out` says that the register was rebuilt from an export that holds no originals, and not every text.
    """
    subject = f"article {article.public_id}"
    if left_out and not article.text:
        return
    if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
        yield Finding(subject, "sha256 is not that of the text")
    original = getattr(article, "original", None)
    if original is None:
        if not left_out:
            yield Finding(subject, "the original is missing")
    elif hashlib.sha256(bytes(original.data)).hexdigest() != original.sha256:
        yield Finding(subject, "the original's sha256 is not that of its bytes")
    for row in article.appearances.all():
        if row.exact is not None and article.text[row.start : row.end] != row.exact:
            where = f"claim {row.entry.claim.public_id} entry {row.entry.number}"
            yield Finding(subject, f"the quote of {where} does not stand at {row.start}")
