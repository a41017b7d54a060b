"""The private page of a report: what its sender sees, what it led to, and that nobody else finds it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from claims import workflow
from claims.desk_vocabulary import ReportChannel, ReportKind
from claims.models import Claim, ReaderReport, User
from claims.models.private_links import new_seed
from claims.tasks.mailing import tell_senders
from claims.tasks.readers import mail_receipt
from claims.workflow import ReportDraft
from tests import factories
from tests.public.pages import html, path_of, words
from tests.workflow.scene import UNCONFIRMED


def sent(claim: Claim | None, **fields: Any) -> ReaderReport:
    """Return a report that came by a form of ours."""
    draft = ReportDraft(
        kind=ReportKind.EVIDENCE if claim else ReportKind.CLAIM,
        channel=ReportChannel.PAGE,
        claim=claim,
        text="See the minutes of the council.",
        seed=new_seed(),
        **fields,
    )
    return workflow.file_report(draft, by=None)


def receipt(client: Client, report: ReaderReport) -> str:
    return words(html(client, f"/reports/{report.token}/"))


@pytest.fixture
def report(published: Claim) -> ReaderReport:
    return sent(published, sender_email="ann@example.org", sender_name="Ann Sender")


def test_it_says_that_a_report_waits_and_what_it_was(client: Client, report: ReaderReport) -> None:
    page = receipt(client, report)
    assert "It waits for somebody at the desk" in page
    assert "New evidence" in page
    assert "See the minutes of the council." in page
    assert "Ann Sender" not in page
    assert "ann@example.org" not in page


def test_it_is_kept_by_nothing_and_found_by_nobody(client: Client, report: ReaderReport) -> None:
    response = client.get(f"/reports/{report.token}/")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert html(client, f"/reports/{report.seed}/", 404)
    assert html(client, f"/reports/{report.token_digest}/", 404)


def test_only_a_digest_of_its_secret_is_kept(report: ReaderReport) -> None:
    assert report.token_digest == hashlib.sha256(report.token.encode()).hexdigest()
    assert len(report.token) == 43  # 256 bits
    assert report.token not in str(ReaderReport.objects.values_list().get())


def test_under_another_key_of_the_server_the_old_address_still_opens(
    client: Client, report: ReaderReport, settings: Any
) -> None:
    token = report.token
    settings.SECRET_KEY = "another key of the server, long enough to be taken for one"
    assert report.token == ""
    assert html(client, f"/reports/{token}/")


def test_a_declined_report_says_why(client: Client, report: ReaderReport, reviewer: User) -> None:
    workflow.decline_report(report, outcome="We have them already.", by=reviewer)
    page = receipt(client, report)
    assert "The desk does not follow it up." in page
    assert "We have them already." in page
    assert reviewer.public_name not in page


def test_an_accepted_report_leads_to_what_it_caused(
    client: Client,
    report: ReaderReport,
    published: Claim,
    reviewer: User,
    second_reviewer: User,
) -> None:
    factories.EvidenceFactory(claim=published, by=reviewer)  # before: not from this report
    workflow.accept_report(report, outcome="Thank you.", by=reviewer)
    assert "in progress" in receipt(client, report)
    factories.EvidenceFactory(claim=published, by=reviewer)
    review = report.review
    assert review is not None
    workflow.propose_verdict(review, UNCONFIRMED, by=reviewer)
    workflow.approve_verdict(review, by=second_reviewer)
    factories.EvidenceFactory(claim=published, by=reviewer)  # after: not from this report either
    page = html(client, f"/reports/{report.token}/")
    assert review.entry_number is not None
    shown = [number for number in range(1, 20) if f'#history-{number}"' in page]
    assert shown == [review.entry_number - 1, review.entry_number]
    assert "Verdict given (what the review led to)" in words(page)
    assert f'href="{path_of(published)}#history-{review.entry_number}"' in page
    assert f'id="history-{review.entry_number}"' in html(client, path_of(published))


def test_a_review_that_ended_without_a_verdict_says_so(
    client: Client, report: ReaderReport, published: Claim, reviewer: User
) -> None:
    workflow.accept_report(report, by=reviewer)
    assert report.review is not None
    workflow.close_review(report.review, reason="Nothing new.", by=reviewer)
    factories.EvidenceFactory(claim=published, by=reviewer)
    page = receipt(client, report)
    assert "ended without a verdict" in page
    assert "Nothing new." not in page
    assert "Evidence added" not in page


def test_a_claim_that_readers_cannot_see_is_not_named(
    client: Client, claim: Claim, reviewer: User
) -> None:
    report = sent(None)
    workflow.accept_report(report, claim=claim, by=reviewer)
    factories.EvidenceFactory(claim=claim, by=reviewer)
    page = html(client, f"/reports/{report.token}/")
    assert claim.public_id not in page
    assert claim.wording not in page
    assert "in progress" not in page


def test_nothing_is_changed_by_looking(client: Client, report: ReaderReport) -> None:
    assert client.post(f"/reports/{report.token}/").status_code == 405
    before = ReaderReport.objects.values().get()
    receipt(client, report)
    assert ReaderReport.objects.values().get() == before


def test_a_receipt_is_mailed_once(report: ReaderReport) -> None:
    mail_receipt.func(report.pk)
    mail_receipt.func(report.pk)
    assert len(mail.outbox) == 1


def test_the_mail_of_the_outcome_leads_to_the_private_page(
    report: ReaderReport, reviewer: User
) -> None:
    workflow.decline_report(report, outcome="We have them.", by=reviewer)
    tell_senders.func()
    assert f"/reports/{report.token}/" in str(mail.outbox[0].body)


def test_whoever_read_german_is_answered_at_german_pages(published: Claim, reviewer: User) -> None:
    report = sent(published, sender_email="a@example.org", language="de")
    workflow.decline_report(report, outcome="Danke.", by=reviewer)
    tell_senders.func()
    body = str(mail.outbox[0].body)
    assert f"/de/reports/{report.token}/" in body
    assert f"/de/claims/{published.public_id}/" in body


@pytest.mark.parametrize("pieces", [1, 20])
def test_it_costs_as_many_queries_whatever_it_led_to(
    client: Client,
    report: ReaderReport,
    reviewer: User,
    pieces: int,
    django_assert_num_queries: Any,
) -> None:
    workflow.accept_report(report, by=reviewer)
    for _ in range(pieces):
        factories.EvidenceFactory(claim=report.claim, by=reviewer)
    with django_assert_num_queries(2):  # the report with claim and review; the entries
        client.get(f"/reports/{report.token}/")
