"""Reports from outside on the desk: the queue of those that wait for a decision, and the others. Internal."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import work_cells
from claims.admin.filtering import ChoiceFilter, FormFilteredAdmin
from claims.admin.ledger import link_to_claim
from claims.admin.queues import tabs
from claims.admin.report_pages import REPORT_PAGES, AcceptReport, DeclineReport, FileReport
from claims.admin.site import person_of
from claims.admin.steps import Step, may
from claims.desk_vocabulary import FilteredList, ReportChannel, ReportKind, ReportState
from claims.models import ReaderReport
from claims.vocabulary import Verb

BEGINNING = 140


class StateFilter(ChoiceFilter):
    """Whether a report was decided on; without a choice, those that wait."""

    title, parameter_name = gettext_lazy("state"), "state"
    choices_ = [one for one in ReportState.choices if one[0] != ReportState.NEW]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        chosen = self.value()
        return self.narrowed(queryset, chosen) if chosen else queryset.waiting().order_by()


class KindFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("kind"), "kind"
    choices_ = ReportKind.choices


class ChannelFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("channel"), "channel"
    choices_ = ReportChannel.choices


class ReaderReportAdmin(FormFilteredAdmin[ReaderReport]):
    """What people outside told the register."""

    list_display = ("report", "of_kind", "about", "came_by", "stands", "age")
    list_display_links = None
    kept_as = FilteredList.REPORTS
    list_filter = (StateFilter, KindFilter, ChannelFilter)
    open_lookups = frozenset({"state", "kind", "channel"})
    search_fields = ("text", "public_id")
    search_help_text = gettext_lazy("Words of the report, or its id")
    ordering = ("received_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReaderReport, ReaderReport]:
        return ReaderReport.objects.with_claim()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person = person_of(request)
        shown: dict[str, Any] = {"tabs": tabs(person, "reports")}
        if person.has_perm(f"claims.{Verb.FILE_REPORT}"):
            shown |= {
                "new_url": reverse("admin:claims_readerreport_new"),
                "new_label": FileReport.title,
            }
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("Report"))
    def report(self, report: ReaderReport) -> SafeString:
        """Show how it begins, and lead to the whole."""
        url = reverse("admin:claims_readerreport_change", args=[report.pk])
        return format_html('<a href="{}">{}</a>', url, Truncator(report.text).chars(BEGINNING))

    @admin.display(description=gettext_lazy("Kind"), ordering="kind")
    def of_kind(self, report: ReaderReport) -> SafeString:
        """Say what it is."""
        return work_cells.named(_("Kind"), report.get_kind_display())

    @admin.display(description=gettext_lazy("Claim"))
    def about(self, report: ReaderReport) -> SafeString:
        """Lead to the claim it is about."""
        claim = report.claim
        return work_cells.named(_("Claim"), link_to_claim(claim) if claim else "—")

    @admin.display(description=gettext_lazy("Came by"), ordering="channel")
    def came_by(self, report: ReaderReport) -> SafeString:
        """Say by which way it came."""
        return work_cells.named(_("Came by"), report.get_channel_display())

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def stands(self, report: ReaderReport) -> SafeString:
        """Say what became of it."""
        who = report.decided_by.public_name if report.decided_by else ""
        shown = format_html('{} <span class="quiet">{}</span>', report.get_state_display(), who)
        return work_cells.named(_("State"), shown)

    @admin.display(description=gettext_lazy("Age"), ordering="received_at")
    def age(self, report: ReaderReport) -> SafeString:
        """How long ago it came."""
        return work_cells.age(report.received_at)

    def get_urls(self) -> list[URLPattern]:
        pages = [page(self.admin_site) for page in REPORT_PAGES]  # type: ignore[arg-type]
        return [*(page.urls("claims_readerreport") for page in pages), *super().get_urls()]

    def show(self, request: HttpRequest, report: ReaderReport) -> HttpResponse:
        """Show one report whole, with what can be decided on it."""
        person = person_of(request)
        decisions = [
            Step(page.title, f"admin:claims_readerreport_{page.slug}", report.pk)
            for page in (AcceptReport, DeclineReport)
            if may(person, page.verb)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": str(report.get_kind_display()),
            "report": report,
            "decisions": [] if report.decided_by_id else decisions,
            "back": reverse("admin:claims_readerreport_changelist"),
        }
        return TemplateResponse(request, "admin/claims/report.html", context)
