"""When a claim is to be looked at again, and why; and what became of the pages its verdict rests on. Internal."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.desk_vocabulary import RecheckCause, SourceState
from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.fields import known_value
from claims.models.user import User


class RecheckQuerySet(models.QuerySet["Recheck"]):
    """Reads of dates on which to look again."""

    def of(self, claim: Claim) -> Self:
        """The day of one claim."""
        return self.filter(claim=claim)

    def due(self, day: date) -> Self:
        """Those whose day has come, the longest due first."""
        return self.filter(due_on__lte=day).select_related("claim").order_by("due_on", "pk")


class Recheck(models.Model):
    """The next day on which one claim is to be looked at again."""

    claim = models.OneToOneField(
        Claim, primary_key=True, on_delete=models.PROTECT, related_name="recheck"
    )
    due_on = models.DateField(db_index=True)
    cause = models.CharField(max_length=14, choices=RecheckCause.choices)
    note = models.TextField(blank=True)
    set_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(db_default=Now())

    objects = RecheckQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [known_value("recheck_cause_known", "cause", RecheckCause)]

    def __str__(self) -> str:
        return f"{self.claim_id} on {self.due_on}"


class SourceWatch(models.Model):
    """What was last found at the address of one piece of evidence."""

    evidence = models.OneToOneField(
        Evidence, primary_key=True, on_delete=models.PROTECT, related_name="watch"
    )
    looked_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=11, choices=SourceState.choices)
    sketch = models.TextField(blank=True, help_text="Numbers that like texts share, in base 16")
    missed = models.PositiveSmallIntegerField(
        default=0, help_text="How often in a row the page was not there"
    )

    class Meta:
        default_permissions = ()
        constraints = [known_value("source_state_known", "state", SourceState)]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.get_state_display()}"
