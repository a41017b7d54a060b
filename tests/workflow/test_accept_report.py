"""accept_report: a report leads to a review of its claim, or to a claim of the register."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.desk_vocabulary import ReportKind, ReportState
from claims.models import Claim, ReaderReport, Review, User
from claims.vocabulary import ClaimKind, ReviewReason, ReviewState
from tests import factories
from tests.workflow.observing import refused, stale_columns
from tests.workflow.test_file_report import by_itself


@pytest.fixture
def report(published: Claim) -> ReaderReport:
    """A reader's report of an error."""
    return workflow.file_report(by_itself(published), by=None)


@pytest.fixture
def wanted(db: None) -> ReaderReport:
    """A reader's wish to have something checked."""
    return workflow.file_report(by_itself(None, kind=ReportKind.CLAIM), by=None)


def test_a_review_is_opened_for_it(report: ReaderReport, reviewer: User) -> None:
    assert workflow.accept_report(report, outcome="Thank you.", by=reviewer) is report
    review = Review.objects.active().get()
    assert (review.reason, review.state) == (ReviewReason.READER_REPORT, ReviewState.OPEN)
    assert (report.state, report.review, report.outcome) == (
        ReportState.ACCEPTED,
        review,
        "Thank you.",
    )
    assert report.decided_by == reviewer
    assert stale_columns(report) == []


def test_the_review_in_progress_is_joined(report: ReaderReport, reviewer: User) -> None:
    assert report.claim is not None
    review = workflow.open_review(report.claim, reason=ReviewReason.NEW_EVIDENCE, by=reviewer)
    workflow.accept_report(report, by=reviewer)
    assert report.review == review


def test_a_report_about_a_duplicate_leads_to_the_claim_that_lives_on(
    report: ReaderReport, reviewer: User, editor: User
) -> None:
    assert report.claim is not None
    survivor = factories.published_claim()
    workflow.merge_claims(report.claim, into=survivor, reason="The same.", by=editor)
    workflow.accept_report(report, by=reviewer)
    assert report.claim == survivor
    assert report.review is not None
    assert report.review.claim == survivor


def test_a_claim_to_check_leads_to_a_claim_or_to_none(
    wanted: ReaderReport, claim: Claim, reviewer: User
) -> None:
    workflow.accept_report(wanted, claim=claim, by=reviewer)
    assert (wanted.claim, wanted.review) == (claim, Review.objects.get())
    other = workflow.file_report(by_itself(None, kind=ReportKind.CLAIM), by=None)
    workflow.accept_report(other, by=reviewer)
    assert (other.claim, other.review, other.state) == (None, None, ReportState.ACCEPTED)


def test_no_review_is_opened_on_what_is_not_checkable(wanted: ReaderReport, reviewer: User) -> None:
    opinion = factories.ClaimFactory(kind=ClaimKind.OPINION)
    workflow.accept_report(wanted, claim=opinion, by=reviewer)
    assert (wanted.claim, wanted.review) == (opinion, None)


def test_the_claim_a_reader_named_stays(report: ReaderReport, claim: Claim, reviewer: User) -> None:
    named = report.claim
    workflow.accept_report(report, claim=factories.ClaimFactory(), by=reviewer)
    assert report.claim == named


def test_a_report_is_decided_on_once(report: ReaderReport, reviewer: User, editor: User) -> None:
    workflow.decline_report(report, outcome="No.", by=editor)
    with refused(f"This was decided already: Declined, by {editor.public_name}."):
        workflow.accept_report(report, by=reviewer)
