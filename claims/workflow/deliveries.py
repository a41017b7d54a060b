"""The life of a delivery: asked for with the act it tells of, taken up by one sender at a time, tried again, given up.

By nobody: what is sent follows from what people did. A webhook is sent to by one sender at a time, in the order of the
acts as far as nothing fails; while it fails or is slow, it is left alone for a while, so that it keeps nobody waiting.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from claims.desk_vocabulary import DeliveryState, Event, FetchTrouble, WebhookEnd
from claims.interop.standard_webhooks import SCHEDULE
from claims.models import Delivery, DeliveryAttempt, Webhook, WebhookSecret
from claims.models.compiled import Compiled
from claims.workflow.acting import Acted
from claims.workflow.events import Happened, happened
from claims.workflow.notifying import notify_of_webhook

# For so long a delivery is with whoever took it up: longer than any attempt lasts.
LEASE = timedelta(minutes=1)
# A webhook that fails is left alone as its messages are, but looked at again at least so often.
LONGEST_REST = timedelta(minutes=5)
# After an answer that took so long, it is left alone for a multiple of what it took.
SLOW, REST_OF_SLOW = timedelta(seconds=2), 3
FAILING_FOR = timedelta(days=3)
JITTER = 0.1
GONE = 410

ENABLED = Compiled[tuple[int]](
    Webhook, lambda: Webhook.objects.enabled().order_by().values_list("pk")[:1], kinds=()
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: a status or a trouble, and how long the receiver asked to be left alone."""

    at: datetime
    took: timedelta
    status: int | None = None
    trouble: FetchTrouble | None = None
    answer: str = ""
    wait: timedelta = timedelta(0)

    @property
    def is_taken(self) -> bool:
        """Whether the receiver took the message: any answer of 2xx says so."""
        return self.status is not None and 200 <= self.status < 300


def queue_deliveries(acts: Sequence[Acted]) -> int:
    """Ask for what webhooks want to be told of these acts, in their transaction. Returns how many messages that are."""
    found = [one for acted in acts for one in happened(acted)]
    webhooks = Webhook.objects.wanting({one.event for one in found}) if ENABLED.any() else ()
    rows = [
        _delivery(webhook, one)
        for webhook in webhooks
        for one in found
        if one.event in webhook.events
    ]
    return len(Delivery.objects.bulk_create(rows))


def _delivery(webhook: Webhook, one: Happened) -> Delivery:
    claim, now = one.entry.claim, timezone.now()
    return Delivery(
        webhook=webhook,
        message_id=f"msg_{claim.public_id}_{one.entry.number}",
        event=one.event,
        entry=one.entry,
        status=one.status,
        created_at=now,
        next_attempt_at=now,
    )


def queue_ping(webhook: Webhook) -> Delivery:
    """Ask for a test."""
    now = timezone.now()
    return Delivery.objects.create(
        webhook=webhook,
        message_id=f"msg_ping_{secrets.token_hex(8)}",
        event=Event.PING,
        created_at=now,
        next_attempt_at=now,
    )


def queue_again(deliveries: Iterable[Delivery]) -> int:
    """Have deliveries sent again under their ids, with all their attempts before them. Returns how many."""
    rows = Delivery.objects.filter(pk__in=[one.pk for one in deliveries])
    return rows.exclude(state=DeliveryState.WAITING).update(
        state=DeliveryState.WAITING, tries=0, next_attempt_at=timezone.now()
    )


def take_due(*, most: int) -> list[Delivery]:
    """Take up what is to be sent now, to at most so many webhooks and one message for each.

    To each of these nobody else sends until the attempt is noted, or the sender has been gone for `LEASE`.
    """
    now = timezone.now()
    if not Webhook.objects.ready(now).exists():
        return []  # looked up outside a transaction: on SQLite that would keep writers waiting
    return _take(now, most)


@transaction.atomic
def _take(now: datetime, most: int) -> list[Delivery]:
    ready = Webhook.objects.ready(now).select_for_update(skip_locked=True, of=("self",))
    taken: list[Delivery] = []
    for webhook in ready[:most]:
        due = Delivery.objects.with_message().due(now).filter(webhook=webhook).first()
        if (
            due is None
        ):  # another sender was quicker: nobody would note an attempt and let go of the webhook
            continue
        webhook.held_until = now + LEASE
        webhook.save(update_fields=["held_until"])
        taken.append(due)
    return taken


@transaction.atomic
def note_attempt(delivery: Delivery, outcome: Outcome) -> Delivery:
    """Note what came of an attempt and what follows from it, for the delivery and for its webhook."""
    webhook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    DeliveryAttempt.objects.create(
        delivery=delivery,
        at=outcome.at,
        took=outcome.took,
        status=outcome.status,
        trouble=outcome.trouble or "",
        answer=outcome.answer,
    )
    if outcome.is_taken:
        _taken(webhook, delivery, outcome)
    else:
        _refused(webhook, delivery, outcome)
    delivery.refresh_from_db(fields=["state", "next_attempt_at"])
    return delivery


def _taken(webhook: Webhook, delivery: Delivery, outcome: Outcome) -> None:
    rest = outcome.took * REST_OF_SLOW if outcome.took > SLOW else timedelta(0)
    webhook.failures, webhook.failing_since = 0, None
    webhook.held_until = timezone.now() + rest
    webhook.save(update_fields=["failures", "failing_since", "held_until"])
    _end(delivery, DeliveryState.DELIVERED)


def _refused(webhook: Webhook, delivery: Delivery, outcome: Outcome) -> None:
    now = timezone.now()
    webhook.failures += 1
    webhook.failing_since = webhook.failing_since or outcome.at
    rest = min(SCHEDULE[min(webhook.failures, len(SCHEDULE) - 1)], LONGEST_REST)
    webhook.held_until = now + max(rest, outcome.wait)
    webhook.save(update_fields=["failures", "failing_since", "held_until"])
    if delivery.state == DeliveryState.WAITING:
        _again_or_never(delivery, outcome, now)
    if outcome.status == GONE:
        switch_off(webhook, WebhookEnd.GONE)
    elif delivery.state == DeliveryState.FAILED and webhook.failing_since <= now - FAILING_FOR:
        switch_off(webhook, WebhookEnd.FAILING)


def _again_or_never(delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    delivery.tries += 1
    if delivery.tries >= len(SCHEDULE):
        _end(delivery, DeliveryState.FAILED)
        return
    delay = max(_jittered(SCHEDULE[delivery.tries]), outcome.wait)
    delivery.next_attempt_at = now + delay
    delivery.save(update_fields=["tries", "next_attempt_at"])


def _end(delivery: Delivery, state: DeliveryState) -> None:
    delivery.state, delivery.next_attempt_at = state, None
    delivery.save(update_fields=["state", "tries", "next_attempt_at"])


def _jittered(delay: timedelta) -> timedelta:
    """Return a delay, up to a tenth longer: those who failed together do not come back together."""
    return delay * (1 + JITTER * secrets.SystemRandom().random())


@transaction.atomic
def switch_off(webhook: Webhook, because: WebhookEnd) -> None:
    """End a webhook that is on: what waits is given up, and its owner is told unless somebody switched it off."""
    now = timezone.now()
    changed = Webhook.objects.enabled().filter(pk=webhook.pk)
    if changed.update(disabled_at=now, disabled_because=because):
        waiting = Delivery.objects.waiting().filter(webhook=webhook)
        waiting.update(state=DeliveryState.FAILED, next_attempt_at=None)
        if because != WebhookEnd.BY_HAND:
            notify_of_webhook(webhook)
    webhook.refresh_from_db(fields=["disabled_at", "disabled_because"])


def keys_of(webhook: Webhook) -> list[bytes]:
    """Return what signs a webhook's messages now, the newest key first; none where the server's key is another one."""
    found = [
        secret.key
        for secret in WebhookSecret.objects.signing_at(timezone.now()).filter(webhook=webhook)
    ]
    return [key for key in found if key is not None]


def forget_old_deliveries(*, kept: timedelta) -> None:
    """Forget what ended and was asked for longer ago, with its attempts, and the secrets that sign nothing any more."""
    now = timezone.now()
    Delivery.objects.outlived(now - kept).delete()
    WebhookSecret.objects.expired(now).delete()
