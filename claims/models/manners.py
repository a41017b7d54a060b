"""What lets several people work on one desk: drafts of what they type, and who is working where. Internal."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models

from claims.models.claim import Claim
from claims.models.user import User


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of drafts."""

    def of(self, person: User, page: str) -> Self:
        """What `person` typed on the form at the address `page` and has not sent."""
        return self.filter(person=person, page=page)

    def older_than(self, moment: datetime) -> Self:
        """Drafts nobody touched since `moment`."""
        return self.filter(saved_at__lt=moment)


class Draft(models.Model):
    """One field of one form as one person left it."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="drafts", db_index=False
    )
    page = models.CharField(max_length=300, help_text="The address of the form on the desk")
    field = models.CharField(max_length=100)
    value = models.TextField(blank=True)
    saved_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "page", "field"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.page}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Reads of who is where."""

    def others_at(self, claim: Claim, person: User, *, since: datetime) -> Self:
        """Everybody but `person` who was seen at `claim` after `since`, the first to come first."""
        here = self.filter(claim=claim, seen_at__gte=since, person__is_active=True)
        return here.exclude(person=person).select_related("person").order_by("came_at", "pk")


class Presence(models.Model):
    """One person at one claim: since when, on which page, and when last seen."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="presences", db_index=False
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="presences")
    doing = models.CharField(max_length=100, help_text="The title of the page")
    came_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "claim"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.claim_id}"
