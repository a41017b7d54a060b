"""Webhooks: addresses that are told of public acts, of which ones, and their secrets. Internal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import DeliveryState, Event, WebhookEnd
from claims.models.delivery import Delivery
from claims.models.fields import known_value
from claims.models.private_links import key_of, secret_of, token_digest
from claims.models.user import User

PURPOSE = "webhook"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Reads of webhooks."""

    def enabled(self) -> Self:
        """Those that are switched on."""
        return self.filter(disabled_at=None)

    def wanting(self, events: Iterable[Event]) -> Self:
        """Those switched on that are to be told of any of these events, with what each is to be told of."""
        interests = WebhookInterest.objects.filter(webhook=models.OuterRef("pk"), event__in=events)
        return self.enabled().filter(models.Exists(interests)).prefetch_related("interests")

    def ready(self, now: datetime) -> Self:
        """Those to which something is to be sent now and nobody sends, whoever has waited longest first."""
        due = (
            Delivery.objects.due(now)
            .filter(webhook=models.OuterRef("pk"))
            .order_by("next_attempt_at")
        )
        free = models.Q(held_until=None) | models.Q(held_until__lte=now)
        waiting_since = models.Subquery(due.values("next_attempt_at")[:1])
        ready = self.enabled().filter(free).alias(waiting_since=waiting_since)
        return ready.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")

    def listed(self) -> Self:
        """Those of the list, with their owners, and how many deliveries wait and failed."""
        return self.select_related("owner").annotate(
            waiting=_number_of(DeliveryState.WAITING), failed=_number_of(DeliveryState.FAILED)
        )


def _number_of(state: DeliveryState) -> models.Subquery:
    same = Delivery.objects.filter(webhook=models.OuterRef("pk"), state=state).order_by()
    counted = same.values("webhook").annotate(number=models.Count("pk")).values("number")
    return models.Subquery(counted, output_field=models.IntegerField())


class Webhook(models.Model):
    """One address that is told of public acts, and of which ones."""

    url = models.URLField(_("address"), max_length=2000)
    description = models.CharField(_("description"), max_length=300, blank=True)
    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="webhooks",
        help_text="Who is told when it is switched off",
    )
    created_at = models.DateTimeField(db_default=Now())
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_because = models.CharField(max_length=10, choices=WebhookEnd.choices, blank=True)
    failures = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Attempts in a row that failed"
    )
    failing_since = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Nobody sends to it before: somebody does, or it needs rest",
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]
        constraints = [
            known_value("webhook_end_known", "disabled_because", WebhookEnd, blank=True),
            models.CheckConstraint(
                name="webhook_ends_for_a_reason",
                condition=models.Q(disabled_at__isnull=True, disabled_because="")
                | (models.Q(disabled_at__isnull=False) & ~models.Q(disabled_because="")),
            ),
            models.CheckConstraint(
                name="webhook_failing_since_a_failure",
                condition=models.Q(failing_since__isnull=True, failures=0)
                | models.Q(failing_since__isnull=False, failures__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def is_enabled(self) -> bool:
        """Whether anything is sent to it."""
        return self.disabled_at is None

    @property
    def events(self) -> list[Event]:
        """What it is told of, in the order of the vocabulary."""
        wanted = {interest.event for interest in self.interests.all()}
        return [event for event in Event if event in wanted]


class WebhookInterest(models.Model):
    """One event that a webhook is told of."""

    webhook = models.ForeignKey(
        Webhook, on_delete=models.CASCADE, related_name="interests", db_index=False
    )
    event = models.CharField(max_length=30, choices=Event.choices)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhook_told_of_event_once"),
            known_value("webhook_event_known", "event", Event),
        ]

    def __str__(self) -> str:
        return f"{self.event} for {self.webhook_id}"


class WebhookSecretQuerySet(models.QuerySet["WebhookSecret"]):
    """Reads of secrets."""

    def signing_at(self, now: datetime) -> Self:
        """Those that sign what is sent at a moment, the newest first."""
        valid = models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        return self.filter(valid).order_by("-pk")

    def expired(self, now: datetime) -> Self:
        """Those that sign nothing any more."""
        return self.filter(expires_at__lte=now)


class WebhookSecret(models.Model):
    """What messages are signed with: made of this seed and the server's key, so the row alone signs nothing."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="secrets")
    seed = models.CharField(max_length=64)
    digest = models.CharField(
        max_length=64, help_text="By which a change of the server's key is seen"
    )
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = WebhookSecretQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["webhook"],
                condition=models.Q(expires_at__isnull=True),
                name="webhook_has_one_lasting_secret",
            ),
        ]

    def __str__(self) -> str:
        return f"Secret {self.pk} of webhook {self.webhook_id}"  # never the secret: this stands in logs

    @property
    def key(self) -> bytes | None:
        """The 32 bytes that sign; nothing where they were made under another key of the server."""
        if token_digest(secret_of(self.seed, purpose=PURPOSE)) != self.digest:
            return None
        return key_of(self.seed, purpose=PURPOSE)
