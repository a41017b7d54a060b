"""change_webhook: everything but the secrets, which stay."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.desk_vocabulary import Event
from claims.models import User, Webhook
from tests import factories
from tests.workflow.observing import refused

GIVEN: dict[str, Any] = {
    "url": "https://other.example/",
    "description": "Other",
    "events": ["evidence.added", "verdict.voided"],
}


def test_all_of_it_is_changed_and_the_secret_stays(editor: User, second_editor: User) -> None:
    hook = factories.webhook("https://one.example/", Event.CLAIM_PUBLISHED, by=editor)
    before = hook.webhook.secrets.get()
    workflow.change_webhook(hook.webhook, **GIVEN, owner=second_editor, by=editor)
    webhook = Webhook.objects.get()
    assert (webhook.url, webhook.description) == ("https://other.example/", "Other")
    assert webhook.owner == second_editor
    assert webhook.events == [Event.VERDICT_VOIDED, Event.EVIDENCE_ADDED]
    assert webhook.secrets.get() == before


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"url": "https://10.0.0.1/"}, "url", "public Internet"),
        ({"events": []}, "events", "told of"),
    ],
)
def test_what_cannot_be_told_is_refused(
    editor: User, change: dict[str, Any], field: str, reason: str
) -> None:
    webhook = factories.webhook(by=editor).webhook
    with refused(reason, field=field):
        workflow.change_webhook(webhook, **{**GIVEN, **change}, owner=editor, by=editor)


def test_it_belongs_to_somebody_who_could_set_it_up(editor: User, reviewer: User) -> None:
    webhook = factories.webhook(by=editor).webhook
    with refused("must be able to set it up", field="owner"):
        workflow.change_webhook(webhook, **GIVEN, owner=reviewer, by=editor)
