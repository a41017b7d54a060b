"""replay_delivery: one message again, under its id and with all its attempts before it."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.desk_vocabulary import DeliveryState
from claims.models import Delivery, User
from tests import factories
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def delivery(editor: User) -> Delivery:
    """A message that was given up after its last attempt."""
    found = workflow.ping_webhook(factories.webhook(by=editor).webhook, by=editor)
    Delivery.objects.update(state=DeliveryState.FAILED, next_attempt_at=None, tries=10)
    found.refresh_from_db()
    return found


@pytest.mark.parametrize("ended", [DeliveryState.FAILED, DeliveryState.DELIVERED])
def test_it_waits_again_under_its_id(
    delivery: Delivery, editor: User, ended: DeliveryState
) -> None:
    Delivery.objects.update(state=ended)
    again = workflow.replay_delivery(delivery, by=editor)
    assert stale_columns(again) == []
    assert (again.pk, again.message_id) == (delivery.pk, delivery.message_id)
    assert (again.state, again.tries) == (DeliveryState.WAITING, 0)
    assert Delivery.objects.count() == 1


def test_what_waits_is_not_sent_twice(delivery: Delivery, editor: User) -> None:
    workflow.replay_delivery(delivery, by=editor)
    with refused("is to be sent as it is"):
        workflow.replay_delivery(delivery, by=editor)


def test_nothing_is_sent_to_what_is_off(delivery: Delivery, editor: User) -> None:
    workflow.disable_webhook(delivery.webhook, by=editor)
    with refused("switch it on first"):
        workflow.replay_delivery(delivery, by=editor)
