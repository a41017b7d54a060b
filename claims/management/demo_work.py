"""Work that waits on the desk of a demo, so that whoever signs in finds something to do.

Readers see of it that some verdicts are looked at again, and nothing else: the stories are as the seeds tell them.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import Priority, ReportChannel, ReportKind
from claims.management.seeding import loaded_claim
from claims.models import Claim, ReaderReport, Review, User
from claims.vocabulary import Cause, ReviewReason, VerificationStatus
from claims.workflow import ReportDraft, VerdictDraft

DAYS_LEFT = 3
REPORT = (
    "Your page says that kitchen scales show the same as before. Mine shows three grams more than last year. "
    "Could you look at it again, and say how you know? (A report made up for this demo.)"
)
RATIONALE = (
    "Resolution 1 of 2018 fixes the constant and names 20 May 2019 as the day. A national metrology institute that is "
    "bound by it has published the same definition, and the bureau announced it on the day itself."
)
QUESTION = (
    "@{name} the wording is narrower now: officers and instructors, no longer troops. "
    "Does any of the evidence speak of officers?"
)


def leave_work(cast: dict[str, User]) -> None:
    """Leave work on the desk, once.

    A register whose reports somebody has seen to, or that was seeded without the stories, is left as it is.
    """
    if ReaderReport.objects.exists():
        return
    with transaction.atomic():
        _report_by_a_reader()
        _proposal_to_approve(cast)
        _review_nobody_took(cast)
        _question_to_a_colleague(cast)


def _report_by_a_reader() -> None:
    if claim := loaded_claim("kilogram-2019", "scales"):
        sent = ReportDraft(
            kind=ReportKind.ERROR, channel=ReportChannel.PAGE, text=REPORT, claim=claim
        )
        workflow.file_report(sent, by=None)


def _proposal_to_approve(cast: dict[str, User]) -> None:
    """Leave a verdict proposed again: whoever approves it is shown what changes."""
    reviewer, claim = cast["reviewer"], loaded_claim("kilogram-2019", "planck-definition")
    if claim is None or _is_under_way(claim):
        return
    review = workflow.open_review(claim, reason=ReviewReason.RECHECK_DUE, by=reviewer)
    workflow.assign_review(review, to=reviewer, by=cast["editor"])
    for item in review.method.items.all() if review.method else ():
        workflow.check_item(review, item, by=reviewer)
    draft = VerdictDraft(
        status=VerificationStatus.CONFIRMED,
        cause=Cause.RECONFIRMATION,
        rationale=RATIONALE,
        known="The text of the decision, its date, and the day on which it took effect.",
        evidence=tuple(claim.evidence.standing()),
    )
    workflow.propose_verdict(review, draft, by=reviewer)


def _review_nobody_took(cast: dict[str, User]) -> None:
    claim = loaded_claim("kilogram-2019", "planck-value")
    if claim is not None and not _is_under_way(claim):
        workflow.open_review(claim, reason=ReviewReason.RECHECK_DUE, by=cast["contributor"])


def _question_to_a_colleague(cast: dict[str, User]) -> None:
    editor, asked = cast["editor"], cast["second_reviewer"]
    review = Review.objects.active().filter(assignee=asked).first()
    if review is None:
        return
    due_on = timezone.localdate() + timedelta(days=DAYS_LEFT)
    workflow.prioritise_review(review, priority=Priority.HIGH, by=editor)
    workflow.schedule_review(review, due_on=due_on, by=editor)
    workflow.add_note(review, text=QUESTION.format(name=asked.username), by=editor)


def _is_under_way(claim: Claim) -> bool:
    return claim.reviews.active().exists()
