"""Copies of sources: what is known of each stored file. The files themselves stand in the storage "snapshots"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.models.evidence import Evidence
from claims.models.user import User


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Reads of copies."""

    def of(self, pieces: Iterable[Evidence]) -> Self:
        """Those that these pieces of evidence name."""
        return self.filter(sha256__in={piece.snapshot for piece in pieces if piece.snapshot})

    def without_text(self) -> Self:
        """Leave the long column where it is."""
        return self.defer("text")

    def lacking(self) -> models.QuerySet[Evidence]:
        """Evidence that names a copy which is not among these."""
        known = self.filter(sha256=models.OuterRef("snapshot"))
        naming = Evidence.objects.filter(snapshot__isnull=False)
        return naming.exclude(models.Exists(known))

    def unheld(self) -> Self:
        """Those that neither evidence nor a reading needs."""
        evidence = Evidence.objects.filter(snapshot=models.OuterRef("sha256"))
        return self.filter(readings=None).exclude(models.Exists(evidence))


class Snapshot(models.Model):
    """One stored file, found by the SHA-256 of its bytes. The same bytes are one copy, whoever brought them."""

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes")
    url = models.TextField(blank=True, help_text="The address it was asked for under")
    final_url = models.TextField(blank=True, help_text="The address it was found under")
    filename = models.CharField(max_length=120, blank=True, help_text="Of an uploaded file")
    fetched_at = models.DateTimeField(null=True, blank=True)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True, help_text="A page's text, for excerpts and likeness")
    wire = models.CharField(max_length=40, blank=True, help_text="The agency it is credited to")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename or self.title or self.final_url or self.sha256[:16]
