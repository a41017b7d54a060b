"""What was sent to webhooks: each message to each, and every attempt. Internal.

Messages are those of Standard Webhooks (standardwebhooks.com). A delivery keeps numbers and words of a vocabulary and
no text of a claim: what is sent is made of them anew at each attempt, so an erasure finds nothing here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import DeliveryState, Event, FetchTrouble
from claims.models.entry import HistoryEntry
from claims.models.fields import known_value
from claims.models.written import Written
from claims.vocabulary import VerificationStatus


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads of deliveries."""

    def due(self, now: datetime) -> Self:
        """Those to be sent at a moment, in the order they were asked for."""
        waiting = self.filter(state=Written(DeliveryState.WAITING), next_attempt_at__lte=now)
        return waiting.order_by("pk")

    def waiting(self) -> Self:
        """Those that are to be sent, now or later."""
        return self.filter(state=Written(DeliveryState.WAITING))

    def failed(self) -> Self:
        """Those that were given up."""
        return self.filter(state=Written(DeliveryState.FAILED))

    def with_message(self) -> Self:
        """With all that their message is made of."""
        return self.select_related("webhook", "entry__claim").defer("entry__leaf")

    def newest_first(self) -> Self:
        """The one asked for last first, with what a list says of each."""
        return self.with_message().order_by("-pk")

    def outlived(self, before: datetime) -> Self:
        """Those that ended and were asked for so long ago that nobody looks for them any more."""
        return self.filter(created_at__lt=before).exclude(state=DeliveryState.WAITING)

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next one of a webhook that is switched on is to be sent, after a moment."""
        later = self.waiting().filter(webhook__disabled_at=None, next_attempt_at__gt=now)
        found: datetime | None = later.aggregate(at=models.Min("next_attempt_at"))["at"]
        return found


class Delivery(models.Model):
    """One message to one webhook: what it is about, and what became of it. Without an entry, it is a test."""

    webhook = models.ForeignKey(
        "claims.Webhook", on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    message_id = models.CharField(
        max_length=60, help_text="The webhook-id, the same at each attempt"
    )
    event = models.CharField(max_length=30, choices=Event.choices)
    entry = models.ForeignKey(
        HistoryEntry,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    status = models.CharField(
        max_length=12,
        choices=VerificationStatus.choices,
        blank=True,
        help_text="Of the claim after the entry; empty for none",
    )
    created_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    tries = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Failed attempts since it was last asked for"
    )
    next_attempt_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
            models.Index(fields=["created_at"], name="delivery_age"),
            models.Index(
                fields=["webhook", "next_attempt_at"],
                condition=models.Q(state=DeliveryState.WAITING),
                name="delivery_waiting",
            ),
            models.Index(
                fields=["webhook"],
                condition=models.Q(state=DeliveryState.FAILED),
                name="delivery_failed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "message_id"], name="message_delivered_once"
            ),
            known_value("delivery_event_known", "event", Event),
            known_value("delivery_state_known", "state", DeliveryState),
            known_value("delivery_status_known", "status", VerificationStatus, blank=True),
            models.CheckConstraint(
                name="delivery_waits_for_a_moment",
                condition=models.Q(state=DeliveryState.WAITING, next_attempt_at__isnull=False)
                | (~models.Q(state=DeliveryState.WAITING) & models.Q(next_attempt_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class DeliveryAttempt(models.Model):
    """One attempt to deliver a message, and what came of it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    took = models.DurationField()
    status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of the answer (HTTP); none where there was no answer"
    )
    trouble = models.CharField(max_length=11, choices=FetchTrouble.choices, blank=True)
    answer = models.TextField(blank=True, help_text="How its body began; where there was none, why")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            known_value("attempt_trouble_known", "trouble", FetchTrouble, blank=True),
            models.CheckConstraint(
                name="attempt_came_to_something",
                condition=models.Q(status__isnull=False, trouble="")
                | (models.Q(status__isnull=True) & ~models.Q(trouble="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.pk} of {self.delivery_id}"

    @property
    def took_ms(self) -> int:
        """How long it took, in milliseconds."""
        return self.took // timedelta(milliseconds=1)
