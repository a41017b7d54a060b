"""Who was found to be whom: the record of each merger of claimants, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.parties import Claimant
from claims.models.user import User


class ClaimantMergerQuerySet(models.QuerySet["ClaimantMerger"]):
    """Reads of mergers."""

    def among(self, claimants: Iterable[int]) -> Self:
        """Those of one of these claimants into another, with whom they are about and who said so."""
        return self.filter(claimant__in=claimants).select_related("claimant", "into", "by")

    def same_at(self, claimant: Claimant, moment: datetime) -> list[int]:
        """The keys of those who had been found to be the same as `claimant` by `moment`."""
        mergers = self.filter(claimant__in=claimant.same, at__lte=moment)
        pairs = [{one, into} for one, into in mergers.values_list("claimant", "into")]
        found = {claimant.pk}
        while near := [pair for pair in pairs if pair & found and not pair <= found]:
            found = found.union(*near)
        return sorted(found)

    def survivor_at(self, claimant: Claimant, moment: datetime) -> int:
        """The key of whom `claimant` had been found to be by `moment`, be it by way of others; or their own."""
        mergers = self.filter(claimant__in=claimant.same, at__lte=moment)
        into = dict(mergers.values_list("claimant", "into"))
        key = claimant.pk
        while key in into:
            key = into[key]
        return key


class ClaimantMerger(models.Model):
    """The record of one claimant having been found to be another; never changed.

    `into` is who they were merged into then; `Claimant.merged_into` is who that was found to be in the end.
    """

    claimant = models.OneToOneField(Claimant, on_delete=models.PROTECT, related_name="merger")
    into = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="mergers")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = ClaimantMergerQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("merger of claimants")
        verbose_name_plural = _("mergers of claimants")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="merger_has_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="merger_of_two", condition=~models.Q(claimant=models.F("into"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id} is {self.into_id}"
