"""set_up_webhook: an address told of public acts, and a secret that is told once."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from pytest_django import Settings

from claims import workflow
from claims.desk_vocabulary import Event
from claims.models import User
from tests import factories
from tests.workflow.observing import refused

URL = "https://receiver.example/hook"


def test_it_is_told_of_what_was_chosen_and_belongs_to_whoever_set_it_up(editor: User) -> None:
    webhook, _secret = workflow.set_up_webhook(
        url="https://RECEIVER.example:443/hook#part",
        description=" A newsroom ",
        events=["verdict.voided", "claim.published", "claim.published"],
        by=editor,
    )
    assert (webhook.url, webhook.description, webhook.owner) == (URL, "A newsroom", editor)
    assert webhook.events == [Event.CLAIM_PUBLISHED, Event.VERDICT_VOIDED]
    assert webhook.is_enabled


def test_its_secret_is_as_the_standard_wants_it(editor: User) -> None:
    secrets = {factories.webhook(by=editor).secret for _ in range(3)}
    assert len(secrets) == 3
    for secret in secrets:
        assert secret.startswith("whsec_")
        assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"url": ""}, "url", "may not be empty"),
        ({"url": "http://receiver.example/"}, "url", "https://"),
        ({"url": "https://receiver.example:8443/"}, "url", "Port 8443"),
        ({"url": "https://10.0.0.1/"}, "url", "public Internet"),
        ({"url": "https://127.0.0.1/"}, "url", "public Internet"),
        ({"url": "https://[::1]/"}, "url", "public Internet"),
        ({"url": "https://0x7f000001/"}, "url", ""),
        ({"url": "https://2130706433/"}, "url", ""),
        ({"url": "https://localhost/"}, "url", "full name"),
        ({"url": "https://user@receiver.example/"}, "url", "user name"),
        ({"url": "javascript:alert(1)"}, "url", "not a web address"),
        ({"url": "file:///etc/passwd"}, "url", "not a web address"),
        ({"url": "https://receiver.example/\0"}, "url", "cannot be kept"),
        ({"url": "https://receiver.example/" + "a" * 2_000}, "url", "at most"),
        ({"description": "x" * 301}, "description", "at most"),
        ({"events": []}, "events", "what it is to be told of"),
        ({"events": ["claim.exploded"]}, "events", "is none of"),
        ({"events": ["webhook.ping"]}, "events", "when it is asked for"),
    ],
)
def test_what_cannot_be_told_is_refused(
    editor: User, change: dict[str, Any], field: str, reason: str
) -> None:
    given: dict[str, Any] = {"url": URL, "events": ["claim.published"], **change}
    with refused(reason, field=field):
        workflow.set_up_webhook(**given, by=editor)


def test_this_machine_itself_may_be_told_where_the_settings_say_so(
    editor: User, settings: Settings
) -> None:
    settings.FACTCHECK_WEBHOOK_LOOPBACK = True
    url = "http://127.0.0.1:9999/hook"
    assert factories.webhook(url, by=editor).webhook.url == url
    with refused("public Internet", field="url"):
        factories.webhook("http://10.0.0.1:9999/hook", by=editor)
