"""Bringing a dataset in through the verbs: batches, and a report that names every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction

from claims.interop import averitec
from claims.models import Claimant, ImportRecord, Publisher, User
from claims.vocabulary import ClaimantKind, ClaimKind
from claims.workflow import (
    ClaimDraft,
    EvidenceDraft,
    ImportedClaim,
    ImportedVerdict,
    ImportResult,
    RuleBroken,
    VerdictDraft,
    import_claims,
    record_claimant,
    record_publisher,
)
from claims.workflow.refusals import explain

BATCH = 100
ORIGIN = "AVeriTeC, training set"
UNNAMED = ("user", "viral", "unknown", "multiple", "social media", "posts", "various", "anonymous")
BODY = ("party", "ministry", "government", "campaign", "department", "committee", "news", "group")


@dataclass(slots=True)
class Report:
    """What an import did: counts, and a sentence for each row that was skipped or repaired."""

    added: int = 0
    known: int = 0
    refused: int = 0
    evidence: int = 0
    lines: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.added} claims added with {self.evidence} pieces of evidence, "
            f"{self.known} known already, {self.refused} refused, "
            f"{len(self.lines)} rows skipped or repaired"
        )


class AveritecImport:
    """One run over a dataset, as one account. Each batch is one transaction: it is there whole or not at all."""

    def __init__(self, *, by: User) -> None:
        self.by = by
        self.report = Report()
        self._claimants: dict[str, Claimant] = {}
        self._publishers: dict[str, Publisher] = {}
        records = ImportRecord.objects.filter(source=averitec.SOURCE)
        self._known = set(records.values_list("key", flat=True))

    def run(self, claims: list[averitec.Gathered]) -> Iterator[int]:
        """Bring `claims` in; yield after each batch how many it dealt with."""
        for start in range(0, len(claims), BATCH):
            batch = {one.key: one for one in claims[start : start + BATCH]}
            with transaction.atomic():
                drafts = [
                    self.imported(one) for key, one in batch.items() if key not in self._known
                ]
                result = import_claims(drafts, source=averitec.SOURCE, origin=ORIGIN, by=self.by)
            self._note(batch, result)
            yield len(batch)

    def _note(self, batch: dict[str, averitec.Gathered], result: ImportResult) -> None:
        report = self.report
        report.added += len(result.added)
        report.refused += len(result.refused)
        report.known += len(batch) - len(result.added) - len(result.refused)
        for key, error in result.refused.items():
            rows = ", ".join(map(str, batch[key].rows))
            report.lines.append(
                f"row {rows}: “{batch[key].wording[:60]}” refused: {explain(error)}"
            )
        for key in result.added:
            report.evidence += len(batch[key].pieces)
            report.lines.extend(batch[key].repairs)

    def imported(self, claim: averitec.Gathered) -> ImportedClaim:
        """Return the drafts of one claim."""
        return ImportedClaim(
            key=claim.key,
            claim=ClaimDraft(
                wording=claim.wording,
                kind=ClaimKind.FACT,
                claimant=self._claimant(claim),
                said_on=claim.said_on,
            ),
            evidence=[self._evidence(piece) for piece in claim.pieces],
            verdicts=[_verdict(judgement) for judgement in claim.judgements],
        )

    def _evidence(self, piece: averitec.Piece) -> EvidenceDraft:
        return EvidenceDraft(
            stance=piece.stance,
            kind=piece.kind,
            url=piece.url,
            archived_url=piece.archived_url,
            source_text=piece.source_text,
            publisher=self._publisher(piece.domain),
            excerpt=piece.excerpt,
            note=piece.remark,
        )

    def _claimant(self, claim: averitec.Gathered) -> Claimant | None:
        name = claim.speaker
        if name and name not in self._claimants:
            try:
                known = record_claimant(name=name, kind=claimant_kind(name), by=self.by)
            except RuleBroken as error:
                claim.repairs.append(f"row {claim.rows[0]}: speaker left out: {explain(error)}")
                return None
            self._claimants[name] = known
        return self._claimants.get(name)

    def _publisher(self, domain: str) -> Publisher | None:
        """Return the publisher of a domain; a host that is no domain name has none."""
        if domain and domain not in self._publishers:
            try:
                known = record_publisher(name=domain, domain=domain, by=self.by)
            except RuleBroken:
                return None
            self._publishers[domain] = known
        return self._publishers.get(domain)


def claimant_kind(name: str) -> ClaimantKind:
    """Return what a speaker most likely is; the dataset does not say, and reviewers can correct it."""
    words = name.casefold()
    if any(word in words for word in UNNAMED):
        return ClaimantKind.UNNAMED
    return ClaimantKind.BODY if any(word in words for word in BODY) else ClaimantKind.PERSON


def _verdict(judgement: averitec.Judgement) -> ImportedVerdict:
    return ImportedVerdict(
        draft=VerdictDraft(
            status=judgement.status,
            rationale=judgement.rationale,
            known=f"The label of AVeriTeC: {judgement.label}.",
        ),
        rests_on=judgement.rests_on,
    )
