"""That a register was rebuilt from an export: public and permanent, because it is why old entries came in at all."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class RestorationQuerySet(models.QuerySet["Restoration"]):
    """Reads of restorations."""

    def in_order(self) -> Self:
        """All, the first one first."""
        return self.order_by("pk")

    def begun(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def completed(self) -> Self:
        """Those that ended, the first one first."""
        return self.filter(ended_at__isnull=False).order_by("pk")

    def from_public(self, *, before: datetime) -> Self:
        """Those from an export of what readers see that ended after `before`: what is older came in by it."""
        return self.filter(whole=False, ended_at__gte=before)


class Restoration(models.Model):
    """One rebuilding of an empty register from the export whose manifest has this digest.

    While it has not ended, the database takes entries recorded until `as_of`, when the last act of the export was, and
    none recorded since; it lets a restoration begin only where there is no entry at all.
    """

    manifest_sha256 = models.CharField(_("digest of the export"), max_length=64)
    origin = models.CharField(max_length=300, help_text="The name of the log, as in every leaf")
    whole = models.BooleanField(help_text="Whether the export also held what readers do not see")
    as_of = models.DateTimeField(null=True, help_text="Empty for a register without an act")
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RestorationQuerySet.as_manager()

    class Meta:
        verbose_name = _("restoration")
        verbose_name_plural = _("restorations")
        default_permissions = ("view",)
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="restoration_ends_after_it_begins",
                condition=models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("begun_at")),
            ),
            models.CheckConstraint(
                name="restoration_of_the_past",
                condition=models.Q(as_of__isnull=True) | models.Q(as_of__lte=models.F("begun_at")),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Rebuilt from %(digest)s") % {"digest": self.manifest_sha256[:12]}
