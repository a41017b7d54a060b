"""Claims of an export made ready to be written: proved, turned into rows, their documents built and compared.

All of it only reads the database, so it may run in processes of its own beside the one that writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from claims import documents
from claims.exports.shape import CLAIMS, name_of
from claims.history import bulk
from claims.history.exported import ExportedClaim, Unsound, demand, proved
from claims.history.recorder import ROW_ORDER
from claims.history.restoring import Known, Restored, restored, row_of
from claims.models import (
    Article,
    Claim,
    Claimant,
    ClaimDocument,
    ClaimTopic,
    HistoryEntry,
    LedgerRow,
    Publisher,
    Redaction,
    Topic,
    VerdictEvidence,
)
from claims.workflow.acting import cached_values

Line = tuple[int, bytes]
# Without the texts, which may be long and which no document shows.
PLAIN = ("public_id", "title", "language", "publisher_name", "published_on", "canonical_url", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every claim of one restoration; `same_shape` is whether documents must come out as they were."""

    origin: str
    by: int
    begun_at: datetime
    same_shape: bool


@dataclass(slots=True)
class Ready:
    """Some claims ready to be written: the rows of each table, and how many documents came out otherwise.

    `heads` are the numbers of their lines with the ids of the claims. Of those that name others the document is left
    for the end: it may say whether the other is public.
    """

    heads: list[tuple[int, str]] = field(default_factory=list)
    tables: dict[type[Model], list[bulk.Values]] = field(default_factory=dict)
    entries: int = 0
    otherwise: int = 0


def made_ready(lines: Sequence[Line], terms: Terms) -> Ready:
    """Return the claims of some lines, ready to be written. Raises Unsound, which names the line."""
    told = [(number, _proved(number, line, terms)) for number, line in lines]
    known, topics = _known([one for _, one in told]), _topics(one for _, one in told)
    ready = Ready()
    claims: list[tuple[Restored, ExportedClaim]] = []
    for number, one in told:
        try:
            claims.append((_restored(number, one, known, terms), one))
        except Unsound as error:
            raise _at(number, one.public_id, error) from error
    _fill(ready, [one for one, _ in claims])
    rows: dict[type[Model], list[Any]] = {ClaimDocument: [], ClaimTopic: []}
    for (claim, one), (number, _) in zip(claims, told, strict=True):
        try:
            own = _filings(claim, one, topics, terms)
            rows[ClaimTopic] += own
            if not one.others:
                rows[ClaimDocument] += _document(ready, claim, one, own, terms)
        except Unsound as error:
            raise _at(number, one.public_id, error) from error
    ready.tables[ClaimDocument] = bulk.values_of(rows[ClaimDocument])
    ready.tables[ClaimTopic] = bulk.values_of(rows[ClaimTopic], keyed=False)
    return ready


def _at(number: int, public_id: str, error: Unsound) -> Unsound:
    return Unsound(f"{name_of(CLAIMS)}, line {number}, claim {public_id}: {error}")


def _proved(number: int, line: bytes, terms: Terms) -> ExportedClaim:
    try:
        told = proved(line, origin=terms.origin)
    except Unsound as error:
        raise Unsound(f"{name_of(CLAIMS)}, line {number}: {error}") from error
    return told


def _known(told: Sequence[ExportedClaim]) -> Known:
    """Return the rows that these claims name: four queries at most, whatever their number."""

    def found(rows: QuerySet[Any], *ways: tuple[str, str]) -> dict[str, Any]:
        ids = {public_id for one in told for way in ways for public_id in one.named(*way)}
        return {row.public_id: row for row in rows.filter(public_id__in=ids)} if ids else {}

    others = {public_id for one in told for public_id in one.others}
    claims = Claim.objects.filter(public_id__in=others) if others else ()
    return Known(
        claimants=found(Claimant.objects.all(), ("wording", "claimant"), ("appearance", "speaker")),
        publishers=found(Publisher.objects.all(), ("evidence", "publisher")),
        articles=found(Article.objects.only(*PLAIN), ("appearance", "article")),
        claims={claim.public_id: claim for claim in claims},
    )


def _topics(told: Iterable[ExportedClaim]) -> dict[str, Topic]:
    slugs = {slug for one in told for slug in one.topics}
    return {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)} if slugs else {}


def _restored(number: int, told: ExportedClaim, known: Known, terms: Terms) -> Restored:
    values = {
        "id": number,
        "public_id": told.public_id,
        "created_at": datetime.fromisoformat(told.created_at),
    }
    claim = row_of(Claim, values, {})
    one = restored(told, known, claim=claim, by=terms.by)
    demand(claim.head_at and claim.head_at <= terms.begun_at, "it was recorded after today")
    for name, value in cached_values(one.state).items():
        setattr(claim, name, value)
    return one


def _document(
    ready: Ready,
    claim: Restored,
    told: ExportedClaim,
    filings: Sequence[ClaimTopic],
    terms: Terms,
) -> list[ClaimDocument]:
    """Return the document of a published claim, built here; count it where it came out otherwise for its shape."""
    if claim.state.published_at is None:
        demand(told.document is None, "it was never published, yet has a document")
        return []
    row = documents.stored(claim.state)
    if not is_as_told(row, told, terms):
        ready.otherwise += 1
    row.around = documents.around_of([one.topic for one in filings], since=None)
    return [row]


def is_as_told(row: ClaimDocument, told: ExportedClaim, terms: Terms) -> bool:
    """Return whether a document is the exported one. Raises Unsound where it is not, and the shape gives no reason."""
    same = row.sha256 == told.sha256 and row.body.encode() == told.document
    demand(same or not terms.same_shape, "its document is not what its history gives")
    return same


def _filings(
    claim: Restored, told: ExportedClaim, topics: dict[str, Topic], terms: Terms
) -> list[ClaimTopic]:
    for slug in told.topics:
        demand(slug in topics, f"there is no topic {slug!r}")
    return [
        ClaimTopic(
            claim_id=claim.claim.pk,
            topic=topics[slug],
            filed_by_id=terms.by,
            filed_at=terms.begun_at,
        )
        for slug in told.topics
    ]


def _fill(ready: Ready, claims: Sequence[Restored]) -> None:
    """Turn the rows of some claims into values, table by table, in the order in which they are written."""
    ready.heads = [(one.claim.pk, one.claim.public_id) for one in claims]
    ready.entries = sum(len(one.entries) for one in claims)
    ready.tables[Claim] = bulk.values_of(one.claim for one in claims)
    ready.tables[HistoryEntry] = bulk.values_of(e for one in claims for e in one.entries)
    rows: dict[type[LedgerRow], list[LedgerRow]] = {model: [] for model in ROW_ORDER}
    for one in claims:
        for row in one.rows:
            rows[type(row)].append(row)
    for model in ROW_ORDER:
        ready.tables[model] = bulk.values_of(rows[model])
    ready.tables[VerdictEvidence] = [link for one in claims for link in one.links]
    redactions = [row for one in claims for row in one.redactions]
    ready.tables[Redaction] = bulk.values_of(redactions, keyed=False)
