"""Sending to webhooks: what is tried again and when, what ends one, and who waits for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from claims import workflow
from claims.desk_vocabulary import DeliveryState, WebhookEnd
from claims.interop.standard_webhooks import SCHEDULE, asked_to_wait
from claims.models import BackgroundTask, Delivery, DeliveryAttempt, Notice, User, Webhook
from claims.tasks import mailing, webhooks
from claims.tasks.periodic import jobs
from claims.tasks.webhooks import prune_old_deliveries, send_webhooks
from claims.workflow.deliveries import LEASE, take_due
from claims.workflow.webhooks import SetUp
from tests import factories
from tests.tasks.receiving import Receiver, saying
from tests.tasks.sending import ping, sent

Work = Callable[[], list[BackgroundTask]]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_attempts_follow_the_schedule_with_up_to_a_tenth_more(
    hook: SetUp, receiver: Receiver
) -> None:
    receiver.answers = [500] * 20
    now = START
    with time_machine.travel(now, tick=False) as clock:
        delivery = ping(hook)
        for number, delay in enumerate(SCHEDULE[1:], start=1):
            delivery = sent(delivery)
            assert (delivery.tries, delivery.state) == (number, DeliveryState.WAITING)
            assert delivery.next_attempt_at is not None
            waits = delivery.next_attempt_at - now
            assert delay <= waits <= delay * 1.1
            clock.move_to(delivery.next_attempt_at - timedelta(seconds=1))
            assert sent(delivery).tries == number
            now = delivery.next_attempt_at
            clock.move_to(now)
        delivery = sent(delivery)
    assert (delivery.state, delivery.tries) == (DeliveryState.FAILED, 10)
    assert delivery.attempts.count() == 10
    assert len(set(receiver.ids)) == 1
    stamps = [int(headers["webhook-timestamp"]) for headers, _ in receiver.received]
    assert stamps == sorted(set(stamps))
    assert len({body for _, body in receiver.received}) == 1


def test_a_webhook_that_takes_nothing_for_days_is_switched_off_and_its_owner_told(
    hook: SetUp, receiver: Receiver
) -> None:
    receiver.answers = [500] * 20
    User.objects.filter(pk=hook.webhook.owner_id).update(email="owner@example.org")
    with time_machine.travel(START, tick=False) as clock:
        delivery, later = ping(hook), ping(hook)
        while delivery.state == DeliveryState.WAITING:
            clock.shift(timedelta(hours=6))
            delivery = sent(delivery)
        webhook = Webhook.objects.get()
        assert webhook.disabled_because == WebhookEnd.FAILING
        later.refresh_from_db()
        assert later.state == DeliveryState.FAILED
        (notice,) = Notice.objects.of(webhook.owner)
        assert (notice.webhook, notice.claim) == (webhook, None)
        mailing.send_notices.func()
    [mailed] = mail.outbox
    assert "A webhook of yours was switched off" in mailed.subject
    assert f"/admin/claims/webhook/{webhook.pk}/change/" in str(mailed.body)


def test_one_success_in_between_keeps_a_webhook_on(hook: SetUp, receiver: Receiver) -> None:
    receiver.answers = [500, 500, 204, *[500] * 20]
    with time_machine.travel(START, tick=False) as clock:
        delivery = ping(hook)
        for _ in range(3):
            clock.shift(timedelta(hours=6))
            delivery = sent(delivery)
        webhook = Webhook.objects.get()
        assert (delivery.state, webhook.failing_since) == (DeliveryState.DELIVERED, None)
        assert webhook.failures == 0


def test_410_ends_a_webhook_at_once(hook: SetUp, receiver: Receiver) -> None:
    receiver.answers = [410]
    first, second = ping(hook), ping(hook)
    assert sent(first).state == DeliveryState.FAILED
    second.refresh_from_db()
    webhook = Webhook.objects.get()
    assert (webhook.disabled_because, second.state) == (WebhookEnd.GONE, DeliveryState.FAILED)
    assert len(receiver.received) == 1
    assert Notice.objects.of(webhook.owner).count() == 1


def test_a_webhook_is_sent_one_message_at_a_time(hook: SetUp) -> None:
    first, *_ = [ping(hook) for _ in range(3)]
    assert take_due(most=8) == [first]
    assert take_due(most=8) == []
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1)):
        assert take_due(most=8) == [first]


def test_a_webhook_whose_message_another_sender_took_meanwhile_is_not_held(
    hook: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL gives a row that was locked as it is by then, and still looks at its messages as they were."""
    sent_elsewhere = ping(hook)
    Delivery.objects.filter(pk=sent_elsewhere.pk).update(
        state=DeliveryState.DELIVERED, next_attempt_at=None
    )
    queried = type(Webhook.objects.all())
    monkeypatch.setattr(queried, "ready", lambda self, _now: self.enabled())
    assert take_due(most=8) == []
    assert Webhook.objects.get().held_until is None


def test_while_a_webhook_fails_only_one_message_at_a_time_is_tried(
    hook: SetUp, receiver: Receiver
) -> None:
    receiver.answers = [500] * 3
    for _ in range(30):
        ping(hook)
    for expected in (1, 1):
        send_webhooks.func()
        assert len(receiver.received) == expected
    with time_machine.travel(timezone.now() + timedelta(seconds=7)):
        send_webhooks.func()
        assert len(receiver.received) == 2


def test_once_it_takes_messages_again_the_rest_follows_at_once(
    hook: SetUp, receiver: Receiver
) -> None:
    receiver.answers = [500]
    for _ in range(5):
        ping(hook)
    send_webhooks.func()
    with time_machine.travel(timezone.now() + timedelta(seconds=7)):
        send_webhooks.func()
    assert Delivery.objects.filter(state=DeliveryState.DELIVERED).count() == 5
    assert len(set(receiver.ids)) == 5


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        (format_datetime(START + timedelta(minutes=30), usegmt=True), 1800),
        ("9" * 40, 86_400),
        (format_datetime(START - timedelta(days=1), usegmt=True), 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
        ("١٢", 0),
        ("Wed, 99 Foo 2026 99:99:99 GMT", 0),
        (f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT", 0),
        (f"Mon, 20 Nov 1995 19:12:08 +{'9' * 14}", 0),
    ],
)
def test_how_long_a_receiver_asks_to_wait(told: str, seconds: int) -> None:
    waits = asked_to_wait(told, now=START, most=timedelta(days=1))
    assert waits == timedelta(seconds=seconds)


def test_a_receiver_that_asks_to_wait_is_left_alone(hook: SetUp, receiver: Receiver) -> None:
    receiver.answers = [saying(503, Retry_After="7200")]
    with time_machine.travel(START, tick=False) as clock:
        delivery = ping(hook)
        delivery = sent(delivery)
        assert delivery.next_attempt_at == START + timedelta(hours=2)
        another = ping(hook)
        clock.shift(timedelta(hours=1, minutes=59))
        assert sent(another).state == DeliveryState.WAITING
        clock.shift(timedelta(minutes=2))
        assert sent(another).state == DeliveryState.DELIVERED


def test_the_second_attempt_after_five_seconds_is_asked_for(
    published: Any, hook: SetUp, receiver: Receiver, work: Work
) -> None:
    receiver.answers = [500]
    factories.EvidenceFactory(claim=published)
    work()
    waiting = BackgroundTask.objects.get(status="READY")
    assert waiting.short_name == "send_webhooks"
    due = Delivery.objects.get().next_attempt_at
    assert (waiting.run_after, due is not None) == (due, True)
    with time_machine.travel(timezone.now() + timedelta(seconds=6)):
        work()
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_what_is_due_is_looked_for_each_minute() -> None:
    found = {job.name: job.every for job in jobs()}
    assert found["send_waiting_webhooks"] == timedelta(minutes=1)
    assert found["prune_old_deliveries"] == timedelta(days=1)


def test_what_is_left_when_a_round_is_over_is_asked_for_anew(
    hook: SetUp, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "ROUND", 0.0)
    ping(hook)
    send_webhooks.func()
    assert receiver.received == []
    assert BackgroundTask.objects.get().short_name == "send_webhooks"


def test_what_ended_long_ago_is_forgotten_with_its_attempts(
    hook: SetUp, receiver: Receiver, editor: User, settings: Settings
) -> None:
    settings.FACTCHECK_WEBHOOK_DAYS = 7
    old = sent(ping(hook))
    workflow.rotate_webhook_secret(hook.webhook, overlap_hours=0, by=editor)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        prune_old_deliveries.func()
        assert Delivery.objects.count() == 1
        receiver.answers = [500]
        waiting = sent(ping(hook))
        assert hook.webhook.secrets.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        prune_old_deliveries.func()
    assert list(Delivery.objects.all()) == [waiting]
    assert not DeliveryAttempt.objects.filter(delivery=old.pk).exists()
