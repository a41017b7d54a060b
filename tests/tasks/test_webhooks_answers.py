"""What receivers answer, well, badly, slowly or without end; and addresses to which nothing goes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims.desk_vocabulary import DeliveryState, FetchTrouble
from claims.fetching import Sender
from claims.models import BackgroundTask, DeliveryAttempt, Webhook
from claims.tasks import webhooks
from claims.tasks.webhooks import send_webhooks
from claims.workflow.deliveries import LEASE
from claims.workflow.webhooks import SetUp, sender
from tests import factories
from tests.tasks.receiving import Receiver, after, dripping, receiving, saying, without_end
from tests.tasks.sending import last_attempt, ping, sent

Work = Callable[[], list[BackgroundTask]]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a sender that waits a second for an answer."""
    monkeypatch.setattr("claims.tasks.webhooks.sender", partial(_hasty, sender))


def _hasty(patient: Callable[[], Sender]) -> Sender:
    return replace(patient(), total_seconds=1.0, read_seconds=1.0)


@pytest.mark.parametrize("status", [100 + 101, 202, 299])
def test_any_2xx_is_a_yes(hook: SetUp, receiver: Receiver, status: int) -> None:
    receiver.answers = [status]
    assert sent(ping(hook)).state == DeliveryState.DELIVERED
    assert last_attempt().status == status


@pytest.mark.parametrize("status", [301, 302, 307, 304, 400, 404, 429, 500, 503])
def test_anything_else_is_a_no_and_no_redirect_is_followed(
    hook: SetUp, receiver: Receiver, status: int
) -> None:
    receiver.answers = [status]
    delivery = sent(ping(hook))
    assert (delivery.state, delivery.tries) == (DeliveryState.WAITING, 1)
    assert (last_attempt().status, last_attempt().trouble) == (status, "")
    assert len(receiver.received) == 1


def test_the_beginning_of_an_answer_is_kept_as_text(hook: SetUp, receiver: Receiver) -> None:
    receiver.answers = [saying(500, b"\x00\xff<b>no \xe2\x98\x83</b>" + b"x" * 5_000)]
    sent(ping(hook))
    answer = last_attempt().answer
    assert "<b>no ☃</b>" in answer
    assert "\0" not in answer
    assert 400 < len(answer) <= 500


def test_of_an_answer_without_end_only_the_beginning_is_read(
    hook: SetUp, receiver: Receiver
) -> None:
    receiver.answers = [without_end]
    began = time.monotonic()
    assert sent(ping(hook)).state == DeliveryState.DELIVERED
    assert len(last_attempt().answer) == 500
    assert time.monotonic() - began < 15


def test_an_attempt_is_over_before_another_sender_takes_it_up() -> None:
    """The last address may be found when the time is nearly up: then it is still connected to, and TLS spoken."""
    longest = Sender().total_seconds + 2 * Sender().connect_seconds
    assert timedelta(seconds=1.5 * longest) < LEASE


@pytest.mark.usefixtures("hurried")
def test_a_name_service_that_is_silent_does_not_outlast_the_lease(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: silence.wait(30))
    delivery = sent(ping(factories.webhook("https://receiver.example/")))
    silence.set()
    assert delivery.state == DeliveryState.WAITING
    assert last_attempt().trouble == FetchTrouble.TIMEOUT
    assert last_attempt().took_ms < 2_900


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("slow", [after(3), dripping])
def test_whoever_does_not_answer_in_time_has_not_taken_it(
    hook: SetUp, receiver: Receiver, slow: Any
) -> None:
    receiver.answers = [slow]
    delivery = sent(ping(hook))
    assert delivery.state == DeliveryState.WAITING
    assert last_attempt().trouble == FetchTrouble.TIMEOUT
    assert last_attempt().took_ms < 2_900


def test_a_slow_receiver_keeps_no_other_waiting(hook: SetUp, receiver: Receiver) -> None:
    receiver.answers = [after(2.5), 204]
    with receiving() as quick:
        other = factories.webhook(quick.url)
        slow = [ping(hook) for _ in range(2)]
        many = [ping(other) for _ in range(5)]
        send_webhooks.func()
        assert quick.ids == [one.message_id for one in many]
    took = {one.delivery_id: one.at + one.took for one in DeliveryAttempt.objects.all()}
    assert all(took[one.pk] < took[slow[0].pk] for one in many)
    # It rests for a multiple of what it took: its second message waits.
    assert slow[1].pk not in took
    webhook = Webhook.objects.get(pk=hook.webhook.pk)
    assert webhook.held_until is not None
    assert webhook.held_until > timezone.now() + timedelta(seconds=5)


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://100.64.0.1/",
    ],
)
def test_nothing_goes_to_an_address_that_is_not_public(db: None, url: str) -> None:
    hook = factories.webhook()
    Webhook.objects.update(url=url)  # as though it had passed
    delivery = sent(ping(hook))
    assert delivery.state == DeliveryState.WAITING
    assert last_attempt().trouble in (FetchTrouble.PRIVATE, FetchTrouble.ADDRESS)


def test_loopback_is_out_of_reach_unless_the_settings_say_so(
    hook: SetUp, receiver: Receiver, settings: Settings
) -> None:
    settings.FACTCHECK_WEBHOOK_LOOPBACK = False
    sent(ping(hook))
    assert receiver.received == []
    assert last_attempt().trouble == FetchTrouble.ADDRESS


def test_a_name_that_leads_to_this_machine_is_refused_where_it_is_asked_for(
    db: None, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FACTCHECK_WEBHOOK_LOOPBACK = False

    def lookup(host: str, port: Any, *_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port or 0))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    sent(ping(factories.webhook("https://receiver.example/")))
    assert last_attempt().trouble == FetchTrouble.PRIVATE


def test_no_proxy_of_the_environment_is_asked(
    hook: SetUp, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert sent(ping(hook)).state == DeliveryState.DELIVERED


def test_an_error_of_ours_is_an_attempt_that_failed(
    hook: SetUp, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(webhooks, "attempt", broken)
    assert sent(ping(hook)).tries == 1
    assert last_attempt().trouble == FetchTrouble.FORGOTTEN
