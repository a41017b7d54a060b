"""Verdicts and what they rest on, append-only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.entry import LedgerRow
from claims.models.evidence import Evidence
from claims.models.few_rows import WritesFewRows
from claims.models.fields import (
    ErasableTextField,
    SaltField,
    known_value,
    paired_with_salt,
)
from claims.models.ledger_reads import OfClaimsQuerySet
from claims.models.user import User
from claims.models.wording import Wording
from claims.vocabulary import Act, Cause, VerificationStatus

TEXTS = ("rationale", "known", "not_known", "would_settle", "single_source_reason")


class VerdictQuerySet(OfClaimsQuerySet["Verdict"]):
    """Reads of verdicts."""

    ENDED_BY = Act.VERDICT_VOIDED

    def of_status(self, status: str) -> Self:
        """Verdicts that say `status`."""
        return self.filter(status=status)

    def of_cause(self, cause: str) -> Self:
        """Verdicts given for one cause."""
        return self.filter(cause=cause)

    def with_entries(self) -> Self:
        """Fetch along the entry that brought each, and the wording it was given on."""
        return self.select_related("entry", "wording").defer("entry__leaf")

    def told_of(self, claim: int, number: int) -> models.QuerySet[Verdict, tuple[Any, ...]]:
        """What the verdict of that entry says beside its line in the history, for each piece of evidence it rests on:
        its texts, where it comes from, who proposed it, and the number of the entry of the piece, if there is one.
        """
        given = self.filter(claim=claim, entry__number=number)
        piece = "rests_on__evidence__entry__number"
        return given.order_by(piece).values_list(*TEXTS, "origin", "proposed_by_name", piece)

    def for_summaries(self, claims: Iterable[Claim]) -> Self:
        """Those of `claims`, with no more of each than lists show."""
        return self.filter(claim__in=claims).order_by().only("claim", "wording", "status")


class Verdict(LedgerRow):
    """A verification status given to one wording of a claim, and what it rests on."""

    KEY = "verdict"
    ERASABLE = (*TEXTS, "proposed_by_name", "origin")
    FACTS = ("status", "cause")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="verdicts")
    status = models.CharField(_("status"), max_length=12, choices=VerificationStatus.choices)
    cause = models.CharField(_("cause"), max_length=16, choices=Cause.choices)
    rationale = ErasableTextField()
    rationale_salt = SaltField()
    known = ErasableTextField()
    known_salt = SaltField()
    not_known = ErasableTextField()
    not_known_salt = SaltField()
    would_settle = ErasableTextField()
    would_settle_salt = SaltField()
    single_source_reason = ErasableTextField()
    single_source_reason_salt = SaltField()
    proposed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_name = ErasableTextField()
    proposed_by_name_salt = SaltField()
    origin = ErasableTextField(help_text=_("Where an imported verdict comes from"))
    origin_salt = SaltField()

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        default_permissions = ("view",)
        ordering = ["claim_id", "entry_id"]
        indexes = [
            models.Index(fields=["status", "-entry"], name="verdict_newest_by_status"),
            models.Index(fields=["cause", "-entry"], name="verdict_newest_by_cause"),
        ]
        constraints = [
            known_value("verdict_status_known", "status", VerificationStatus),
            known_value("verdict_cause_known", "cause", Cause),
            *paired_with_salt(
                "verdict",
                "rationale",
                "known",
                "not_known",
                "would_settle",
                "single_source_reason",
                "proposed_by_name",
                "origin",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()


class VerdictEvidenceQuerySet(WritesFewRows, models.QuerySet["VerdictEvidence"]):
    """Reads of what verdicts rest on."""

    def numbers_of(self, verdicts: Iterable[int]) -> dict[int, tuple[int, ...]]:
        """Return, by the key of each of these verdicts, the numbers of the entries whose evidence it rests on."""
        found: dict[int, tuple[int, ...]] = {}
        links = self.filter(verdict__in=list(verdicts)).order_by("evidence__entry__number")
        for verdict, number in links.values_list("verdict", "evidence__entry__number"):
            found[verdict] = (*found.get(verdict, ()), number)
        return found


class VerdictEvidence(models.Model):
    """One piece of evidence that a verdict rests on."""

    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, related_name="rests_on", db_index=False
    )
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="carries")

    objects = VerdictEvidenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["verdict", "evidence"], name="verdict_evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.verdict_id} rests on {self.evidence_id}"
