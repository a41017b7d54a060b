"""Followers are mailed what was recorded: once for each act, in their language, each on their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from claims import workflow
from claims.models import BackgroundTask, Claim, Follower, User
from claims.tasks.following import (
    MOST_UNANSWERED,
    mail_change,
    mail_confirmation,
    prune_unconfirmed_followers,
    tell_followers,
)
from claims.tasks.periodic import jobs
from claims.vocabulary import Act, VerificationStatus
from claims.workflow.following import ask_to_follow, confirm_following, stop_following
from tests import factories
from tests.workflow.observing import last_entry

Work = Callable[[], list[BackgroundTask]]


def following(claim: Claim, email: str = "ann@example.org", language: str = "en-gb") -> Follower:
    """Return somebody who follows a claim and confirmed it."""
    follower = ask_to_follow(claim, email=email, language=language)
    confirm_following(follower)
    return follower


def test_the_mail_to_confirm_says_what_to_do_and_how_to_end_it(published: Claim) -> None:
    follower = ask_to_follow(published, email="ann@example.org", language="en-gb")
    mail_confirmation.func(follower.pk)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["ann@example.org"], "[factcheck] Following a claim")
    text = str(sent.body)
    assert f"/following/{follower.token}/" in text
    assert f"/claims/{published.public_id}/" in text
    assert "confirm it there" in text
    assert published.wording not in text


def test_it_goes_once_an_hour_however_often_asked(published: Claim) -> None:
    follower = ask_to_follow(published, email="ann@example.org", language="en-gb")
    mail_confirmation.func(follower.pk)
    mail_confirmation.func(follower.pk)
    assert len(mail.outbox) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1), tick=False):
        mail_confirmation.func(follower.pk)
    assert len(mail.outbox) == 2


def test_one_mailbox_is_not_asked_about_one_claim_after_the_other(db: None) -> None:
    def ask(email: str) -> Follower:
        claim = factories.published_claim()
        follower = ask_to_follow(claim, email=email, language="en-gb")
        mail_confirmation.func(follower.pk)
        return follower

    asked = [ask(email) for email in ["ann@example.org", "Ann@example.org"] * 4]
    assert len(mail.outbox) == MOST_UNANSWERED
    ask("ben@example.org")
    assert mail.outbox.pop().to == ["ben@example.org"]
    confirm_following(asked[0])
    mail_confirmation.func(asked[-1].pk)
    assert len(mail.outbox) == MOST_UNANSWERED + 1


def test_who_follows_already_is_told_so_at_their_mailbox(published: Claim) -> None:
    mail_confirmation.func(following(published).pk)
    assert "You follow it already" in str(mail.outbox[0].body)


def test_the_mail_of_an_act_says_what_in_our_words(
    published: Claim, editor: User, work: Work
) -> None:
    follower = following(published)
    evidence = factories.EvidenceFactory(claim=published, by=editor, title="S3CRET")
    assert mail.outbox == []
    assert [task.short_name for task in work()] == ["tell_followers", "mail_change"]
    [sent] = mail.outbox
    assert sent.subject == "[factcheck] A claim you follow: Evidence added"
    text = str(sent.body)
    number = evidence.entry.number
    assert f"http://127.0.0.1:8000/claims/{published.public_id}/#history-{number}" in text
    for internal in ("S3CRET", published.wording, editor.username, "ann@example.org"):
        assert internal not in text
    stop = f"http://127.0.0.1:8000/following/{follower.token}/"
    assert stop in text
    assert sent.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in sent.message().as_string()


def test_a_verdict_is_told_with_its_status(published: Claim, editor: User, work: Work) -> None:
    following(published)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    work()
    verdicts = [str(sent.body) for sent in mail.outbox if "Verdict given" in sent.subject]
    assert len(verdicts) == 1
    assert "Status: " in verdicts[0]


def test_what_is_told_and_what_is_not(published: Claim, editor: User, work: Work) -> None:
    following(published)
    evidence = factories.EvidenceFactory(claim=published, by=editor)
    workflow.withdraw_evidence(evidence, reason="Forged.", by=editor)
    workflow.reword_claim(published, wording="Said again.", reason="Clearer.", by=editor)
    workflow.merge_claims(factories.published_claim(), into=published, reason="Same.", by=editor)
    work()
    told = [sent.subject.partition(": ")[2] for sent in mail.outbox]
    assert told == ["Evidence added", "Evidence withdrawn", "Claim reworded"]
    assert last_entry(published).act == Act.CLAIM_ABSORBED


def test_each_is_written_to_in_their_language(published: Claim, editor: User, work: Work) -> None:
    following(published)
    following(published, "bea@example.org", "de")
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    told = {sent.to[0]: str(sent.body) for sent in mail.outbox}
    assert "/de/" not in told["ann@example.org"]
    assert "/de/claims/" in told["bea@example.org"]
    assert "/de/following/" in told["bea@example.org"]


def test_who_confirms_after_an_act_is_not_told_of_it(
    published: Claim, editor: User, work: Work
) -> None:
    following(published)
    factories.EvidenceFactory(claim=published, by=editor)
    following(published, "late@example.org")
    work()
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]


def test_who_stops_before_a_mail_goes_gets_none(published: Claim, editor: User, work: Work) -> None:
    follower = following(published)
    factories.EvidenceFactory(claim=published, by=editor)
    tell_followers.func(published.pk, last_entry(published).number)
    stop_following(follower)
    mail_change.func(follower.pk, last_entry(published).pk)
    work()
    assert mail.outbox == []


def test_where_nobody_follows_nothing_is_asked_for(published: Claim, editor: User) -> None:
    ask_to_follow(published, email="ann@example.org", language="en-gb")
    factories.EvidenceFactory(claim=published, by=editor)
    assert not BackgroundTask.objects.filter(task_path__contains="followers").exists()


def test_an_act_that_is_undone_is_told_nobody(published: Claim, editor: User) -> None:
    following(published)
    with transaction.atomic():
        factories.EvidenceFactory(claim=published, by=editor)
        assert BackgroundTask.objects.filter(task_path__contains="followers").exists()
        transaction.set_rollback(True)
    assert not BackgroundTask.objects.filter(task_path__contains="followers").exists()


def test_an_address_that_takes_none_is_tried_again_and_keeps_nobody_waiting(
    published: Claim, editor: User, work: Work
) -> None:
    for email in ("broken@example.org", "ann@example.org"):
        following(published, email)
    factories.EvidenceFactory(claim=published, by=editor)
    deliver = EmailBackend.send_messages

    def refuse_one(self: EmailBackend, messages: Any) -> int:
        if messages[0].to == ["broken@example.org"]:
            raise OSError("no such mailbox")
        return deliver(self, messages)

    with patch.object(EmailBackend, "send_messages", refuse_one):
        work()
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]
    waiting = BackgroundTask.objects.get(status="READY")
    assert waiting.short_name == "mail_change"
    assert waiting.run_after > timezone.now()


def test_under_another_key_of_the_server_each_mail_has_an_address_that_opens(
    published: Claim, editor: User, work: Work, settings: Any, client: Any
) -> None:
    follower = following(published)
    settings.SECRET_KEY = "another key of the server, long enough to be taken for one"
    assert follower.token == ""
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    follower.refresh_from_db()
    assert f"/following/{follower.token}/" in str(mail.outbox[0].body)
    assert client.get(f"/following/{follower.token}/").status_code == 200


def test_followers_of_a_duplicate_are_told_of_the_survivor(
    published: Claim, editor: User, work: Work
) -> None:
    survivor = factories.published_claim()
    following(published)
    workflow.merge_claims(published, into=survivor, reason="Same.", by=editor)
    factories.EvidenceFactory(claim=survivor, by=editor)
    work()
    [sent] = mail.outbox
    assert f"/claims/{survivor.public_id}/" in str(sent.body)


def test_a_job_forgets_who_does_not_confirm(published: Claim) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=8), tick=False):
        ask_to_follow(published, email="ann@example.org", language="en-gb")
    assert prune_unconfirmed_followers in [job.task for job in jobs()]
    prune_unconfirmed_followers.func()
    assert not Follower.objects.exists()
