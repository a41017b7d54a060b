"""Reports from outside on the desk: the queue, one report, taking one down, accepting and declining."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from claims import workflow
from claims.desk_vocabulary import ReportChannel, ReportKind, ReportState
from claims.models import Claim, ReaderReport, Review, User
from claims.workflow import ReportDraft
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, seen, submit, text_of

LIST = "/admin/claims/readerreport/"
SECRET = "The minister's cousin told me so."


def sent(claim: Claim | None, **fields: Any) -> ReaderReport:
    """File what a reader sends by the public page."""
    kind = ReportKind.ERROR if claim else ReportKind.CLAIM
    given = {"kind": kind, "channel": ReportChannel.PAGE, "text": SECRET, "claim": claim}
    return workflow.file_report(ReportDraft(**given | fields), by=None)


def page_of(report: ReaderReport, page: str = "change") -> str:
    return f"{LIST}{report.pk}/{page}/"


def test_the_queue_shows_what_waits_the_longest_waiting_first(
    sign_in: SignIn, reviewer: User, published: Claim
) -> None:
    first, second = sent(published), sent(None, text="Please check this.")
    decided = sent(published, text="Decided.")
    workflow.decline_report(decided, outcome="No.", by=reviewer)
    page = sign_in(reviewer).get(LIST)
    assert list(page.context["cl"].result_list) == [first, second]
    assert published.wording in text_of(page)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("state=declined", ["Declined."]),
        ("state=accepted", []),
        ("kind=claim", ["Check this."]),
        ("channel=page", ["Wrong.", "Check this."]),
        ("channel=phone", []),
        ("state=nonsense&kind=x", ["Wrong.", "Check this."]),
        ("q=Wrong", ["Wrong."]),
    ],
)
def test_the_queue_is_narrowed(
    sign_in: SignIn, reviewer: User, published: Claim, query: str, texts: list[str]
) -> None:
    sent(published, text="Wrong."), sent(None, text="Check this.")
    workflow.decline_report(sent(published, text="Declined."), outcome="No.", by=reviewer)
    found = sign_in(reviewer).get(f"{LIST}?{query}").context["cl"].result_list
    assert [report.text for report in found] == texts


def test_other_look_ups_are_refused(sign_in: SignIn, reviewer: User) -> None:
    for query in ("sender_email__startswith=a", "text__regex=x", "state=%00"):
        assert sign_in(reviewer).get(f"{LIST}?{query}").status_code == 400


def test_what_a_reader_writes_does_not_come_alive(
    sign_in: SignIn, reviewer: User, published: Claim
) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:"7" }}'
    report = sent(published, text=hostile, sender_name=hostile[:200])
    for url in (LIST, page_of(report), page_of(report, "accept"), page_of(report, "decline")):
        page = sign_in(reviewer).get(url)
        body = page.content.decode().split("</head>")[1]
        assert page.status_code == 200
        assert "<script>" not in body
        assert "<img" not in body


def test_a_letter_is_taken_down(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    page = submit(
        sign_in(contributor),
        f"{LIST}new/",
        kind="evidence",
        channel="mail",
        claim=claim.public_id,
        text="A list of the town.",
        sender_name="A reader",
    )
    report = ReaderReport.objects.get()
    assert said(page) == ["Report taken down."]
    assert page.redirect_chain == [(page_of(report), 302)]
    assert (report.claim, report.taken_down_by) == (claim, contributor)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("claim", "nonsense", "No claim of this id is known."),
        ("claim", "", "Say which claim it is about."),
        ("text", "", "This field is required."),
        ("url", "javascript:alert(1)", "not a web address"),
        ("sender_email", "nobody", "This is not an e-mail address."),
        ("channel", "page", "not one of the available choices"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said_at_its_field_and_nothing_is_lost(
    sign_in: SignIn, contributor: User, claim: Claim, field: str, value: str, told: str
) -> None:
    given = {"kind": "error", "channel": "phone", "claim": claim.public_id, "text": "Wrong."}
    page = submit(sign_in(contributor), f"{LIST}new/", **given | {field: value})
    assert told in page.context["form"].errors[field][0]
    assert field == "text" or page.context["form"]["text"].value() == "Wrong."


def test_a_report_is_accepted_and_leads_to_its_review(
    sign_in: SignIn, reviewer: User, published: Claim
) -> None:
    report = sent(published)
    page = submit(sign_in(reviewer), page_of(report, "accept"), outcome="Thank you.")
    assert said(page) == ["Report accepted."]
    assert page.redirect_chain == [(f"/admin/claims/claim/{published.pk}/change/#review", 302)]
    report.refresh_from_db()
    assert report.review == Review.objects.active().get()
    shown = " ".join(text_of(sign_in(reviewer).get(page_of(report))).split())
    assert f"Accepted by {reviewer.public_name}" in shown
    assert "Thank you. The sender left no e-mail address. Its review" in shown


def test_a_claim_to_check_is_recorded_in_the_registers_own_words(
    sign_in: SignIn, reviewer: User
) -> None:
    report = sent(None)
    words = {"wording": "The bridge is closed.", "kind": "fact", "outcome": ""}
    submit(sign_in(reviewer), page_of(report, "accept"), **words)
    report.refresh_from_db()
    assert report.claim is not None
    assert (report.claim.wording, report.review) == ("The bridge is closed.", Review.objects.get())


def test_a_claim_to_check_is_one_the_register_has(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    report = sent(None)
    submit(sign_in(reviewer), page_of(report, "accept"), claim=claim.public_id)
    report.refresh_from_db()
    assert report.claim == claim


def test_declining_needs_an_answer(sign_in: SignIn, reviewer: User, published: Claim) -> None:
    report = sent(published)
    page = submit(sign_in(reviewer), page_of(report, "decline"), outcome="")
    assert "outcome" in page.context["form"].errors
    submit(sign_in(reviewer), page_of(report, "decline"), outcome="The date is right.")
    report.refresh_from_db()
    assert report.state == ReportState.DECLINED


@pytest.mark.parametrize("page", ["accept", "decline"])
def test_what_was_decided_is_not_decided_again(
    sign_in: SignIn, reviewer: User, editor: User, published: Claim, page: str
) -> None:
    report = sent(published)
    client = sign_in(reviewer)
    token = seen(client, page_of(report, page))
    workflow.decline_report(report, outcome="No.", by=editor)
    late = client.post(page_of(report, page), {"seen": token, "outcome": "My answer."})
    assert "This was decided already: Declined, by" in text_of(late)
    assert late.context["form"]["outcome"].value() == "My answer."
    assert said(client.get(page_of(report, page), follow=True)) == [
        "This report was decided on already."
    ]


def test_a_contributor_reads_reports_and_decides_on_none(
    sign_in: SignIn, contributor: User, published: Claim
) -> None:
    report = sent(published)
    client = sign_in(contributor)
    page = client.get(page_of(report))
    assert SECRET in text_of(page)
    assert not [url for url in links_in(page) if url.endswith(("/accept/", "/decline/"))]
    for decision in ("accept", "decline"):
        assert client.post(page_of(report, decision), {"outcome": "x"}).status_code == 403


def test_nobody_without_the_right_to_look_reads_one(
    sign_in: SignIn, importer: User, published: Claim
) -> None:
    stranger = sign_in(factories.UserFactory(is_staff=True))
    report = sent(published)
    assert stranger.get(LIST).status_code == 403
    assert stranger.get(page_of(report)).status_code == 403


def test_nothing_of_a_report_is_public(client: Client, reviewer: User, published: Claim) -> None:
    report = sent(published, sender_email="reader@example.org")
    workflow.accept_report(report, outcome="An answer.", by=reviewer)
    for url in (
        "/",
        f"/claims/{published.public_id}/",
        f"/api/v1/claims/{published.public_id}/",
        f"/api/v1/claims/{published.public_id}/history/",
    ):
        shown = client.get(url, follow=True).content.decode()
        for internal in (SECRET, "reader@example.org", "An answer.", report.public_id):
            assert internal not in shown


@pytest.mark.parametrize("rows", [1, 20])
def test_the_queue_takes_sixteen_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        claim = factories.published_claim(claimant=factories.ClaimantFactory())
        claim.refresh_from_db()
        sent(claim)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; eight tabs that count, conflicts of interest;
    # count, page of rows; saved filters
    with django_assert_num_queries(16):
        client.get(LIST)


def test_one_report_takes_five_queries(
    sign_in: SignIn, editor: User, published: Claim, django_assert_num_queries
) -> None:
    report = sent(published)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; the report
    with django_assert_num_queries(5):
        client.get(page_of(report))
