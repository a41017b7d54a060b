"""What is kept beside the claims: their public documents, ready to serve, and the memory of imports."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Now

from claims.models.claim import Claim
from claims.models.few_rows import WritesFewRows


class ClaimDocumentQuerySet(WritesFewRows, models.QuerySet["ClaimDocument"]):
    """Reads of stored documents."""

    def bodies(self, claims: Iterable[int]) -> dict[int, str]:
        """Return the documents of the claims with these keys, as JSON."""
        return dict(self.filter(claim__in=list(claims)).values_list("claim", "body"))


class ClaimDocument(models.Model):
    """A published claim's public document as it stands: a cache that the history can rebuild."""

    claim = models.OneToOneField(
        Claim, primary_key=True, on_delete=models.PROTECT, related_name="document"
    )
    head_number = models.PositiveIntegerField()
    body = models.TextField(help_text="The whole document, JSON")
    summary = models.TextField(help_text="What lists show of it, JSON")
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField(db_default=Now(), help_text="When body and summary were made")
    around = models.TextField(
        default="{}",
        db_default="{}",
        help_text="What readers see beside it and the history does not hold, JSON",
    )

    objects = ClaimDocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.claim_id} at entry {self.head_number}"


class ImportRecord(models.Model):
    """One row of one outside source that was brought in: the reason a second run adds nothing."""

    source = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    claim = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imported_from",
    )

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
