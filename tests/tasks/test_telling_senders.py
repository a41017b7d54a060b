"""What became of a report is mailed once to whoever sent it, with the answer meant for them and nothing else."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from claims import workflow
from claims.models import Claim, ReaderReport, User
from claims.tasks.mailing import GIVEN_UP_AFTER, MailFailed, tell_senders
from tests.workflow.test_file_report import by_itself


@pytest.fixture
def report(published: Claim) -> ReaderReport:
    """A report by somebody who can be answered."""
    return workflow.file_report(by_itself(published, sender_email="reader@example.org"), by=None)


def test_nobody_is_told_before_somebody_decided(report: ReaderReport) -> None:
    tell_senders.func()
    assert mail.outbox == []


def test_the_answer_is_mailed_once(report: ReaderReport, reviewer: User) -> None:
    workflow.decline_report(report, outcome="The date is right: see page 4.", by=reviewer)
    tell_senders.func()
    tell_senders.func()
    [sent] = mail.outbox
    assert sent.to == ["reader@example.org"]
    assert sent.subject == "[factcheck] Your report"
    text = str(sent.body)
    assert "We do not follow it up." in text
    assert "The date is right: see page 4." in text
    assert report.claim is not None
    assert f"/claims/{report.claim.public_id}/" in text
    report.refresh_from_db()
    assert report.told_at is not None


def test_the_mail_names_no_reviewer_and_repeats_no_report(
    report: ReaderReport, reviewer: User
) -> None:
    workflow.accept_report(report, outcome="Thank you.", by=reviewer)
    tell_senders.func()
    text = str(mail.outbox[0].body)
    assert "We took it up." in text
    for internal in (reviewer.public_name, reviewer.username, report.text):
        assert internal not in text


def test_a_claim_that_is_not_public_is_not_named(
    claim: Claim, contributor: User, reviewer: User
) -> None:
    draft = by_itself(claim, channel="mail", sender_email="reader@example.org")
    report = workflow.file_report(draft, by=contributor)
    workflow.accept_report(report, by=reviewer)
    tell_senders.func()
    assert claim.public_id not in str(mail.outbox[0].body)


def test_who_left_no_address_is_not_mailed(published: Claim, reviewer: User) -> None:
    report = workflow.file_report(by_itself(published), by=None)
    workflow.accept_report(report, by=reviewer)
    tell_senders.func()
    assert mail.outbox == []


def test_a_dead_mail_server_loses_nothing(
    report: ReaderReport, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    workflow.accept_report(report, by=reviewer)

    def dead(*args: object, **kwargs: object) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.message.EmailMessage.send", dead)
        with pytest.raises(MailFailed):
            tell_senders.func()
    tell_senders.func()
    assert len(mail.outbox) == 1


def test_what_is_long_past_is_not_mailed_any_more(report: ReaderReport, reviewer: User) -> None:
    workflow.accept_report(report, by=reviewer)
    long_ago = timezone.now() - GIVEN_UP_AFTER * 2
    ReaderReport.objects.update(decided_at=long_ago)
    tell_senders.func()
    assert mail.outbox == []
