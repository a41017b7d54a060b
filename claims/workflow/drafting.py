"""From statements of a file to what the verbs take: claims, evidence, verdicts; parties are looked up once."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.interop.statements import Judgement, Piece, Statement, claimant_kind
from claims.models import Claimant, Publisher, User
from claims.vocabulary import ClaimKind, EvidenceKind, PublisherKind
from claims.workflow.drafts import ClaimDraft, EvidenceDraft, VerdictDraft
from claims.workflow.imports import ImportedClaim, ImportedVerdict
from claims.workflow.intake import record_claimant, record_publisher
from claims.workflow.refusals import RuleBroken, explain

MOST_CACHED = 20_000


@dataclass(slots=True)
class Gathered:
    """The rows that are one new claim."""

    rows: list[Statement]

    @property
    def first(self) -> Statement:
        """The row whose words the claim takes."""
        return self.rows[0]


@dataclass(slots=True)
class Drafting:
    """Makes drafts for one account; claimants and publishers that are new to the register are recorded."""

    by: User
    _claimants: dict[str, Claimant] = field(default_factory=dict)
    _publishers: dict[tuple[str, str], Publisher] = field(default_factory=dict)

    def claim(self, gathered: Gathered, notes: dict[str, str]) -> ImportedClaim:
        """Return the draft of a claim; why its speaker is none goes into `notes`, by its key."""
        first, rows = gathered.first, gathered.rows
        speaker, wrong = self._claimant(first.speaker)
        if wrong:
            notes[first.key] = wrong
        pieces: list[Piece] = []
        verdicts: list[ImportedVerdict] = []
        for row in rows:
            verdicts += [verdict_of(one, row.origin, offset=len(pieces)) for one in row.judgements]
            pieces += row.pieces
        families = {row.family for row in rows if row.family}
        return ImportedClaim(
            key=first.key,
            more_keys=[*(row.key for row in rows[1:]), *sorted(families)],
            claim=ClaimDraft(
                wording=first.wording,
                kind=ClaimKind.FACT,
                claimant=speaker,
                said_on=next((row.said_on for row in rows if row.said_on), None),
                language=first.language,
            ),
            evidence=[self.evidence(piece) for piece in pieces],
            verdicts=verdicts,
        )

    def _claimant(self, name: str) -> tuple[Claimant | None, str]:
        if name and name not in self._claimants:
            if len(self._claimants) >= MOST_CACHED:
                self._claimants.clear()
            try:
                found = record_claimant(name=name, kind=claimant_kind(name), by=self.by)
            except RuleBroken as error:
                return None, explain(error)
            self._claimants[name] = found
        return self._claimants.get(name), ""

    def evidence(self, piece: Piece) -> EvidenceDraft:
        """Return the draft of a piece."""
        publisher = self._publisher(piece)
        return EvidenceDraft(
            stance=piece.stance,
            kind=piece.kind,
            url=piece.url,
            archived_url=piece.archived_url,
            source_text=piece.source_text,
            title=piece.title,
            publisher=publisher,
            publisher_name="" if publisher else piece.outlet,
            published_on=piece.published_on,
            excerpt=piece.excerpt,
            note=piece.remark,
            rating=piece.rating,
            rated_as=piece.rated_as,
        )

    def _publisher(self, piece: Piece) -> Publisher | None:
        """Return who published a piece; a host that is no domain name has none."""
        key = (piece.domain, "" if piece.domain else piece.outlet)
        if any(key) and key not in self._publishers:
            if len(self._publishers) >= MOST_CACHED:
                self._publishers.clear()
            checker = piece.kind == EvidenceKind.FACT_CHECK
            kind = PublisherKind.FACT_CHECKER if checker else PublisherKind.OTHER
            try:
                name = piece.outlet or piece.domain
                found = record_publisher(name=name, domain=piece.domain, kind=kind, by=self.by)
            except RuleBroken:
                return None
            self._publishers[key] = found
        return self._publishers.get(key)


def verdict_of(one: Judgement, origin: str, *, offset: int = 0) -> ImportedVerdict:
    """Return the draft of a verdict given at `origin`, whose pieces come after `offset` others."""
    return ImportedVerdict(
        draft=VerdictDraft(status=one.status, rationale=one.rationale, known=one.known),
        effective_on=one.effective_on,
        rests_on=[offset + position for position in one.rests_on],
        origin=origin,
    )
