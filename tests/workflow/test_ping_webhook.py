"""ping_webhook: a test, queued as any other message."""

from __future__ import annotations

from claims import workflow
from claims.desk_vocabulary import DeliveryState, Event
from claims.models import Delivery, User
from tests import factories
from tests.workflow.observing import refused


def test_each_test_is_a_message_of_its_own(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    one, other = (workflow.ping_webhook(webhook, by=editor) for _ in range(2))
    assert one.message_id != other.message_id
    assert (one.event, one.entry, one.state) == (Event.PING, None, DeliveryState.WAITING)
    assert Delivery.objects.count() == 2


def test_none_is_sent_to_what_is_off(editor: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    workflow.disable_webhook(webhook, by=editor)
    with refused("switch it on first"):
        workflow.ping_webhook(webhook, by=editor)
