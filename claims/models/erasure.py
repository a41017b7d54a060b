"""Requests for redaction: what one person asks to have erased, and another carries out. Internal."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.entry import HistoryEntry
from claims.models.fields import known_value
from claims.models.user import User
from claims.vocabulary import RedactionReason


class RedactionRequestQuerySet(models.QuerySet["RedactionRequest"]):
    """Reads of requests for redaction."""

    def waiting(self) -> Self:
        """Requests that nobody has carried out."""
        return self.filter(carried_out=None)


class RedactionRequest(models.Model):
    """One person's request to erase values of one entry; another person must carry it out."""

    entry = models.ForeignKey(
        HistoryEntry, on_delete=models.PROTECT, related_name="redaction_requests"
    )
    fields = models.CharField(max_length=400, help_text=_("Such as: evidence.excerpt evidence.url"))
    reason = models.CharField(_("ground"), max_length=20, choices=RedactionReason.choices)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(db_default=Now())
    carried_out = models.ForeignKey(
        HistoryEntry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests",
        help_text=_(
            "The act that erased the last of the values, be it on this request or on another"
        ),
    )

    objects = RedactionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("redaction request")
        verbose_name_plural = _("redaction requests")
        default_permissions = ("view",)
        ordering = ["-pk"]
        constraints = [known_value("redaction_reason_known", "reason", RedactionReason)]

    def __str__(self) -> str:
        said = {"values": self.fields, "entry": self.entry_id}
        return gettext("Erase %(values)s of entry %(entry)d") % said

    @property
    def field_names(self) -> list[str]:
        """The values to erase, each named `row.column`."""
        return self.fields.split()
