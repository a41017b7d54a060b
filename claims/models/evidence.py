"""Evidence for and against claims, append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.entry import HistoryEntry, LedgerRow
from claims.models.fields import (
    ErasableTextField,
    SaltField,
    known_value,
    paired_with_salt,
)
from claims.models.ledger_reads import OfClaimsQuerySet
from claims.models.publisher import Publisher
from claims.models.written import Written
from claims.vocabulary import Act, EvidenceKind, RatedAs, Stance


class EvidenceQuerySet(OfClaimsQuerySet["Evidence"]):
    """Reads of evidence."""

    ENDED_BY = Act.EVIDENCE_WITHDRAWN

    def standing(self) -> Self:
        """Evidence that was not withdrawn."""
        withdrawals = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"),
            act=Written(Act.EVIDENCE_WITHDRAWN),
            about=models.OuterRef("entry__number"),
        )
        return self.exclude(models.Exists(withdrawals))

    def of_stance(self, stance: str) -> Self:
        """Evidence of one stance."""
        return self.filter(stance=stance)

    def of_kind(self, kind: str) -> Self:
        """Evidence of one kind."""
        return self.filter(kind=kind)

    def from_primary_sources(self, *, only: bool) -> Self:
        """Evidence that is a primary source, or evidence that is none."""
        return self.filter(primary=only)

    def by_publisher(self, publisher: Publisher) -> Self:
        """Evidence of one publisher whose name was not erased there."""
        return self.filter(publisher=publisher, publisher_name__isnull=False)

    def to_look_at(self, *, before: datetime) -> Self:
        """Standing evidence with an address that a verdict rests on and nobody looked at since `before`.

        What was never looked at comes first, then what was longest not.
        """
        cited = self.standing().filter(url__isnull=False, carries__isnull=False)
        in_force = cited.filter(
            claim__status__isnull=False,
            claim__merged_into__isnull=True,
        )
        due = in_force.filter(models.Q(watch__isnull=True) | models.Q(watch__looked_at__lt=before))
        return due.distinct().order_by(models.F("watch__looked_at").asc(nulls_first=True), "pk")

    def cited_from(self, publisher: Publisher) -> Self:
        """Standing evidence of `publisher` on claims that public lists show."""
        shown = self.filter(publisher=publisher, publisher_name__isnull=False)
        return shown.filter(claim__in=Claim.objects.listed()).standing()

    def stance_counts(self) -> dict[str, int]:
        """Return how many pieces have each stance."""
        counted = self.order_by().values_list("stance").annotate(number=models.Count("pk"))
        return dict(counted)

    def counted_by_publisher(self, *, since: datetime, most: int) -> list[tuple[str, int]]:
        """Return the publishers of the most evidence added after `since`, each with how many pieces."""
        added = self.filter(
            entry__act=Act.EVIDENCE_ADDED, entry__recorded_at__gte=since, publisher__isnull=False
        )
        counted = (
            added.order_by().values_list("publisher__name").annotate(number=models.Count("pk"))
        )
        return list(counted.order_by("-number", "publisher__name")[:most])


class Evidence(LedgerRow):
    """One source for or against a claim."""

    KEY = "evidence"
    ERASABLE = (
        "url",
        "archived_url",
        "source_text",
        "title",
        "publisher_name",
        "excerpt",
        "remark",
        "snapshot",
        "rating",
    )
    FACTS = (
        "stance",
        "kind",
        "primary",
        "published_on",
        "origin",
        "publisher",
        "excerpt_in_copy",
        "rated_as",
    )

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(_("stance"), max_length=8, choices=Stance.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind.choices)
    primary = models.BooleanField(default=False, help_text=_("A primary source"))
    url = ErasableTextField(_("web address"))
    url_salt = SaltField()
    archived_url = ErasableTextField(help_text=_("Where a copy of the source is kept"))
    archived_url_salt = SaltField()
    source_text = ErasableTextField(help_text=_("A source without an address of its own"))
    source_text_salt = SaltField()
    title = ErasableTextField(_("title"))
    title_salt = SaltField()
    publisher = models.ForeignKey(
        Publisher,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
        db_index=False,
    )
    publisher_name = ErasableTextField(_("publisher"))
    publisher_name_salt = SaltField()
    published_on = models.DateField(null=True, blank=True)
    excerpt = ErasableTextField()
    excerpt_salt = SaltField()
    remark = ErasableTextField()
    remark_salt = SaltField()
    snapshot = ErasableTextField(
        help_text="SHA-256 of the copy of the source that the register stored, hexadecimal"
    )
    snapshot_salt = SaltField()
    excerpt_in_copy = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether the excerpt stands in the stored copy; empty where nothing was compared",
    )
    rating = ErasableTextField(help_text="What another fact-checker called it, word for word")
    rating_salt = SaltField()
    rated_as = models.CharField(  # noqa: DJ001  (NULL: a leaf leaves it out; an empty word is no meaning)
        max_length=12,
        null=True,
        blank=True,
        choices=RatedAs.choices,
        help_text="What that rating comes to, by the register's own table; empty where it knows no such rating",
    )
    origin = models.PositiveIntegerField(
        help_text=_("The number of the first entry with evidence of the same origin")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        default_permissions = ("view",)
        ordering = ["claim_id", "entry_id"]
        indexes = [
            models.Index(fields=["stance", "-entry"], name="evidence_newest_by_stance"),
            models.Index(fields=["kind", "-entry"], name="evidence_newest_by_kind"),
            models.Index(
                # Most evidence names none, and SQLite would take an index of all for one that tells nothing.
                fields=["publisher", "-entry"],
                condition=models.Q(publisher__isnull=False),
                name="evidence_of_publisher",
            ),
        ]
        constraints = [
            known_value("evidence_stance_known", "stance", Stance),
            known_value("evidence_kind_known", "kind", EvidenceKind),
            models.CheckConstraint(
                name="evidence_rated_as_known",
                condition=models.Q(rated_as__isnull=True) | models.Q(rated_as__in=RatedAs.values),
            ),
            *paired_with_salt(
                "evidence",
                "url",
                "archived_url",
                "source_text",
                "title",
                "publisher_name",
                "excerpt",
                "remark",
                "snapshot",
                "rating",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.source_text or gettext("[redacted]")
