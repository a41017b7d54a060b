"""Sending reports of readers: an error, evidence, a claimant's reply, a claim to check."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import languages, workflow
from claims.api.described_writes import written
from claims.api.reasons import Reason
from claims.api.shapes.writing import NewReportSerializer
from claims.api.writing.doors import Writing
from claims.api.writing.members import Members
from claims.desk_vocabulary import ReportChannel, ReportKind, Scope
from claims.models import Claim, User
from claims.models.private_links import new_seed
from claims.tasks import enqueue
from claims.tasks.readers import mail_receipt
from claims.workflow import ReportDraft
from claims.workflow.api_writes import Written

REPORT = ("kind", "claim", "text", "url", "sender_name", "sender_email")


class Reports(Writing):
    """The way to tell the desk something."""

    http_method_names = ["post", "options"]
    scope = Scope.FILE_REPORT

    @written("fileReport", "Send a report of a reader", NewReportSerializer)
    def post(self, request: Request) -> HttpResponseBase:
        """Hand to the desk what somebody outside has to say. Only the desk reads it.

        `receipt_url` is the private page at which whoever knows the address sees what becomes of the report; with
        `sender_email`, it is mailed to them, and later the outcome.
        """
        return self.post_once(request)

    def act(self, given: dict[str, Any], by: User, **ids: str) -> Written:
        """Call file_report, as for what comes by the public page: nobody on the desk has typed it."""
        members = Members(given, REPORT)
        members.need("kind", "text")
        public_id = members.public_id("claim")
        claims = Claim.objects.published().known_as(public_id).with_survivor()
        claim = claims.first() if public_id else None
        if public_id and claim is None:
            members.refuse("claim", "is no claim that readers know", Reason.UNKNOWN)
        draft = ReportDraft(
            kind=members.word("kind", ReportKind, ReportKind.ERROR),
            channel=ReportChannel.API,
            claim=claim.survivor if claim else None,
            text=members.text("text"),
            url=members.text("url"),
            sender_name=members.text("sender_name"),
            sender_email=members.text("sender_email"),
            seed=new_seed(),
            language=languages.spoken(),
        )
        members.check()
        report = workflow.file_report(draft, by=None)
        if report.sender_email:
            enqueue(mail_receipt, report.pk)
        return Written(report=report)
