"""What the desk states beside the record, and takes back with a reason where it was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import models
from django.db.models.functions import Now

from claims.models.user import User

S = TypeVar("S", bound="Stated")


class StatedQuerySet(models.QuerySet[S]):
    """Reads of what the desk states."""

    def standing(self) -> Self:
        """What was not withdrawn."""
        return self.filter(withdrawn_at=None)


class OfClaimantQuerySet(StatedQuerySet[S]):
    """Reads of what the desk states of a claimant."""

    def of_any(self, claimants: Iterable[int]) -> Self:
        """What was stated of any of the claimants with these keys, with who stated and who withdrew it."""
        people = ("claimant", "added_by", "withdrawn_by")
        return self.filter(claimant__in=claimants).select_related(*people)


class Stated(models.Model):
    """What the desk states; withdrawn with a reason where it was wrong, never changed or deleted."""

    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True, default="")

    class Meta:
        abstract = True


def withdrawn_by_somebody(name: str) -> models.CheckConstraint:
    """Return the constraint that a withdrawal has its person, its moment and its reason, or none of them."""
    stands = models.Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
    whole = models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
    return models.CheckConstraint(
        name=name, condition=stands | (whole & ~models.Q(withdrawal_reason=""))
    )
