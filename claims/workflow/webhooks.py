"""Verbs on webhooks: setting one up, changing it, its secrets, on and off, a test, and sending again what it missed.

They record nothing in the history. All need the permission to set webhooks up.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import TOLD_EVENTS, Event, WebhookEnd
from claims.fetching import FetchRefused, Sender, is_public
from claims.fetching.addresses import Address
from claims.interop.standard_webhooks import secret_text
from claims.models import Delivery, User, Webhook, WebhookInterest, WebhookSecret
from claims.models.private_links import key_of, new_seed, secret_of, token_digest
from claims.models.webhook import PURPOSE
from claims.vocabulary import Verb
from claims.workflow.deliveries import queue_again, queue_ping, switch_off
from claims.workflow.inputs import SHORT, clean_choice, clean_text, clean_url
from claims.workflow.refusals import RuleBroken, require

LONGEST_OVERLAP = 168
OVERLAP = 24


class SetUp(NamedTuple):
    """A webhook, and a secret that was just made for it; nobody is told it again."""

    webhook: Webhook
    secret: str


def sender() -> Sender:
    """Return what posts to webhooks: to public addresses, and where the settings say so to this machine itself."""
    if settings.FACTCHECK_WEBHOOK_LOOPBACK:
        return Sender(ports=range(1, 65_536), permits=_public_or_loopback)
    return Sender()


def _public_or_loopback(address: Address) -> bool:
    return address.is_loopback or is_public(address)


def set_up_webhook(*, url: str, description: str = "", events: Collection[str], by: User) -> SetUp:
    """Have an address told of these events from now on; `by` is its owner.

    Returns the secret beside it (`whsec_` and base64 of 32 bytes). Raises RuleBroken naming the field for an address
    that nothing is sent to, for events that are none, and for no event at all.
    """
    require(by, Verb.SET_UP_WEBHOOK)
    address, said = _clean_address(url), clean_text("description", description, limit=SHORT)
    wanted = _clean_events(events)
    with transaction.atomic():
        webhook = Webhook.objects.create(url=address, description=said, owner=by)
        _want(webhook, wanted)
        return SetUp(webhook, _new_secret(webhook))


def change_webhook(
    webhook: Webhook,
    *,
    url: str,
    description: str,
    events: Collection[str],
    owner: User,
    by: User,
) -> Webhook:
    """Change all that a webhook is but its secrets. What waits goes to the new address. Raises as `set_up_webhook`."""
    require(by, Verb.SET_UP_WEBHOOK)
    address, said = _clean_address(url), clean_text("description", description, limit=SHORT)
    wanted = _clean_events(events)
    if not (owner.is_active and owner.has_perm(f"claims.{Verb.SET_UP_WEBHOOK}")):
        raise RuleBroken(_("Its owner must be able to set it up."), field="owner")
    with transaction.atomic():
        held = Webhook.objects.select_for_update().get(pk=webhook.pk)
        held.url, held.description, held.owner = address, said, owner
        held.save(update_fields=["url", "description", "owner"])
        WebhookInterest.objects.filter(webhook=held).exclude(event__in=wanted).delete()
        _want(held, wanted)
    return held


def rotate_webhook_secret(webhook: Webhook, *, overlap_hours: int = OVERLAP, by: User) -> SetUp:
    """Make a new secret. For `overlap_hours` (0 to 168) messages are signed with the earlier ones as well."""
    require(by, Verb.SET_UP_WEBHOOK)
    if not 0 <= overlap_hours <= LONGEST_OVERLAP:
        told = _("The earlier secret goes on for 0 to %(most)d hours.")
        raise RuleBroken(told % {"most": LONGEST_OVERLAP}, field="overlap_hours")
    with transaction.atomic():
        held = Webhook.objects.select_for_update().get(pk=webhook.pk)
        ends = timezone.now() + timedelta(hours=overlap_hours)
        for earlier in WebhookSecret.objects.signing_at(timezone.now()).filter(webhook=held):
            earlier.expires_at = min(earlier.expires_at or ends, ends)
            earlier.save(update_fields=["expires_at"])
        return SetUp(held, _new_secret(held))


def disable_webhook(webhook: Webhook, *, by: User) -> Webhook:
    """Switch a webhook off: what waits for it is given up. Raises RuleBroken where it is off."""
    require(by, Verb.SET_UP_WEBHOOK)
    with transaction.atomic():
        held = _held(webhook)
        switch_off(held, WebhookEnd.BY_HAND)
    return held


def enable_webhook(webhook: Webhook, *, by: User) -> Webhook:
    """Switch a webhook on. What it missed is sent when somebody asks for it. Raises RuleBroken where it is on."""
    require(by, Verb.SET_UP_WEBHOOK)
    with transaction.atomic():
        held = Webhook.objects.select_for_update().get(pk=webhook.pk)
        if held.is_enabled:
            raise RuleBroken(_("This webhook is switched on."))
        held.disabled_at, held.disabled_because = None, ""
        held.failures, held.failing_since, held.held_until = 0, None, None
        held.save(
            update_fields=[
                "disabled_at",
                "disabled_because",
                "failures",
                "failing_since",
                "held_until",
            ]
        )
    return held


def ping_webhook(webhook: Webhook, *, by: User) -> Delivery:
    """Ask for a test message. Raises RuleBroken where the webhook is off."""
    require(by, Verb.SET_UP_WEBHOOK)
    with transaction.atomic():
        return queue_ping(_held(webhook))


def replay_delivery(delivery: Delivery, *, by: User) -> Delivery:
    """Have a message sent again under its id, whatever became of it.

    Raises RuleBroken while it waits, or where the webhook is off.
    """
    require(by, Verb.SET_UP_WEBHOOK)
    with transaction.atomic():
        _held(delivery.webhook)
        if not queue_again([delivery]):
            raise RuleBroken(_("This message is to be sent as it is."))
    delivery.refresh_from_db(fields=["state", "tries", "next_attempt_at"])
    return delivery


def replay_failed(webhook: Webhook, *, by: User) -> int:
    """Have all messages that were given up sent again, in their order; return how many there are.

    Raises RuleBroken for none, and where the webhook is off.
    """
    require(by, Verb.SET_UP_WEBHOOK)
    with transaction.atomic():
        number = queue_again(Delivery.objects.failed().filter(webhook=_held(webhook)))
    if not number:
        raise RuleBroken(_("No message to this webhook failed."))
    return number


def _held(webhook: Webhook) -> Webhook:
    """Return a webhook under its lock. Raises RuleBroken where it is off."""
    held = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if not held.is_enabled:
        raise RuleBroken(_("This webhook is switched off: switch it on first."))
    return held


def _clean_address(url: str) -> str:
    clean_text("url", url, required=True)
    address = clean_url("url", url)
    if not (address.startswith("https://") or settings.FACTCHECK_WEBHOOK_LOOPBACK):
        raise RuleBroken(_("The address must begin with https://."), field="url")
    try:
        return sender().check(address)
    except FetchRefused as refusal:
        raise RuleBroken(refusal.reason, field="url") from refusal


def _clean_events(events: Collection[str]) -> list[Event]:
    wanted = [clean_choice("events", event, Event) for event in events]
    if Event.PING in wanted:
        raise RuleBroken(_("A test is sent when it is asked for."), field="events")
    if not wanted:
        raise RuleBroken(_("Say what it is to be told of."), field="events")
    return [event for event in TOLD_EVENTS if event in wanted]


def _want(webhook: Webhook, events: list[Event]) -> None:
    rows = [WebhookInterest(webhook=webhook, event=event) for event in events]
    WebhookInterest.objects.bulk_create(rows, ignore_conflicts=True)


def _new_secret(webhook: Webhook) -> str:
    seed = new_seed()
    digest = token_digest(secret_of(seed, purpose=PURPOSE))
    WebhookSecret.objects.create(webhook=webhook, seed=seed, digest=digest)
    return secret_text(key_of(seed, purpose=PURPOSE))
