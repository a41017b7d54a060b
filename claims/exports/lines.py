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
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from claims.exports.shape import EntryPart, claim_line
from claims.history.canonical import disclosure, moment_text
from claims.history.recorder import ROW_ORDER
from claims.models import Claim, ClaimDocument, ClaimTopic, HistoryEntry, LedgerRow, Redaction
from claims.models.claim import ClaimQuerySet

AT_ONCE = 200
COUNTED_AT_ONCE = 10_000
Place = Callable[[int], int | None]


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
    claims = Claim.objects.recorded()
    return claims if whole else claims.published()


def claim_lines(*, whole: bool, as_of: str) -> Iterator[ClaimLine]:
    """Yield the line of each claim, in the order in which they came into the register."""
    entries, claims = HistoryEntry.objects.all(), exported_claims(whole=whole)
    if not whole:
        entries = entries.filter(claim__published_at__isnull=False)
    with _places(entries) as place, _places(claims) as line:
        last = 0
        while some := list(_next_claims(claims, last)):
            yield from _lines(some, place, line, as_of)
            last = some[-1].pk


def _next_claims(claims: ClaimQuerySet, last: int) -> ClaimQuerySet:
    left = claims.filter(pk__gt=last).order_by("pk")
    return left.only("public_id", "created_at")[:AT_ONCE]


@contextmanager
def _places(rows: QuerySet[Any]) -> Iterator[Place]:
    """Yield what tells the place of a row, by its key, among `rows` in the order of their keys; None of any other.

    The keys lie in a file rather than in memory: of ten million claims they would fill most of a gigabyte.
    """
    keys = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=COUNTED_AT_ONCE)
    with tempfile.TemporaryFile() as file:
        while some := array("q", islice(keys, COUNTED_AT_ONCE)):
            some.tofile(file)
        file.flush()
        if not file.tell():
            yield lambda _: None
            return
        with (
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
            memoryview(held) as data,
            data.cast("q") as known,
        ):
            yield partial(_place_among, known)


def _place_among(known: memoryview, key: int) -> int | None:
    at = bisect_left(known, key)
    return at + 1 if at < len(known) and known[at] == key else None


def _lines(claims: Sequence[Claim], place: Place, line: Place, as_of: str) -> Iterator[ClaimLine]:
    keys = [claim.pk for claim in claims]
    entries, others = _entries(keys, _values(keys), place), _others(keys, line)
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
            others=others[claim.pk],
        )
        yield ClaimLine(text, claim.public_id, len(own), own[-1].leaf_hash.hex(), document)


def _entries(
    claims: list[int], values: dict[int, list[str]], place: Place
) -> dict[int, list[EntryPart]]:
    found: dict[int, list[EntryPart]] = defaultdict(list)
    rows = HistoryEntry.objects.filter(claim__in=claims).order_by("claim", "number")
    columns = ("claim", "pk", "number", "leaf", "leaf_hash", "log_leaf__index")
    for claim, pk, number, leaf, leaf_hash, index in rows.values_list(*columns):
        hashed = bytes(leaf), bytes(leaf_hash)
        part = EntryPart(number, *hashed, values[pk], place(pk) or 0, index)
        found[claim].append(part)
    return found


def _values(claims: list[int]) -> dict[int, list[str]]:
    """Return the disclosures of each entry, by its key: its own values first, then those of its rows."""
    found: dict[int, list[str]] = defaultdict(list)
    owners: list[type[HistoryEntry] | type[LedgerRow]] = [HistoryEntry, *ROW_ORDER]
    for model in owners:
        prefix = f"{model.KEY}." if issubclass(model, LedgerRow) else ""
        salts = [f"{name}_salt" for name in model.ERASABLE]
        names = [prefix + name for name in model.ERASABLE]
        rows: QuerySet[Any] = model._default_manager.all()
        rows = rows.filter(claim__in=claims).order_by("pk")
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


def _others(claims: list[int], line: Place) -> dict[int, dict[str, int | None]]:
    found: dict[int, dict[str, int | None]] = defaultdict(dict)
    named = HistoryEntry.objects.filter(claim__in=claims, other_claim__isnull=False)
    columns = ("claim", "other_claim", "other_claim__public_id")
    for claim, other, public_id in named.order_by("claim", "number").values_list(*columns):
        found[claim][public_id] = line(other)
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
