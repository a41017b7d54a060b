"""rotate_webhook_secret: a new secret, with the earlier one beside it for as long as was said."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims import workflow
from claims.models import User, WebhookSecret
from claims.workflow.deliveries import keys_of
from tests import factories
from tests.workflow.observing import refused


def test_both_sign_until_the_earlier_one_ends(editor: User) -> None:
    webhook, first = factories.webhook(by=editor)
    _, second = workflow.rotate_webhook_secret(webhook, overlap_hours=5, by=editor)
    assert first != second
    assert len(keys_of(webhook)) == 2
    with time_machine.travel(timezone.now() + timedelta(hours=5, seconds=1)):
        assert len(keys_of(webhook)) == 1


def test_without_overlap_the_earlier_one_ends_at_once(editor: User) -> None:
    webhook, _ = factories.webhook(by=editor)
    old = keys_of(webhook)
    workflow.rotate_webhook_secret(webhook, overlap_hours=0, by=editor)
    assert len(keys_of(webhook)) == 1
    assert keys_of(webhook) != old


def test_a_later_rotation_prolongs_none_that_was_to_end(editor: User) -> None:
    webhook, _ = factories.webhook(by=editor)
    workflow.rotate_webhook_secret(webhook, overlap_hours=1, by=editor)
    workflow.rotate_webhook_secret(webhook, overlap_hours=168, by=editor)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert len(keys_of(webhook)) == 2


@pytest.mark.parametrize("hours", [-1, 169])
def test_hours_without_sense_are_refused(editor: User, hours: int) -> None:
    webhook, _ = factories.webhook(by=editor)
    with refused("0 to 168 hours", field="overlap_hours"):
        workflow.rotate_webhook_secret(webhook, overlap_hours=hours, by=editor)


def test_the_database_knows_one_lasting_secret(editor: User) -> None:
    webhook, _ = factories.webhook(by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        WebhookSecret.objects.create(webhook=webhook, seed="s", digest="d")
