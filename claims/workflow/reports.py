"""Verbs on reports from outside: file_report, accept_report, decline_report. Internal, but for the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import ReportChannel, ReportKind, ReportState
from claims.models import Claim, ReaderReport, Review, User
from claims.models.private_links import secret_of, token_digest
from claims.models.report import PURPOSE
from claims.vocabulary import CHECKABLE_KINDS, ReviewReason, Verb
from claims.workflow.drafts import ReportDraft
from claims.workflow.inputs import LONG, clean_choice, clean_email, clean_text, clean_url
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.reviews import open_review

BY_ITSELF = (ReportChannel.PAGE, ReportChannel.API)


class SentAlready(RuleBroken):
    """The form that brought a report has brought another one before."""


def file_report(draft: ReportDraft, *, by: User | None) -> ReaderReport:
    """Take a report down. `by` is whoever typed a letter or a call in; None for what comes by itself.

    Raises RuleBroken naming the field at fault: no text, an address that is none, a report about a claim without one.
    To the outside, a claim that is not public is none. What comes by a form of ours has the form's key: sent twice it
    is one report, which its sender may look at by a private address; with other words, SentAlready is raised.
    """
    if by is not None:
        require(by, Verb.FILE_REPORT)
    kind = clean_choice("kind", draft.kind, ReportKind)
    channel = clean_choice("channel", draft.channel, ReportChannel)
    if (channel in BY_ITSELF) != (by is None):
        raise RuleBroken(_("Say by which way it came to you."), field="channel")
    said = {
        "kind": kind,
        "claim": _clean_claim(draft, by),
        "text": clean_text("text", draft.text, limit=LONG, required=True),
        "url": clean_url("url", draft.url),
        "sender_name": clean_text("sender_name", draft.sender_name, limit=200),
        "sender_email": clean_email("sender_email", draft.sender_email),
    }
    if not draft.seed:
        return ReaderReport.objects.create(channel=channel, taken_down_by=by, **said)
    return _once(draft, {**said, "channel": channel})


def _once(draft: ReportDraft, said: dict[str, Any]) -> ReaderReport:
    """Take down what a form of ours brought, unless that form brought the same before."""
    digest = token_digest(secret_of(draft.seed, purpose=PURPOSE))
    kept = said | {"token_digest": digest, "language": draft.language}
    report, is_new = ReaderReport.objects.get_or_create(seed=draft.seed, defaults=kept)
    if not is_new and any(getattr(report, name) != value for name, value in said.items()):
        raise SentAlready(
            _("This form was sent already, with other words. Send it once more to report this too.")
        )
    return report


def accept_report(
    report: ReaderReport, *, by: User, outcome: str = "", claim: Claim | None = None
) -> ReaderReport:
    """Accept a report: a review of its claim is opened, or the one in progress joined; `outcome` is told to the sender.

    `claim` says which claim a report without one led to. No review is opened on what is not checkable. Raises
    RuleBroken when somebody decided already, or when no claim is known for what must be about one.
    """
    with _deciding(report, Verb.ACCEPT_REPORT, by=by) as held:
        about = held.claim or claim
        about = about.survivor if about else None
        if about is None and held.kind != ReportKind.CLAIM:
            raise RuleBroken(_("Say which claim it is about."), field="claim")
        held.claim, held.state = about, ReportState.ACCEPTED
        held.outcome = clean_text("outcome", outcome)
        held.review = _review_of(about, by) if about else None
        _settle(held, report, by)
    return report


def decline_report(report: ReaderReport, *, outcome: str, by: User) -> ReaderReport:
    """Decline a report; `outcome` says why, and is told to the sender.

    Raises RuleBroken when it is empty, or somebody decided already.
    """
    with _deciding(report, Verb.DECLINE_REPORT, by=by) as held:
        held.outcome = clean_text("outcome", outcome, required=True)
        held.state = ReportState.DECLINED
        _settle(held, report, by)
    return report


def note_receipt(report: ReaderReport) -> None:
    """Note that the sender was mailed where to look up what becomes of a report."""
    report.receipt_at = timezone.now()
    report.save(update_fields=["receipt_at"])


def note_told(report: ReaderReport) -> None:
    """Note that the sender was told what became of a report."""
    report.told_at = timezone.now()
    report.save(update_fields=["told_at"])


@contextmanager
def _deciding(report: ReaderReport, verb: Verb, *, by: User) -> Iterator[ReaderReport]:
    """Yield the report fresh and locked. Raises PermissionDenied, or RuleBroken when it was decided on already."""
    require(by, verb)
    with transaction.atomic():
        rows = ReaderReport.objects.select_for_update(of=("self",))
        held = rows.select_related("claim", "decided_by").get(pk=report.pk)
        if held.decided_by is not None:
            words = {"state": held.get_state_display(), "name": held.decided_by.public_name}
            raise RuleBroken(_("This was decided already: %(state)s, by %(name)s.") % words)
        yield held


def _settle(held: ReaderReport, report: ReaderReport, by: User) -> None:
    """Write a decision down, and leave the caller's instance as it stands."""
    held.decided_by, held.decided_at = by, timezone.now()
    names = ("claim", "state", "outcome", "review", "decided_by", "decided_at")
    held.save(update_fields=names)
    for name in names:
        setattr(report, name, getattr(held, name))


def _review_of(claim: Claim, by: User) -> Review | None:
    if claim.kind not in CHECKABLE_KINDS:
        return None
    at_work = claim.reviews.active().first()
    return at_work or open_review(claim, reason=ReviewReason.READER_REPORT, by=by)


def _clean_claim(draft: ReportDraft, by: User | None) -> Claim | None:
    claim = draft.claim
    hidden = claim is not None and by is None and not claim.is_published
    if hidden or (claim is None and draft.kind != ReportKind.CLAIM):
        raise RuleBroken(_("Say which claim it is about."), field="claim")
    return claim
