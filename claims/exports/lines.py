"""The lines of the claims, read in batches: a handful of queries for each, whatever the number of claims."""

from __future__ import annotations

import mmap
import tempfile
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings

from claims.exports.shape import EntryPart, claim_line
from claims.history.canonical import disclosure, moment_text
from claims.history.recorder import ROW_ORDER
from claims.models import Claim, ClaimDocument, ClaimTopic, HistoryEntry, LedgerRow, Redaction
from claims.models.claim import ClaimQuerySet

AT_ONCE = 200
COUNTED_AT_ONCE = 10_000
PLACE = 8  # bytes of a key
Place = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """The line of one claim, and what the manifest counts of it."""

    text: bytes
    public_id: str
    entries: int
    head: str
    document: str | None


def exported_claims(*, whole: bool) -> ClaimQuerySet:
    """Return the claims that an export holds."""
    claims = Claim.objects.filter(head_number__gt=0)
    return claims if whole else claims.published()


def claim_lines(*, whole: bool, as_of: str) -> Iterator[ClaimLine]:
    """Yield the line of each claim, in the order in which they came into the register."""
    with _places(whole=whole) as place:
        last = 0
        while claims := list(_next_claims(last, whole=whole)):
            yield from _lines(claims, place, as_of)
            last = claims[-1].pk


def _next_claims(last: int, *, whole: bool) -> ClaimQuerySet:
    claims = exported_claims(whole=whole).filter(pk__gt=last).order_by("pk")
    return claims.only("public_id", "created_at")[:AT_ONCE]


@contextmanager
def _places(*, whole: bool) -> Iterator[Place]:
    """Yield what tells the place of an entry, by its key, among all that are exported.

    The keys lie in a file rather than in memory: of ten million claims they would fill most of a gigabyte.
    """
    entries = HistoryEntry.objects.order_by("pk")
    if not whole:
        entries = entries.filter(claim__published_at__isnull=False)
    keys = entries.values_list("pk", flat=True).iterator(chunk_size=COUNTED_AT_ONCE)
    with tempfile.TemporaryFile() as file:
        while some := array("q", islice(keys, COUNTED_AT_ONCE)):
            some.tofile(file)
        file.flush()
        if not file.tell():
            yield lambda _: 0
            return
        with (
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
            memoryview(held) as data,
            data.cast("q") as known,
        ):
            yield lambda key: bisect_left(known, key) + 1


def _lines(claims: Sequence[Claim], place: Place, as_of: str) -> Iterator[ClaimLine]:
    keys = [claim.pk for claim in claims]
    values = _values(keys)
    entries = _entries(keys, values, place)
    erased, topics, documents = _erased(keys), _topics(keys), _documents(keys)
    for claim in claims:
        document, sha256 = documents.get(claim.pk, (None, None))
        own = entries[claim.pk]
        text = claim_line(
            public_id=claim.public_id,
            created_at=moment_text(claim.created_at),
            log=settings.FACTCHECK_LOG_ORIGIN,
            as_of=as_of,
            entries=own,
            document=document,
            sha256=sha256,
            erased=erased[claim.pk],
            topics=topics[claim.pk],
        )
        yield ClaimLine(text, claim.public_id, len(own), own[-1].leaf_hash.hex(), document)


def _entries(
    claims: list[int], values: dict[int, list[str]], place: Place
) -> dict[int, list[EntryPart]]:
    found: dict[int, list[EntryPart]] = defaultdict(list)
    rows = HistoryEntry.objects.filter(claim__in=claims).order_by("claim", "number")
    for claim, pk, number, leaf, leaf_hash in rows.values_list(
        "claim", "pk", "number", "leaf", "leaf_hash"
    ):
        part = EntryPart(number, bytes(leaf), bytes(leaf_hash), values[pk], place(pk))
        found[claim].append(part)
    return found


def _values(claims: list[int]) -> dict[int, list[str]]:
    """Return the disclosures of each entry, by its key: its own values first, then those of its rows."""
    found: dict[int, list[str]] = defaultdict(list)
    owners: tuple[type[HistoryEntry | LedgerRow], ...] = (HistoryEntry, *ROW_ORDER)
    for model in owners:
        prefix = f"{model.KEY}." if issubclass(model, LedgerRow) else ""
        salts = [f"{name}_salt" for name in model.ERASABLE]
        names = [prefix + name for name in model.ERASABLE]
        rows = model._default_manager.filter(claim__in=claims).order_by("pk")
        for pk, *both in rows.values_list("pk", *model.ERASABLE, *salts):
            own = found[pk]
            for name, value, salt in zip(names, both, both[len(names) :], strict=False):
                if value is not None:
                    own.append(disclosure(bytes(salt), name, value))
    return found


def _erased(claims: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = Redaction.objects.filter(entry__claim__in=claims).order_by("entry", "pk")
    columns = ("entry__claim", "entry__number", "target__number", "field", "digest")
    for claim, entry, target, field, digest in rows.values_list(*columns):
        told = {"entry": entry, "target": target, "field": field, "digest": bytes(digest).hex()}
        found[claim].append(told)
    return found


def _topics(claims: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    filed = ClaimTopic.objects.of_any(claims).order_by("claim", "topic__slug")
    for claim, slug in filed.values_list("claim", "topic__slug"):
        found[claim].append(slug)
    return found


def _documents(claims: list[int]) -> dict[int, tuple[str, str]]:
    rows = ClaimDocument.objects.filter(claim__in=claims)
    return {pk: (body, sha256) for pk, body, sha256 in rows.values_list("pk", "body", "sha256")}
