"""Mail: what people chose, to their own address, without a word of a claim; a dead mail server loses nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, Review, User
from claims.tasks.mailing import MailFailed, send_digests, send_notices, tell_overdue
from claims.vocabulary import ReviewReason
from claims.workflow.notifying import notify

MORNING = "2031-03-03T07:00:00+00:00"


@pytest.fixture
def addressed(reviewer: User) -> User:
    """The reviewer, with an address."""
    reviewer.email = "rashid@example.org"
    reviewer.save(update_fields=["email"])
    return reviewer


def tell(person: User, claim: Claim, by: User | None = None) -> Notice:
    return notify([person], NoticeKind.ASSIGNED, claim=claim, by=by)[0]


def test_a_notice_is_mailed_once_with_its_address(
    addressed: User, editor: User, claim: Claim
) -> None:
    tell(addressed, claim, by=editor)
    send_notices.func()
    send_notices.func()
    [sent] = mail.outbox
    assert sent.to == ["rashid@example.org"]
    assert sent.subject == "[factcheck] A review was assigned to you"
    assert f"/admin/claims/claim/{claim.pk}/change/" in str(sent.body)
    assert editor.public_name in str(sent.body)


def test_no_word_of_a_claim_leaves_by_mail(addressed: User, claim: Claim) -> None:
    tell(addressed, claim)
    send_notices.func()
    assert claim.wording not in str(mail.outbox[0].body) + mail.outbox[0].subject


def test_who_has_no_address_or_chose_the_bell_is_not_mailed(
    reviewer: User, addressed: User, editor: User, claim: Claim
) -> None:
    only_bell = dict.fromkeys(NoticeKind, (True, False))
    workflow.choose_notices(only_bell, by=addressed, daily_digest=False)
    tell(addressed, claim)
    tell(editor, claim)
    send_notices.func()
    assert mail.outbox == []
    assert Notice.objects.get(person=editor).mailed_at is not None


def test_a_mail_server_that_is_away_loses_nothing(
    addressed: User, editor: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tell(addressed, claim)
    working = mail.get_connection

    def away(*args: Any, **kwargs: Any) -> Any:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.get_connection", away)
    with pytest.raises(MailFailed, match="1 notices"):
        send_notices.func()
    first.refresh_from_db()
    assert first.mailed_at is None
    monkeypatch.setattr("django.core.mail.get_connection", working)
    send_notices.func()
    assert len(mail.outbox) == 1


def test_what_is_days_old_is_no_news(addressed: User, claim: Claim) -> None:
    tell(addressed, claim)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        send_notices.func()
    assert mail.outbox == []


@pytest.fixture
def late(claim: Claim, addressed: User, editor: User) -> Review:
    """A review of the reviewer's that was due yesterday."""
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    workflow.assign_review(review, to=addressed, by=editor)
    Notice.objects.update(mailed_at=timezone.now(), read_at=timezone.now())
    review.due_on = timezone.localdate() - timedelta(days=1)
    review.save(update_fields=["due_on"])
    return review


def test_an_overdue_review_is_told_once(late: Review, addressed: User) -> None:
    tell_overdue.func()
    tell_overdue.func()
    told = Notice.objects.get(kind=NoticeKind.OVERDUE)
    assert (told.person, told.review) == (addressed, late)


def test_a_review_that_ended_is_not_overdue(late: Review, editor: User) -> None:
    workflow.close_review(late, reason="r", by=editor)
    tell_overdue.func()
    assert not Notice.objects.filter(kind=NoticeKind.OVERDUE).exists()


def test_the_digest_comes_once_a_day_and_counts(late: Review, addressed: User) -> None:
    workflow.choose_notices({}, by=addressed, daily_digest=True)
    with time_machine.travel(MORNING, tick=False):
        send_digests.func()
        send_digests.func()
        [sent] = mail.outbox
        assert "Your reviews: 1" in str(sent.body)
        assert "Of these overdue: 1" in str(sent.body)
        assert User.objects.get(pk=addressed.pk).digest_sent_on == date(2031, 3, 3)


def test_the_digest_waits_for_the_morning(late: Review, addressed: User) -> None:
    workflow.choose_notices({}, by=addressed, daily_digest=True)
    with time_machine.travel("2031-03-03T05:59:00+00:00"):
        send_digests.func()
    assert mail.outbox == []


def test_nobody_is_mailed_that_nothing_waits(addressed: User) -> None:
    workflow.choose_notices({}, by=addressed, daily_digest=True)
    with time_machine.travel(MORNING):
        send_digests.func()
    assert mail.outbox == []


def test_somebody_who_did_not_ask_gets_no_digest(late: Review) -> None:
    with time_machine.travel(MORNING):
        send_digests.func()
    assert mail.outbox == []
