"""file_report: what people outside say is taken down, by itself or by somebody on the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claims import workflow
from claims.desk_vocabulary import ReportChannel, ReportKind, ReportState
from claims.models import Claim, User
from claims.workflow import ReportDraft
from tests.workflow.observing import refused


def by_itself(claim: Claim | None, **fields: Any) -> ReportDraft:
    """Return what somebody sends by the public page."""
    draft = ReportDraft(
        kind=ReportKind.ERROR, channel=ReportChannel.PAGE, claim=claim, text="This is wrong."
    )
    return replace(draft, **fields)


def test_a_report_needs_nobody_who_acts(published: Claim) -> None:
    report = workflow.file_report(
        by_itself(published, sender_email="reader@example.org", url="https://example.org/a"),
        by=None,
    )
    assert (report.state, report.claim, report.taken_down_by) == (
        ReportState.NEW,
        published,
        None,
    )
    assert (report.sender_email, report.url) == ("reader@example.org", "https://example.org/a")


def test_a_letter_says_who_took_it_down(claim: Claim, contributor: User) -> None:
    letter = by_itself(claim, channel=ReportChannel.MAIL)
    assert workflow.file_report(letter, by=contributor).taken_down_by == contributor


def test_to_the_outside_an_unpublished_claim_is_none(claim: Claim) -> None:
    with refused("Say which claim it is about.", field="claim"):
        workflow.file_report(by_itself(claim), by=None)


def test_only_a_claim_to_check_is_about_no_claim(contributor: User) -> None:
    with refused("Say which claim it is about.", field="claim"):
        workflow.file_report(by_itself(None), by=None)
    report = workflow.file_report(by_itself(None, kind=ReportKind.CLAIM), by=None)
    assert report.claim is None


@pytest.mark.parametrize("channel", ReportChannel)
def test_the_way_it_came_fits_whoever_took_it_down(
    published: Claim, contributor: User, channel: ReportChannel
) -> None:
    mail = channel in (ReportChannel.MAIL, ReportChannel.PHONE)
    draft = by_itself(published, channel=channel)
    with refused("Say by which way it came to you.", field="channel"):
        workflow.file_report(draft, by=None if mail else contributor)
    workflow.file_report(draft, by=contributor if mail else None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 20_001),
        ("text", "a\0b"),
        ("url", "javascript:alert(1)"),
        ("sender_email", "nobody"),
        ("sender_email", "a@b.example\nBcc: c@d.example"),
        ("sender_name", "x" * 201),
        ("kind", "rumour"),
        ("channel", "pigeon"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(published: Claim, field: str, value: str) -> None:
    with refused("", field=field):
        workflow.file_report(by_itself(published, **{field: value}), by=None)
