"""How the desk works, in versions: the text of the public method page and the checklist of a review."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.user import User


class MethodVersionQuerySet(models.QuerySet["MethodVersion"]):
    """Reads of the method."""

    def newest_first(self) -> Self:
        """From the version in force to the first."""
        return self.order_by("-number")

    def in_force(self) -> MethodVersion | None:
        """The newest version; None only in a register whose rows were emptied."""
        return self.newest_first().first()

    def with_checklist(self) -> Self:
        """Each with the items of its checklist, in order."""
        return self.prefetch_related("items")

    def until(self, number: int) -> Self:
        """This version and those before it, the newest first."""
        return self.filter(number__lte=number).newest_first()

    def known_by(self, moment: datetime) -> Self:
        """Those that had been published by `moment`."""
        return self.filter(at__lte=moment)

    def numbered(self, number: int) -> Self:
        """The version of that number."""
        return self.filter(number=number)

    def listed(self) -> Self:
        """What a list of versions shows, without their texts."""
        return self.newest_first().defer("body").select_related("by")


class MethodVersion(models.Model):
    """One version of the method page's text, with its checklist. Never changed: the next one replaces it."""

    number = models.PositiveIntegerField(unique=True)
    body = models.TextField(help_text="Markdown")
    reason = models.TextField(help_text="Why it was changed, for readers")
    by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody for the version the register came with",
    )
    at = models.DateTimeField(db_default=Now())

    objects = MethodVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("method version")
        verbose_name_plural = _("method versions")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="method_number_positive", condition=models.Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return gettext("Method, version %(number)s") % {"number": self.number}


class ChecklistItem(models.Model):
    """One thing to see to before a verdict is proposed, in one version of the method."""

    method = models.ForeignKey(
        MethodVersion, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        ordering = ["method_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "position"], name="checklist_item_placed_once"
            )
        ]

    def __str__(self) -> str:
        return self.text
