"""What tests of webhooks do again and again: ask for a message, send what is due, see what came of it."""

from __future__ import annotations

from claims import workflow
from claims.models import Delivery, DeliveryAttempt
from claims.tasks.webhooks import send_webhooks
from claims.workflow.webhooks import SetUp


def ping(hook: SetUp) -> Delivery:
    """Ask for a test message."""
    return workflow.ping_webhook(hook.webhook, by=hook.webhook.owner)


def sent(delivery: Delivery) -> Delivery:
    """Send what is due, and return the delivery as it then is."""
    send_webhooks.func()
    return Delivery.objects.get(pk=delivery.pk)


def last_attempt() -> DeliveryAttempt:
    """Return what came of the latest attempt."""
    attempt = DeliveryAttempt.objects.order_by("pk").last()
    assert attempt is not None
    return attempt
