"""The pages on which a report from outside is taken down, accepted and declined."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.claim_field import ClaimField
from claims.admin.forms import line, text_area
from claims.admin.pages import VerbPage
from claims.desk_vocabulary import ReportChannel, ReportKind
from claims.models import Claim, ReaderReport, User
from claims.vocabulary import ClaimKind, Verb
from claims.workflow import ClaimDraft, ReportDraft
from claims.workflow.reports import BY_ITSELF

TOLD = _("The sender is told this, word for word.")
CLAIM_HELP = _("Its id, or the address of its page here or in public.")


class ReportForm(forms.Form):
    """What somebody wrote or said, and how they can be answered."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ReportKind.choices)
    channel = forms.ChoiceField(
        label=_("It came by"),
        choices=[one for one in ReportChannel.choices if one[0] not in BY_ITSELF],
    )
    claim = ClaimField(label=_("The claim it is about"), required=False, help_text=CLAIM_HELP)
    text = text_area(_("What it says"), rows=6, required=True)
    url = line(_("Web address"), _("Of a source, if one was named."))
    sender_name = line(_("Name of the sender"))
    sender_email = line(_("E-mail of the sender"), _("What becomes of the report is mailed there."))


class FileReport(VerbPage[ReaderReport]):
    verb = Verb.FILE_REPORT
    slug, title, button = "new", _("Take down a report"), _("Take it down")
    route = ""
    done = _("Report taken down.")
    intro = _("For what came by mail or telephone. Nothing of it becomes public.")
    form_class = ReportForm

    def subject(self, **ids: int) -> ReaderReport:
        return ReaderReport()

    def claim_of(self, subject: ReaderReport) -> None:
        return None

    def back(self, subject: ReaderReport) -> str:
        return reverse("admin:claims_readerreport_changelist")

    def after(self, subject: ReaderReport, result: ReaderReport) -> str:
        return reverse("admin:claims_readerreport_change", args=[result.pk])

    def logged(self, subject: ReaderReport, result: ReaderReport) -> Model:
        return result

    def form(self, subject: ReaderReport, request: HttpRequest, **data: Any) -> forms.Form:
        return ReportForm(initial={"claim": request.GET.get("claim", "")}, **data)

    def perform(self, subject: ReaderReport, data: dict[str, Any], by: User) -> ReaderReport:
        data |= {"kind": ReportKind(data["kind"]), "channel": ReportChannel(data["channel"])}
        return workflow.file_report(ReportDraft(**data), by=by)


class Decision(VerbPage[ReaderReport]):
    """A page that decides on a report."""

    template = "admin/claims/decide_report.html"
    guarded = False

    def subject(self, **ids: int) -> ReaderReport:
        return get_object_or_404(ReaderReport.objects.with_claim(), **ids)

    def claim_of(self, subject: ReaderReport) -> Claim | None:
        return subject.claim

    def logged(self, subject: ReaderReport, result: ReaderReport) -> Model:
        return subject

    def back(self, subject: ReaderReport) -> str:
        return reverse("admin:claims_readerreport_change", args=[subject.pk])

    def closed_because(self, subject: ReaderReport, by: User) -> Any:
        return _("This report was decided on already.") if subject.decided_by_id else ""


class AcceptForm(forms.Form):
    """What the sender is told; for a report without a claim, what it led to."""

    claim = ClaimField(label=_("A claim of the register"), required=False, help_text=CLAIM_HELP)
    wording = text_area(_("Or: record it as a claim"), _("In the register's own words."), rows=2)
    kind = forms.ChoiceField(label=_("Kind"), choices=ClaimKind.choices, required=False)
    outcome = text_area(_("Answer"), TOLD)

    def __init__(self, *, report: ReaderReport, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if report.claim_id is not None:
            del self.fields["claim"]
        if report.claim_id is not None or report.kind != ReportKind.CLAIM:
            del self.fields["wording"], self.fields["kind"]


class AcceptReport(Decision):
    verb = Verb.ACCEPT_REPORT
    slug, title, button = "accept", _("Accept the report"), _("Accept it")
    done = _("Report accepted.")
    intro = _("Accepting opens a review of the claim, or joins the one in progress.")
    form_class = AcceptForm

    def form(self, subject: ReaderReport, request: HttpRequest, **data: Any) -> forms.Form:
        return AcceptForm(report=subject, **data)

    def perform(self, subject: ReaderReport, data: dict[str, Any], by: User) -> ReaderReport:
        claim = data.get("claim")
        if claim is None and data.get("wording"):
            draft = ClaimDraft(wording=data["wording"], kind=ClaimKind(data["kind"] or "fact"))
            claim = workflow.record_claim(draft, by=by)
        return workflow.accept_report(subject, outcome=data["outcome"], claim=claim, by=by)

    def after(self, subject: ReaderReport, result: ReaderReport) -> str:
        if result.claim_id is None:
            return self.back(subject)
        return reverse("admin:claims_claim_change", args=[result.claim_id]) + "#review"


class DeclineForm(forms.Form):
    """Why a report is not followed up."""

    outcome = text_area(_("Answer"), TOLD, required=True)


class DeclineReport(Decision):
    verb = Verb.DECLINE_REPORT
    slug, title, button = "decline", _("Decline the report"), _("Decline it")
    done = _("Report declined.")
    form_class = DeclineForm

    def perform(self, subject: ReaderReport, data: dict[str, Any], by: User) -> ReaderReport:
        return workflow.decline_report(subject, outcome=data["outcome"], by=by)

    def after(self, subject: ReaderReport, result: ReaderReport) -> str:
        return reverse("admin:claims_readerreport_changelist")


REPORT_PAGES: tuple[type[VerbPage[ReaderReport]], ...] = (FileReport, AcceptReport, DeclineReport)
