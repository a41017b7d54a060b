"""Webhooks are told of each public act once it is committed: signed, thin, in order, and of nothing unpublished."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from claims import workflow
from claims.desk_vocabulary import TOLD_EVENTS, DeliveryState, Event, WebhookEnd
from claims.history.replay import replay
from claims.models import BackgroundTask, Claim, Delivery, Evidence, Review, User, WebhookSecret
from claims.tasks.webhooks import send_webhooks
from claims.vocabulary import Act, RedactionReason, Role, VerificationStatus
from claims.workflow import ImportedClaim, ImportedVerdict, VerdictDraft
from claims.workflow.acting import Acted
from claims.workflow.deliveries import queue_deliveries
from claims.workflow.events import EVENTS, VERDICT
from claims.workflow.webhooks import SetUp
from tests import factories
from tests.tasks.receiving import Receiver
from tests.workflow.observing import last_entry

Work = Callable[[], list[BackgroundTask]]
FIELDS = {"type", "timestamp", "data"}


def events() -> list[str]:
    """Return the events that were queued, in their order."""
    return list(Delivery.objects.order_by("pk").values_list("event", flat=True))


def test_an_approved_verdict_is_received_and_verified(
    review: Review, second_reviewer: User, receiver: Receiver, hook: SetUp, work: Work
) -> None:
    workflow.approve_verdict(review, by=second_reviewer)
    assert receiver.received == []
    work()
    claim, entry = review.claim, last_entry(review.claim)
    message = receiver.verified(hook.secret)
    assert set(message) == FIELDS
    assert message["type"] == "claim.published"
    assert message["timestamp"] == entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    base = "http://127.0.0.1:8000"
    assert message["data"] == {
        "claim": {
            "id": claim.public_id,
            "url": f"{base}/api/v1/claims/{claim.public_id}/",
            "html_url": f"{base}/claims/{claim.public_id}/",
        },
        "entry": {
            "number": entry.number,
            "act": "verdict_given",
            "url": f"{base}/api/v1/claims/{claim.public_id}/history/",
        },
        "status": "confirmed",
    }
    headers, body = receiver.received[-1]
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == f"msg_{claim.public_id}_{entry.number}"
    assert len(body) < 1_000
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_what_is_not_published_is_told_nobody(claim: Claim, hook: SetUp, work: Work) -> None:
    factories.EvidenceFactory(claim=claim)
    workflow.discard_claim(factories.ClaimFactory(), by=factories.person(Role.EDITOR))
    assert work() == []
    assert Delivery.objects.count() == 0


def test_publication_is_one_message_and_each_act_after_it_one(
    published: Claim, editor: User, second_editor: User, hook: SetUp
) -> None:
    piece = factories.EvidenceFactory(claim=published, by=editor)
    workflow.withdraw_evidence(piece, reason="A forgery.", by=editor)
    workflow.reword_claim(published, wording="It holds still.", reason="Clearer.", by=editor)
    factories.give_verdict(published)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    workflow.void_verdict(published, reason="An error.", by=editor)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    request = workflow.propose_redaction(
        piece.entry, fields=["evidence.title"], reason=RedactionReason.COURT_ORDER, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    told = [event for event in events() if event != "evidence.added"]
    assert told == [
        "evidence.withdrawn",
        "claim.reworded",
        "verdict.given",
        "claim.status_changed",
        "verdict.voided",
        "claim.status_changed",
        "text.redacted",
    ]
    statuses = Delivery.objects.exclude(event="evidence.added").order_by("pk")
    assert list(statuses.values_list("status", flat=True)) == [
        "confirmed",
        "confirmed",
        "confirmed",
        "unconfirmed",
        "",
        "unconfirmed",
        "unconfirmed",
    ]
    numbers = list(Delivery.objects.order_by("pk").values_list("entry__number", flat=True))
    assert numbers == sorted(set(numbers))


def test_both_sides_of_a_merger_are_told(published: Claim, editor: User, hook: SetUp) -> None:
    other = factories.published_claim()
    Delivery.objects.all().delete()
    workflow.merge_claims(other, into=published, reason="The same.", by=editor)
    told = set(Delivery.objects.values_list("event", "entry__claim__public_id"))
    assert told == {
        ("claim.merged", other.public_id),
        ("claim.absorbed", published.public_id),
    }


def test_a_claim_imported_with_its_verdict_is_one_publication(importer: User, hook: SetUp) -> None:
    verdict = ImportedVerdict(
        draft=VerdictDraft(
            status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A record."
        ),
        effective_on=None,
    )
    row = ImportedClaim(key="1", claim=workflow.ClaimDraft(wording="It is."), verdicts=[verdict])
    bare = ImportedClaim(key="2", claim=workflow.ClaimDraft(wording="It was."))
    workflow.import_claims([row, bare], source="archive", origin="Archive", by=importer)
    assert events() == ["claim.published"]


def test_what_was_rolled_back_is_told_nobody(
    published: Claim, editor: User, hook: SetUp, work: Work
) -> None:
    with transaction.atomic():
        workflow.void_verdict(published, reason="An error.", by=editor)
        assert events() == ["verdict.voided"]
        transaction.set_rollback(True)
    assert (work(), events()) == ([], [])


def test_only_what_was_asked_for_is_told(
    published: Claim, editor: User, receiver: Receiver, work: Work
) -> None:
    factories.webhook(receiver.url, Event.VERDICT_VOIDED, Event.EVIDENCE_WITHDRAWN)
    off = factories.webhook(f"{receiver.url}/off")
    workflow.disable_webhook(off.webhook, by=editor)
    factories.EvidenceFactory(claim=published, by=editor)
    assert BackgroundTask.objects.count() == 0
    workflow.void_verdict(published, reason="An error.", by=editor)
    work()
    assert [json.loads(body)["type"] for _, body in receiver.received] == ["verdict.voided"]


def test_every_event_of_a_published_claim_has_a_name() -> None:
    assert set(Act) == {*EVENTS, *VERDICT, Act.CLAIM_RECORDED, Act.CLAIM_DISCARDED}
    named = {Event.CLAIM_PUBLISHED, Event.STATUS_CHANGED, Event.VERDICT_GIVEN}
    assert set(TOLD_EVENTS) == {*EVENTS.values(), *named}


def test_no_words_of_a_claim_leave_the_register(
    published: Claim, editor: User, receiver: Receiver, hook: SetUp, work: Work
) -> None:
    factories.EvidenceFactory(claim=published, title="Unspeakable", by=editor)
    workflow.reword_claim(published, wording="Unutterable.", reason="Unsayable.", by=editor)
    work()
    sent = b"".join(body for _, body in receiver.received).decode()
    for word in ("Unspeakable", "Unutterable", "Unsayable", editor.public_name, published.wording):
        assert word not in sent
    kept = str(list(Delivery.objects.values()))
    assert "Un" not in kept.replace("Unconfirmed", "")


def test_while_secrets_rotate_both_verify_and_then_the_new_one_alone(
    published: Claim, editor: User, receiver: Receiver, hook: SetUp, work: Work
) -> None:
    new = workflow.rotate_webhook_secret(hook.webhook, overlap_hours=2, by=editor)
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    assert receiver.verified(hook.secret) == receiver.verified(new.secret)
    assert receiver.received[-1][0]["webhook-signature"].count("v1,") == 2
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        workflow.ping_webhook(hook.webhook, by=editor)
        send_webhooks.func()
        assert receiver.verified(new.secret)["type"] == "webhook.ping"
        with pytest.raises(WebhookVerificationError, match="No matching signature"):
            receiver.verified(hook.secret)


def test_what_was_tampered_with_or_is_old_does_not_verify(
    published: Claim, receiver: Receiver, hook: SetUp, work: Work
) -> None:
    factories.EvidenceFactory(claim=published)
    work()
    headers, body = receiver.received[-1]
    verifier = Verifier(hook.secret)
    verifier.verify(body, headers)
    for change in (
        {"webhook-id": "msg_other"},
        {"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)},
    ):
        with pytest.raises(WebhookVerificationError, match="No matching signature"):
            verifier.verify(body, {**headers, **change})
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        verifier.verify(body.replace(b"confirmed", b"disputed"), headers)
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=6)),
        pytest.raises(WebhookVerificationError, match="too old"),
    ):
        verifier.verify(body, headers)


def test_no_row_alone_signs_anything(hook: SetUp) -> None:
    row = WebhookSecret.objects.values().get()
    assert hook.secret not in str(row)
    assert hook.secret.removeprefix("whsec_").rstrip("=") not in str(row)


def test_under_another_key_of_the_server_a_webhook_is_switched_off(
    published: Claim, receiver: Receiver, hook: SetUp, work: Work, settings: Settings
) -> None:
    settings.SECRET_KEY = "another key of the server " * 3
    factories.EvidenceFactory(claim=published)
    work()
    hook.webhook.refresh_from_db()
    assert hook.webhook.disabled_because == WebhookEnd.NO_SECRET
    assert receiver.received == []
    assert Delivery.objects.get().state == DeliveryState.FAILED


def test_messages_of_one_claim_arrive_in_the_order_of_its_acts(
    published: Claim, receiver: Receiver, hook: SetUp, work: Work
) -> None:
    pieces: list[Evidence] = [factories.EvidenceFactory(claim=published) for _ in range(4)]
    work()
    own = published.public_id
    assert receiver.ids == [f"msg_{own}_{piece.entry.number}" for piece in pieces]


def test_an_act_costs_one_query_more_while_there_is_no_webhook(
    published: Claim, django_assert_num_queries
) -> None:
    acted = Acted(replay(published), [last_entry(published)])
    with django_assert_num_queries(1):
        assert queue_deliveries([acted]) == 0
