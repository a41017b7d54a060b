"""Mail to the desk: notices soon after they were written, and a digest each morning to those who want one.

Mail leaves the register for good, so it says what happened and where, and repeats no words of a claim, a note or a
report: those may be unpublished, and an erasure could not follow them. A mail is sent, then noted as sent: whoever is
killed in between sends it twice rather than never.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from claims import addresses, languages
from claims.models import Notice, ReaderReport, Review, User
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic
from claims.vocabulary import ReviewState
from claims.workflow.notifying import note_digest_sent, note_mailed, tell_of_overdue_reviews
from claims.workflow.reports import note_told

logger = logging.getLogger(__name__)

AT_ONCE = 100
GIVEN_UP_AFTER = timedelta(days=3)


class MailFailed(Exception):
    """Some mail could not be sent; what was sent is noted, the rest is tried again."""


@periodic(every=timedelta(minutes=1))
@background(retries=0, limit=timedelta(minutes=5))
def send_notices() -> None:
    """Mail the notices that people want by mail."""
    waiting = Notice.objects.to_mail(since=timezone.now() - GIVEN_UP_AFTER)[:AT_ONCE]
    unsent = [notice.pk for notice in waiting if not _sent(notice)]
    if unsent:
        raise MailFailed(f"{len(unsent)} notices could not be mailed; they are tried again.")


def _sent(notice: Notice) -> bool:
    person = notice.person
    if person.email and person.is_active:
        kind, pk = ("claim", notice.claim_id) if notice.claim_id else ("webhook", notice.webhook_id)
        path = reverse(f"admin:claims_{kind}_change", args=[pk])
        context = {"notice": notice, "url": settings.FACTCHECK_BASE_URL + path}
        subject = str(notice.get_kind_display())
        if not mail(person.email, subject, "mail/notice.txt", context):
            return False
    note_mailed(notice)
    return True


@periodic(every=timedelta(minutes=5))
@background(retries=0, limit=timedelta(minutes=5))
def tell_senders() -> None:
    """Mail those who reported something what became of it: the kind of the report, and the outcome meant for them."""
    decided = ReaderReport.objects.to_tell(since=timezone.now() - GIVEN_UP_AFTER)[:AT_ONCE]
    unsent = [report.pk for report in decided if not _told(report)]
    if unsent:
        raise MailFailed(f"{len(unsent)} outcomes could not be mailed; they are tried again.")


def _told(report: ReaderReport) -> bool:
    shown = report.claim if report.claim and report.claim.is_published else None
    path = addresses.claim_page(shown.public_id, shown.wording) if shown else ""
    base, language = settings.FACTCHECK_BASE_URL, report.language or settings.LANGUAGE_CODE
    receipt = addresses.report_receipt(report.token) if report.token else ""
    context = {
        "report": report,
        "url": base + languages.local(path, language) if path else "",
        "receipt": base + languages.local(receipt, language) if receipt else "",
    }
    title = gettext_lazy("Your report")
    sent = mail(report.sender_email, title, "mail/outcome.txt", context, language=language)
    if sent:
        note_told(report)
    return sent


@periodic(every=timedelta(hours=1))
@background(limit=timedelta(minutes=5))
def tell_overdue() -> None:
    """Tell assignees of reviews that are overdue."""
    tell_of_overdue_reviews(timezone.localdate())


@periodic(every=timedelta(minutes=30))
@background(retries=0, limit=timedelta(minutes=15))
def send_digests() -> None:
    """Mail each morning what waits for those who want to know."""
    now = timezone.localtime()
    if now.hour < settings.FACTCHECK_DIGEST_HOUR:
        return
    for person in User.objects.wanting_digest(now.date()):
        lines = list(_waiting_for(person, now.date()))
        context = {"lines": lines, "url": settings.FACTCHECK_BASE_URL + reverse("admin:index")}
        if not lines or mail(person.email, _("What waits for you"), "mail/digest.txt", context):
            note_digest_sent(person, now.date())


def _waiting_for(person: User, day: date) -> Iterator[tuple[str, int]]:
    """Yield each queue with something in it, and how much."""
    reviews = Review.objects
    queues = {
        _("Awaiting your approval"): reviews.awaiting_approval_by(person)
        if person.has_perm("claims.approve_verdict")
        else reviews.none(),
        _("Returned to you"): reviews.proposed_by(person, ReviewState.RETURNED),
        _("Your reviews"): reviews.assigned_to(person),
        _("Of these overdue"): reviews.assigned_to(person).filter(due_on__lt=day),
        _("Unread notices"): Notice.objects.of(person).unread(),
    }
    for title, rows in queues.items():
        if number := rows.order_by().count():
            yield title, number


def mail(
    address: str,
    subject: StrOrPromise,
    template: str,
    context: Mapping[str, object],
    *,
    language: str = "",
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Send one mail, in the desk's language unless another is given; whether the mail server took it."""
    with translation.override(language or settings.LANGUAGE_CODE):
        text = render_to_string(template, context)
        title = f"[{settings.FACTCHECK_REGISTER_NAME}] {subject}"
    try:
        EmailMessage(title, text, None, [address], headers=dict(headers or {})).send()
    except (OSError, SMTPException):
        logger.exception("Mail “%s” could not be sent.", subject)
        return False
    return True
