"""Readers tell the register something: what is taken, what is refused and keeps its words, and what robots meet."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from claims import workflow
from claims.models import Claim, ReaderReport, User
from claims.tasks.queue import carry_out, take_next
from tests import factories
from tests.public.pages import html, words
from tests.public.posting import opened, send, typed

SAID: dict[str, Any] = {"kind": "error", "text": "The date is wrong."}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def path(published: Claim) -> str:
    return f"/claims/{published.public_id}/report/"


def test_a_report_is_taken_and_leads_to_its_receipt(
    client: Client, path: str, published: Claim
) -> None:
    response = send(client, path, **SAID, url="https://example.org/a", sender_name="Ann")
    report = ReaderReport.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/reports/{report.token}/")
    assert (report.kind, report.channel, report.claim) == ("error", "page", published)
    assert (report.text, report.url, report.sender_name) == (
        "The date is wrong.",
        "https://example.org/a",
        "Ann",
    )
    assert client.cookies == {}


def test_a_claim_to_check_is_about_no_claim(client: Client) -> None:
    response = send(client, "/report/", text="Somebody said that it rains.")
    assert response.status_code == 303
    report = ReaderReport.objects.get()
    assert (report.kind, report.claim) == ("claim", None)


@pytest.mark.parametrize("kind", ["error", "evidence", "reply"])
def test_a_link_chooses_what_it_is_about(client: Client, path: str, kind: str) -> None:
    page = html(client, f"{path}?kind={kind}")
    assert f'value="{kind}" id="id_kind_{["error", "evidence", "reply"].index(kind)}" checked' in (
        page.replace(" required", "")
    )


def test_a_kind_that_is_none_is_refused_by_name(client: Client, path: str) -> None:
    assert "kind" in words(html(client, f"{path}?kind=rumour", 400))


def test_the_page_of_a_claim_leads_to_the_form(client: Client, published: Claim) -> None:
    page = html(client, f"/claims/{published.public_id}/{published.slug}/")
    assert f"/claims/{published.public_id}/report/?kind=reply" in page


def test_every_field_has_a_label(client: Client, path: str) -> None:
    page = html(client, path)
    for name in ("text", "url", "sender_name", "sender_email", "trap"):
        assert f'for="id_{name}"' in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "This may not be empty."),
        ({"text": "x" * 20_001}, "This has 20,001 characters; at most 20,000."),
        ({"url": "here"}, "This is not a web address"),
        ({"sender_email": "nobody"}, "This is not an e-mail address."),
        ({"sender_name": "x" * 201}, "This has 201 characters; at most 200."),
        ({"kind": ""}, "Say what it is about."),
        ({"trap": "https://spam.example"}, "has to stay empty"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(
    client: Client, path: str, fields: dict[str, Any], told: str
) -> None:
    given = {**SAID, "url": "https://example.org/a", "sender_email": "a@example.org"} | fields
    response = send(client, path, **given)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in words(page)
    for name in ("text", "url", "sender_email"):
        assert typed(page, name) == given[name]
    assert typed(page, "trap") == ""
    assert not ReaderReport.objects.exists()


def test_a_refused_form_can_be_sent_at_once_when_mended(client: Client, path: str) -> None:
    refused = send(client, path, **SAID, url="here").content.decode()
    assert send(client, path, **SAID, key=typed(refused, "key")).status_code == 303


def test_what_is_sent_faster_than_anybody_types_has_to_be_sent_again(
    client: Client, path: str
) -> None:
    response = send(client, path, ago=0, **SAID)
    assert response.status_code == 422
    assert "faster than anybody types" in words(response.content.decode())
    assert typed(response.content.decode(), "text") == SAID["text"]


@pytest.mark.parametrize("key", ["", "made-up", "made-up:1abc:signature"])
def test_a_form_that_is_none_of_ours_is_shown_again_with_a_key(
    client: Client, path: str, key: str
) -> None:
    response = client.post(path, {**SAID, "key": key})
    assert response.status_code == 422
    assert typed(response.content.decode(), "key") not in ("", key)
    assert not ReaderReport.objects.exists()


def test_a_form_of_yesterday_is_shown_again(client: Client, path: str) -> None:
    response = send(client, path, ago=25 * 60 * 60, **SAID)
    assert response.status_code == 422
    assert "open too long" in words(response.content.decode())


def test_sent_twice_it_is_one_report_with_one_receipt(client: Client, path: str) -> None:
    key = opened(client, path)
    answers = [send(client, path, key=key, **SAID, sender_email="a@example.org") for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ReaderReport.objects.count() == 1


def test_gone_back_to_and_changed_it_is_another_report(client: Client, path: str) -> None:
    key = opened(client, path)
    send(client, path, key=key, **SAID)
    changed = {**SAID, "text": "And the place."}
    again = send(client, path, key=key, **changed)
    page = again.content.decode()
    assert again.status_code == 422
    assert "sent already" in words(page)
    assert typed(page, "text") == "And the place."
    assert ReaderReport.objects.count() == 1


def test_too_many_are_told_how_long_to_wait_and_lose_no_word(
    client: Client, path: str, settings: Any
) -> None:
    settings.FACTCHECK_REPORT_RATE = "2/day"
    for _ in range(2):
        assert send(client, path, **SAID).status_code == 303
    response = send(client, path, **SAID)
    page = response.content.decode()
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 24 * 60 * 60
    assert "Please try again in" in words(page)
    assert typed(page, "text") == SAID["text"]
    assert ReaderReport.objects.count() == 2
    elsewhere = client.post(path, {**SAID, "key": opened(client, path)}, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 303


def test_what_is_larger_than_anything_sensible_is_refused_unread(
    client: Client, path: str, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(
        path, f"text={'x' * 2000}", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413
    assert "Go back in your browser" in words(response.content.decode())


def test_another_site_cannot_send_it(client: Client, path: str) -> None:
    key = opened(client, path)
    answer = client.post(path, {**SAID, "key": key}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not ReaderReport.objects.exists()


def test_it_works_where_django_checks_for_forgeries() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, "/report/", text="It rains.").status_code == 303


def test_an_unpublished_claim_is_answered_as_one_that_never_was(
    client: Client, claim: Claim
) -> None:
    key = opened(client, "/report/")
    answers = [
        client.post(f"/claims/{public_id}/report/", {**SAID, "key": key})
        for public_id in (claim.public_id, "0000000000")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert html(client, f"/claims/{claim.public_id}/report/", 404)


def test_a_merged_claim_hands_over_to_the_one_that_remains(
    client: Client, published: Claim, editor: User
) -> None:
    ended = factories.ClaimFactory.create()
    factories.give_verdict(ended)
    key = opened(client, f"/claims/{ended.public_id}/report/")
    workflow.merge_claims(ended, into=published, reason="The same.", by=editor)
    moved = client.get(f"/claims/{ended.public_id}/report/?kind=error")
    assert moved["Location"] == f"/claims/{published.public_id}/report/?kind=error"
    client.post(f"/claims/{ended.public_id}/report/", {**SAID, "key": key})
    assert ReaderReport.objects.get().claim == published


def test_a_report_on_what_was_merged_twice_is_about_what_remains(
    client: Client, published: Claim, editor: User
) -> None:
    first, second = factories.published_claim(), factories.published_claim()
    key = opened(client, f"/claims/{first.public_id}/report/")
    workflow.merge_claims(first, into=second, reason="The same.", by=editor)
    workflow.merge_claims(second, into=published, reason="The same.", by=editor)
    client.post(f"/claims/{first.public_id}/report/", {**SAID, "key": key})
    assert ReaderReport.objects.get().claim == published


def test_a_receipt_is_mailed_to_who_left_an_address(
    client: Client, published: Claim, settings: Any
) -> None:
    path = f"/de/claims/{published.public_id}/report/"
    response = send(client, path, **SAID, sender_email="a@example.org")
    assert response["Location"].startswith("/de/reports/")
    task = take_next("the test")
    assert task is not None
    carry_out(task)
    [sent] = mail.outbox
    assert sent.to == ["a@example.org"]
    assert settings.FACTCHECK_BASE_URL + response["Location"] in str(sent.body)
    assert SAID["text"] not in str(sent.body)


def test_no_cache_keeps_a_form(client: Client, path: str) -> None:
    response = client.get(path)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_a_form_costs_one_query_and_a_report_as_many_as_it_writes(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):  # the claim
        client.get(path)
    key = opened(client, path)
    # The claim; a transaction; was this form sent before; the report, in a transaction of its own.
    with django_assert_num_queries(7):
        send(client, path, key=key, **SAID)
