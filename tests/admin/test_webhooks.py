"""Webhooks on the desk: set up, their secret shown once, tried, switched off and on, what they missed sent again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import TOLD_EVENTS, DeliveryState, Event, NoticeKind, WebhookEnd
from claims.models import (
    BackgroundTask,
    Claim,
    Delivery,
    DeliveryAttempt,
    Notice,
    User,
    Webhook,
    WebhookSecret,
)
from claims.workflow.deliveries import switch_off
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, submit, text_of

LIST, NEW, MESSAGES = (
    "/admin/claims/webhook/",
    "/admin/claims/webhook/new/",
    "/admin/claims/delivery/",
)
FIELDS = {
    "url": "https://receiver.example/hook",
    "description": "Gazette",
    "events": ["claim.published", "verdict.voided"],
}


def page_of(webhook: Webhook, act: str = "change") -> str:
    return f"{LIST}{webhook.pk}/{act}/"


def message_page(delivery: Delivery) -> str:
    return f"{MESSAGES}{delivery.pk}/send-again/"


@pytest.fixture
def webhook(editor: User) -> Webhook:
    """A webhook of the editor's that is told of everything."""
    return factories.webhook(by=editor).webhook


@pytest.fixture
def failed(webhook: Webhook, editor: User) -> Delivery:
    """A message that was given up."""
    delivery = workflow.ping_webhook(webhook, by=editor)
    Delivery.objects.update(state=DeliveryState.FAILED, next_attempt_at=None, tries=10)
    delivery.refresh_from_db()
    return delivery


def test_the_secret_is_shown_once_where_it_was_made(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    assert all(event.value in text_of(client.get(NEW)) for event in TOLD_EVENTS)
    page = submit(client, NEW, **FIELDS)
    found = re.search(r'value="(whsec_[\w+/=]{44})"', page.content.decode())
    assert found
    assert "no-store" in page["Cache-Control"]
    webhook = Webhook.objects.get()
    assert webhook.events == [Event.CLAIM_PUBLISHED, Event.VERDICT_VOIDED]
    for url in (LIST, page_of(webhook), page_of(webhook, "history"), page_of(webhook, "rotate")):
        assert "whsec_" not in client.get(url, follow=True).content.decode()


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    sign_in: SignIn, editor: User
) -> None:
    page = submit(sign_in(editor), NEW, **{**FIELDS, "url": "https://10.0.0.1/"})
    assert "public Internet" in str(page.context["form"].errors["url"])
    assert 'value="Gazette"' in page.content.decode()
    assert not Webhook.objects.exists()


def test_a_webhook_is_changed(
    sign_in: SignIn, editor: User, second_editor: User, webhook: Webhook
) -> None:
    page = submit(sign_in(editor), page_of(webhook, "change-it"), **FIELDS, owner=second_editor.pk)
    assert said(page) == ["Webhook changed."]
    webhook = Webhook.objects.get()
    assert (webhook.description, webhook.owner) == ("Gazette", second_editor)


@pytest.mark.parametrize("owner", ["", "x", "9" * 30])
def test_an_owner_who_is_none_is_refused(
    sign_in: SignIn, editor: User, webhook: Webhook, owner: str
) -> None:
    page = submit(sign_in(editor), page_of(webhook, "change-it"), **FIELDS, owner=owner)
    assert "owner" in page.context["form"].errors


def test_a_new_secret_is_made(sign_in: SignIn, editor: User, webhook: Webhook) -> None:
    page = submit(sign_in(editor), page_of(webhook, "rotate"), overlap_hours="3")
    assert "whsec_" in page.content.decode()
    assert WebhookSecret.objects.count() == 2


def test_a_webhook_is_switched_off_and_on(sign_in: SignIn, editor: User, webhook: Webhook) -> None:
    client = sign_in(editor)
    assert page_of(webhook, "switch-on") not in links_in(client.get(page_of(webhook)))
    assert said(submit(client, page_of(webhook, "switch-off"))) == ["Webhook switched off."]
    page = client.get(page_of(webhook))
    assert "By hand" in text_of(page)
    assert page_of(webhook, "ping") not in links_in(page)
    for closed in ("ping", "switch-off", "send-failed"):
        answer = client.get(page_of(webhook, closed), follow=True)
        assert said(answer) == ["This webhook is switched off: switch it on first."]
    assert said(submit(client, page_of(webhook, "switch-on"))) == ["Webhook switched on."]
    assert Webhook.objects.get().is_enabled


def test_a_test_is_asked_for(sign_in: SignIn, editor: User, webhook: Webhook) -> None:
    page = submit(sign_in(editor), page_of(webhook, "ping"))
    assert said(page) == ["It is on its way."]
    assert Delivery.objects.get().event == Event.PING
    assert BackgroundTask.objects.get().short_name == "send_webhooks"


def test_a_message_shows_its_attempts_and_is_sent_again(
    sign_in: SignIn, editor: User, failed: Delivery
) -> None:
    DeliveryAttempt.objects.create(
        delivery=failed,
        at=timezone.now(),
        took=timedelta(milliseconds=312),
        status=500,
        answer="<script>alert(1)</script>",
    )
    client = sign_in(editor)
    page = client.get(message_page(failed))
    told = " ".join(text_of(page).split())
    assert "Attempts 1" in told
    assert "312 ms 500" in told
    assert "<script>alert" not in page.content.decode()
    assert said(submit(client, message_page(failed))) == ["It is on its way."]
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == (DeliveryState.WAITING, 0)
    assert 'type="submit">Send it again' not in client.get(message_page(failed)).content.decode()


def test_all_that_failed_is_sent_again(
    sign_in: SignIn, editor: User, webhook: Webhook, failed: Delivery
) -> None:
    page = submit(sign_in(editor), page_of(webhook, "send-failed"))
    assert said(page) == ["1 message is on its way."]
    assert Delivery.objects.waiting().count() == 1


def test_looking_at_pages_changes_nothing(
    sign_in: SignIn, boss: User, webhook: Webhook, failed: Delivery
) -> None:
    client = sign_in(boss)
    before = Webhook.objects.values().get(), Delivery.objects.values().get()
    acts = ("change-it", "rotate", "switch-off", "switch-on", "ping", "send-failed")
    pages = [page_of(webhook, act) for act in acts]
    for url in [*pages, page_of(webhook), LIST, NEW, MESSAGES, message_page(failed)]:
        assert client.get(url).status_code in (200, 302)
    assert (Webhook.objects.values().get(), Delivery.objects.values().get()) == before
    assert WebhookSecret.objects.count() == 1


def test_nobody_below_an_editor_sees_any_of_it(
    sign_in: SignIn, reviewer: User, webhook: Webhook, failed: Delivery
) -> None:
    client = sign_in(reviewer)
    acts = ("change", "change-it", "rotate", "switch-off", "switch-on", "ping", "send-failed")
    for url in [
        *(page_of(webhook, act) for act in acts),
        NEW,
        LIST,
        MESSAGES,
        message_page(failed),
    ]:
        assert client.get(url).status_code == 403, url
        assert client.post(url, FIELDS).status_code == 403, url
    assert "Webhooks" not in text_of(client.get("/admin/"))


def test_the_messages_can_be_narrowed_to_those_of_one_webhook_and_state(
    sign_in: SignIn, editor: User, webhook: Webhook, failed: Delivery
) -> None:
    other = workflow.ping_webhook(factories.webhook(by=editor).webhook, by=editor)
    client = sign_in(editor)
    for query in ({"webhook": webhook.pk}, {"state__exact": "failed"}):
        links = links_in(client.get(MESSAGES, query))
        assert message_page(failed) in links
        assert message_page(other) not in links
    assert client.get(MESSAGES, {"webhook__secrets__seed__startswith": "a"}).status_code == 400


def test_a_message_leads_to_the_act_it_tells_of(
    sign_in: SignIn, editor: User, webhook: Webhook, claim: Claim
) -> None:
    factories.give_verdict(claim)
    delivery = Delivery.objects.get()
    assert delivery.entry is not None
    place = f"/admin/claims/claim/{claim.pk}/change/#entry-{delivery.entry.number}"
    client = sign_in(editor)
    for url in (MESSAGES, page_of(webhook), message_page(delivery)):
        assert place in links_in(client.get(url)), url


def test_the_notice_of_an_end_leads_to_the_webhook(
    sign_in: SignIn, editor: User, webhook: Webhook
) -> None:
    switch_off(webhook, WebhookEnd.GONE)
    notice = Notice.objects.get(kind=NoticeKind.WEBHOOK)
    client = sign_in(editor)
    assert "A webhook of yours was switched off" in text_of(client.get("/admin/notices/"))
    answer = client.post(f"/admin/notices/{notice.pk}/open/")
    assert answer["Location"] == page_of(webhook)
    assert "410" in text_of(client.get(page_of(webhook)))


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_take_few_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        webhook = factories.webhook(by=editor).webhook
    claim = factories.published_claim()
    for _ in range(rows - 1):
        factories.EvidenceFactory(claim=claim)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; how many, the rows
    with django_assert_num_queries(6):
        client.get(LIST)
    # session, person, their two; the webhook, what it is told of, its messages
    with django_assert_num_queries(7):
        client.get(page_of(webhook))
    # session, person, their two; the webhook it is narrowed to, how many, the rows
    with django_assert_num_queries(6):
        client.get(MESSAGES)
    delivery = webhook.deliveries.first()
    assert delivery is not None
    # session, person, their two; the message, its attempts
    with django_assert_num_queries(6):
        client.get(message_page(delivery))
    # session, person, their two
    with django_assert_num_queries(4):
        client.get(NEW)
    # session, person, their two; the webhook, what it is told of, who may own it (the first, then all)
    with django_assert_num_queries(8):
        client.get(page_of(webhook, "change-it"))
