"""decline_report: a report is not followed up, and its sender is told why."""

from __future__ import annotations

from claims import workflow
from claims.desk_vocabulary import ReportState
from claims.models import Claim, Review, User
from tests.workflow.observing import refused, stale_columns
from tests.workflow.test_file_report import by_itself


def test_a_report_is_declined_with_its_answer(published: Claim, reviewer: User) -> None:
    report = workflow.file_report(by_itself(published), by=None)
    workflow.decline_report(report, outcome="The date is right: see page 4.", by=reviewer)
    assert (report.state, report.decided_by) == (ReportState.DECLINED, reviewer)
    assert not Review.objects.active().exists()
    assert stale_columns(report) == []


def test_the_sender_is_owed_an_answer(published: Claim, reviewer: User) -> None:
    report = workflow.file_report(by_itself(published), by=None)
    with refused("This may not be empty.", field="outcome"):
        workflow.decline_report(report, outcome=" ", by=reviewer)
    assert stale_columns(report) == []


def test_a_report_is_decided_on_once(published: Claim, reviewer: User) -> None:
    report = workflow.file_report(by_itself(published), by=None)
    workflow.accept_report(report, by=reviewer)
    with refused("This was decided already: Accepted, by"):
        workflow.decline_report(report, outcome="No.", by=reviewer)
