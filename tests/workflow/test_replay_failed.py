"""replay_failed: all that a webhook missed, once it is there again."""

from __future__ import annotations

from claims import workflow
from claims.desk_vocabulary import DeliveryState
from claims.models import Delivery, User
from tests import factories
from tests.workflow.observing import refused


def test_what_failed_is_sent_again_and_nothing_else(editor: User) -> None:
    webhook, other = (factories.webhook(by=editor).webhook for _ in range(2))
    failed = [workflow.ping_webhook(webhook, by=editor) for _ in range(3)]
    taken = workflow.ping_webhook(webhook, by=editor)
    Delivery.objects.update(state=DeliveryState.FAILED, next_attempt_at=None)
    Delivery.objects.filter(pk=taken.pk).update(state=DeliveryState.DELIVERED)
    of_other = workflow.ping_webhook(other, by=editor)
    Delivery.objects.filter(pk=of_other.pk).update(state=DeliveryState.FAILED, next_attempt_at=None)
    assert workflow.replay_failed(webhook, by=editor) == 3
    assert set(Delivery.objects.waiting()) == set(failed)


def test_where_nothing_failed_it_says_so(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    with refused("No message to this webhook failed"):
        workflow.replay_failed(webhook, by=editor)
    workflow.disable_webhook(webhook, by=editor)
    with refused("switch it on first"):
        workflow.replay_failed(webhook, by=editor)
