"""Readings: sources on their way to becoming evidence, read by a task or out of a file. Internal, soon forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.fields import known_value
from claims.models.snapshot import Snapshot
from claims.models.user import User


class SourceReadingQuerySet(models.QuerySet["SourceReading"]):
    """Reads of readings."""

    def with_all(self) -> Self:
        """Fetch along what a page about a reading shows."""
        return self.select_related("claim__claimant", "snapshot")

    def at_work(self) -> Self:
        """Those that are not done."""
        return self.filter(state__in=(ReadingState.WAITING, ReadingState.FETCHING))

    def open_of(self, claim: Claim, person: User) -> Self:
        """What `person` began on `claim` and has neither used nor let expire, the latest first."""
        mine = self.filter(claim=claim, by=person).exclude(state=ReadingState.USED)
        return mine.select_related("snapshot").order_by("-pk")

    def outlived(self, now: datetime) -> Self:
        """Those nobody needs any more."""
        return self.filter(expires_at__lte=now)


class SourceReading(models.Model):
    """One source somebody wants to add to a claim: where it stands, how far its reading is, what was read."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)
    url = models.TextField(blank=True, help_text="As it was given; empty for a file")
    state = models.CharField(
        max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING
    )
    trouble = models.CharField(max_length=11, choices=FetchTrouble.choices, blank=True)
    trouble_detail = models.TextField(blank=True)
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )
    canonical_url = models.TextField(blank=True)
    title = models.TextField(blank=True)
    publisher_name = models.CharField(max_length=200, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    published_on = models.DateField(null=True, blank=True)
    wire_words = models.TextField(blank=True, help_text="The words that credit an agency")
    evidence = models.OneToOneField(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="reading"
    )

    objects = SourceReadingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            known_value("reading_state_known", "state", ReadingState),
            known_value("reading_trouble_known", "trouble", FetchTrouble, blank=True),
            models.CheckConstraint(
                name="reading_failed_for_a_reason",
                condition=models.Q(state=ReadingState.FAILED) ^ models.Q(trouble=""),
            ),
            models.CheckConstraint(
                name="reading_ready_has_copy",
                condition=~models.Q(state__in=(ReadingState.READY, ReadingState.USED))
                | models.Q(snapshot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.url or (self.snapshot.filename if self.snapshot else "")


class FoundReview(models.Model):
    """A fact-check of another outlet that a page under reading carries; `rating` is its own word for it."""

    reading = models.ForeignKey(
        SourceReading, on_delete=models.CASCADE, related_name="reviews", db_index=False
    )
    place = models.PositiveSmallIntegerField(help_text="The nearest to the claim is the first")
    claim_text = models.TextField(blank=True)
    rating = models.TextField(blank=True)
    reviewer = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    url = models.TextField(blank=True)
    title = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["reading_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "place"], name="found_review_once")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.rating}"
