"""enable_webhook: told of acts from now on, as though nothing had failed."""

from __future__ import annotations

from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import WebhookEnd
from claims.models import Delivery, User, Webhook
from claims.workflow.deliveries import switch_off
from tests import factories
from tests.workflow.observing import refused


def test_it_begins_anew(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    Webhook.objects.update(failures=9, failing_since=timezone.now(), held_until=timezone.now())
    switch_off(webhook, WebhookEnd.FAILING)
    factories.published_claim()
    workflow.enable_webhook(webhook, by=editor)
    fresh = Webhook.objects.get()
    assert (fresh.is_enabled, fresh.disabled_because) == (True, "")
    assert (fresh.failures, fresh.failing_since, fresh.held_until) == (0, None, None)
    assert not Delivery.objects.exists()
    factories.published_claim()
    assert Delivery.objects.get().event == "claim.published"


def test_what_is_on_is_not_switched_on_again(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    with refused("switched on"):
        workflow.enable_webhook(webhook, by=editor)
