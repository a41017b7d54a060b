"""Sending to webhooks: messages are asked for with the acts they tell of, and sent side by side, one to each webhook.

A round lasts as long as there is something to send, and begins nothing new after `ROUND` seconds, so that other tasks
have their turn. It is at one message of a webhook at a time: a slow receiver delays its own messages alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims import addresses
from claims.desk_vocabulary import FetchTrouble, WebhookEnd
from claims.fetching import FetchFailed, FetchRefused, Sender
from claims.interop.standard_webhooks import asked_to_wait, body_of, headers_of
from claims.models import Delivery, HistoryEntry
from claims.tasks.declaring import background, enqueue, enqueue_later
from claims.tasks.periodic import periodic
from claims.workflow.acting import Acted, tell_of_entries
from claims.workflow.deliveries import (
    Outcome,
    forget_old_deliveries,
    keys_of,
    note_attempt,
    queue_deliveries,
    switch_off,
    take_due,
)
from claims.workflow.inputs import usable_text
from claims.workflow.webhooks import sender

logger = logging.getLogger(__name__)
LINES = 8
ROUND, LOOK_AGAIN = 20.0, 0.5
LOOKED_FOR_EVERY = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent in one attempt, and whereto."""

    url: str
    body: bytes
    headers: dict[str, str]


Noted = SimpleQueue[tuple[Delivery, Outcome]]


@background(retries=0)
def send_webhooks() -> None:
    """Send what webhooks are to be told now."""
    send_what_is_due()


@periodic(every=LOOKED_FOR_EVERY)
@background(retries=0)
def send_waiting_webhooks() -> None:
    """Send to webhooks what is due again, and what a sender that is gone left behind."""
    send_what_is_due()


@periodic(every=timedelta(days=1))
@background(limit=timedelta(minutes=10))
def prune_old_deliveries() -> None:
    """Forget what was sent to webhooks long ago, and secrets that sign nothing any more."""
    forget_old_deliveries(kept=timedelta(days=settings.FACTCHECK_WEBHOOK_DAYS))


def ask_for_deliveries(acts: Sequence[Acted]) -> None:
    """Ask for what webhooks want to be told of acts, in their transaction."""
    if queue_deliveries(acts):
        enqueue(send_webhooks)


tell_of_entries(ask_for_deliveries)


def send_what_is_due() -> None:
    """Send until nothing is due, or the round is over: then the rest is asked for anew."""
    until = time.monotonic() + ROUND
    noted: Noted = SimpleQueue()
    under_way = 0
    while True:
        if time.monotonic() < until:
            under_way += _begin(noted, lines=LINES - under_way)
        if not under_way:
            break
        with suppress(Empty):
            note_attempt(*noted.get(timeout=LOOK_AGAIN))
            under_way -= 1
    _ask_for_the_rest(is_over=time.monotonic() >= until)


def _begin(noted: Noted, *, lines: int) -> int:
    """Begin to send on at most so many lines; return how many were begun."""
    begun = 0
    post = sender()
    for delivery in take_due(most=lines) if lines else ():
        keys = keys_of(delivery.webhook)
        if not keys:
            switch_off(delivery.webhook, WebhookEnd.NO_SECRET)
            continue
        message = message_of(delivery, keys=keys, at=timezone.now())
        # A daemon: whoever ends the worker at once does not wait for a receiver.
        arguments = (post, delivery, message, noted)
        threading.Thread(target=_send, args=arguments, daemon=True).start()
        begun += 1
    return begun


def _send(post: Sender, delivery: Delivery, message: Message, noted: Noted) -> None:
    """Send one message, in a thread of its own that touches no database."""
    try:
        outcome = attempt(post, message)
    except Exception:
        logger.exception("Sending %s ended in an error of ours.", delivery)
        outcome = Outcome(timezone.now(), timedelta(0), trouble=FetchTrouble.FORGOTTEN)
    noted.put((delivery, outcome))


def attempt(post: Sender, message: Message) -> Outcome:
    """Make one attempt."""
    at, begun = timezone.now(), time.monotonic()
    try:
        answer = post.post(message.url, message.body, headers=message.headers)
    except (FetchRefused, FetchFailed) as error:
        took = timedelta(seconds=time.monotonic() - begun)
        return Outcome(at, took, trouble=error.trouble, answer=error.reason)
    return Outcome(
        at,
        timedelta(seconds=time.monotonic() - begun),
        status=answer.status,
        answer=usable_text(answer.beginning.decode(errors="replace")),
        wait=asked_to_wait(answer.retry_after, now=timezone.now(), most=LONGEST_WAIT),
    )


def message_of(delivery: Delivery, *, keys: Sequence[bytes], at: datetime) -> Message:
    """Return what is sent of a delivery in an attempt made at a moment: the same body and id at each."""
    data = _data(delivery.entry, delivery.status) if delivery.entry else {}
    happened_at = delivery.entry.recorded_at if delivery.entry else delivery.created_at
    body = body_of(delivery.event, happened_at, data)
    headers = headers_of(delivery.message_id, body, at=at, keys=keys)
    return Message(delivery.webhook.url, body, headers)


def _data(entry: HistoryEntry, status: str) -> dict[str, Any]:
    """Return what a message says: numbers, words of a vocabulary and addresses, and nothing that could be erased."""
    base, own = settings.FACTCHECK_BASE_URL, entry.claim.public_id
    return {
        "claim": {
            "id": own,
            "url": base + addresses.claim_api(own),
            "html_url": base + addresses.claim_short(own),
        },
        "entry": {
            "number": entry.number,
            "act": entry.act,
            "url": base + addresses.claim_history_api(own),
        },
        "status": status or None,
    }


def _ask_for_the_rest(*, is_over: bool) -> None:
    """Ask for another round where this one ended early, or something is due before the next look."""
    now = timezone.now()
    if is_over:
        enqueue(send_webhooks)
        return
    due = Delivery.objects.next_due(now)
    if due is not None and due < now + LOOKED_FOR_EVERY:
        enqueue_later(send_webhooks, at=due)
