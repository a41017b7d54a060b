"""disable_webhook: nothing more is sent, what waits is given up, and nobody is told who knows."""

from __future__ import annotations

from claims import workflow
from claims.desk_vocabulary import DeliveryState, WebhookEnd
from claims.models import Delivery, Notice, User, Webhook
from tests import factories
from tests.workflow.observing import refused, stale_columns


def test_what_waits_is_given_up(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    workflow.ping_webhook(webhook, by=editor)
    off = workflow.disable_webhook(webhook, by=editor)
    assert stale_columns(off) == []
    assert (off.is_enabled, off.disabled_because) == (False, WebhookEnd.BY_HAND)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.FAILED, None)
    assert not Notice.objects.exists()


def test_acts_are_no_longer_told(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    workflow.disable_webhook(webhook, by=editor)
    factories.published_claim()
    assert not Delivery.objects.exists()


def test_what_is_off_is_not_switched_off_again(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    workflow.disable_webhook(webhook, by=editor)
    with refused("switched off"):
        workflow.disable_webhook(Webhook.objects.get(), by=editor)
