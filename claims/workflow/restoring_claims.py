"""Claims of an export made ready to be written: proved, turned into rows, their documents built and compared.

All of it only reads the database, so it may run in processes of its own beside the one that writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from claims import documents
from claims.exports.shape import CLAIMS, name_of
from claims.history import many
from claims.history.exported import ExportedClaim, Unsound, demand, proved
from claims.history.many import Values
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
    Unsealed,
    VerdictEvidence,
)
from claims.workflow.acting import cached_values

Line = tuple[int, bytes]
KEPT = 1_000  # rows of each kind
# Without the texts, which may be long and which no document shows.
PLAIN = ("public_id", "title", "language", "publisher_name", "published_on", "canonical_url", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every claim of one restoration; `same_shape` is whether documents must come out as they were."""

    origin: str
    by: int
    begun_at: datetime
    same_shape: bool
    log_size: int


@dataclass(slots=True)
class Ready:
    """Some claims ready to be written: the rows of each table, and how many documents came out otherwise.

    `heads` are the numbers of their lines with the ids of the claims. Of those that name others the document is left
    for the end: it may say whether the other is public.
    """

    heads: list[tuple[int, str]] = field(default_factory=list)
    tables: dict[type[Model], list[Values]] = field(default_factory=dict)
    entries: int = 0
    otherwise: int = 0

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.heads[-1][0]


def made_ready(lines: Sequence[Line], terms: Terms, parties: Parties) -> Ready:
    """Return the claims of some lines, ready to be written. Raises Unsound, which names the line."""
    told = [(number, _proved(number, line, terms)) for number, line in lines]
    known = parties.known([one for _, one in told])
    topics = parties.topics([one for _, one in told])
    ready = Ready()
    claims: list[tuple[Restored, ExportedClaim]] = []
    for number, one in told:
        try:
            claims.append((_restored(number, one, known, terms), one))
        except Unsound as error:
            raise _at(number, one.public_id, error) from error
    _fill(ready, [one for one, _ in claims])
    ready.tables[Unsealed] = _waiting([one for one, _ in claims], terms)
    stored: list[ClaimDocument] = []
    filings: list[Values] = []
    filed = many.plain(terms.by, terms.begun_at)
    for (claim, one), (number, _) in zip(claims, told, strict=True):
        try:
            own = _topics_of(one, topics)
            filings += [(claim.claim.pk, topic.pk, *filed) for topic in own]
            if not one.others:
                stored += _document(ready, claim, one, own, terms)
        except Unsound as error:
            raise _at(number, one.public_id, error) from error
    ready.tables[ClaimDocument] = many.values_of(stored)
    ready.tables[ClaimTopic] = filings
    return ready


def _at(number: int, public_id: str, error: Unsound) -> Unsound:
    return Unsound(f"{name_of(CLAIMS)}, line {number}, claim {public_id}: {error}")


def _proved(number: int, line: bytes, terms: Terms) -> ExportedClaim:
    try:
        told = proved(line, origin=terms.origin)
    except Unsound as error:
        raise Unsound(f"{name_of(CLAIMS)}, line {number}: {error}") from error
    return told


class Parties:
    """The rows that claims name, kept from batch to batch: while a register is rebuilt they do not change."""

    def __init__(self) -> None:
        self._kept: dict[type[Model], dict[str, Any]] = {}

    def known(self, told: Sequence[ExportedClaim]) -> Known:
        """Return the rows that these claims name: four queries at most, whatever their number."""
        others = {public_id for one in told for public_id in one.others}
        claims = Claim.objects.filter(public_id__in=others) if others else ()
        publishers, articles = Publisher.objects.all(), Article.objects.only(*PLAIN)
        made_or_said = ("wording", "claimant"), ("appearance", "speaker")
        return Known(
            claimants=self._found(Claimant.objects.all(), _named(told, *made_or_said)),
            publishers=self._found(publishers, _named(told, ("evidence", "publisher"))),
            articles=self._found(articles, _named(told, ("appearance", "article"))),
            claims={claim.public_id: claim for claim in claims},
        )

    def topics(self, told: Sequence[ExportedClaim]) -> dict[str, Topic]:
        """Return the topics that these claims are filed under, and maybe others."""
        return self._found(
            Topic.objects.all(), {slug for one in told for slug in one.topics}, "slug"
        )

    def _found(self, rows: QuerySet[Any], ids: set[str], name: str = "public_id") -> dict[str, Any]:
        kept = self._kept.setdefault(rows.model, {})
        if len(kept) > KEPT:
            kept.clear()
        if new := ids - kept.keys():
            kept |= {getattr(row, name): row for row in rows.filter(**{f"{name}__in": new})}
        return kept


def _named(told: Sequence[ExportedClaim], *ways: tuple[str, str]) -> set[str]:
    return {public_id for one in told for way in ways for public_id in one.named(*way)}


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
    filed: Sequence[Topic],
    terms: Terms,
) -> list[ClaimDocument]:
    """Return the document of a published claim, built here; count it where it came out otherwise for its shape."""
    if claim.state.published_at is None:
        demand(told.document is None, "it was never published, yet has a document")
        return []
    row = documents.stored(claim.state)
    if not is_as_told(row, told, terms):
        ready.otherwise += 1
    row.around = documents.around_of(filed, since=None)
    return [row]


def is_as_told(row: ClaimDocument, told: ExportedClaim, terms: Terms) -> bool:
    """Return whether a document is the exported one. Raises Unsound where it is not, and the shape gives no reason."""
    same = row.sha256 == told.sha256 and row.body.encode() == told.document
    demand(same or not terms.same_shape, "its document is not what its history gives")
    return same


def _topics_of(told: ExportedClaim, topics: dict[str, Topic]) -> list[Topic]:
    demand(topics.keys() >= set(told.topics), "it is filed under a topic that is not there")
    return [topics[slug] for slug in told.topics]


def _waiting(claims: Sequence[Restored], terms: Terms) -> list[Values]:
    """Return the entries that wait for a place in the log, in the order of the log that they had a place in.

    An entry comes with its claim, and the log is over all claims: so the places are given when all are there.
    """
    found: list[Values] = []
    for one in claims:
        public = one.state.published_at is not None
        for entry, index in zip(one.entries, one.indices, strict=True):
            if index is not None:
                demand(public, "it has a place in the log and was never published")
                demand(index < terms.log_size, "its place in the log is behind the end")
                found.append((index + 1, entry.pk))
            elif public:
                found.append((terms.log_size + entry.pk, entry.pk))
    return found


def _fill(ready: Ready, claims: Sequence[Restored]) -> None:
    """Turn the rows of some claims into values, table by table, in the order in which they are written."""
    ready.heads = [(one.claim.pk, one.claim.public_id) for one in claims]
    ready.entries = sum(len(one.entries) for one in claims)
    ready.tables[Claim] = many.values_of(one.claim for one in claims)
    ready.tables[HistoryEntry] = many.values_of(e for one in claims for e in one.entries)
    rows: dict[type[LedgerRow], list[LedgerRow]] = {model: [] for model in ROW_ORDER}
    for one in claims:
        for row in one.rows:
            rows[type(row)].append(row)
    for model in ROW_ORDER:
        ready.tables[model] = many.values_of(rows[model])
    ready.tables[VerdictEvidence] = [link for one in claims for link in one.links]
    redactions = [row for one in claims for row in one.redactions]
    ready.tables[Redaction] = many.values_of(redactions, keyed=False)
