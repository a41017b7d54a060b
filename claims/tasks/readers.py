"""Mail to readers, each in the language of the page they were on. Nothing that a reader typed is repeated in it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims import addresses, languages
from claims.models import ReaderReport
from claims.tasks.declaring import background
from claims.tasks.mailing import MailFailed, mail
from claims.workflow.reports import note_receipt


@background()
def mail_receipt(report_id: int) -> None:
    """Mail somebody who reported something the private address at which they see what becomes of it."""
    report = ReaderReport.objects.get(pk=report_id)
    if report.receipt_at or not (report.sender_email and report.token):
        return
    context = {"url": address_of(addresses.report_receipt(report.token), report.language)}
    told = mail(
        report.sender_email,
        _("Your report"),
        "mail/receipt.txt",
        context,
        language=report.language,
    )
    if not told:
        raise MailFailed("A receipt could not be mailed; it is tried again.")
    note_receipt(report)


def address_of(path: str, language: str) -> str:
    """Return the whole address of a page in a reader's language."""
    return settings.FACTCHECK_BASE_URL + languages.local(path, language or languages.PUBLIC)
