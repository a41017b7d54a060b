"""Claims on the desk: the list, and each claim's page with everything the record holds about it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.admin import work_cells
from claims.admin.cells import moment, status_chip
from claims.admin.claim_acts import CLAIM_PAGES
from claims.admin.claim_page import ClaimPage
from claims.admin.claim_search import ClaimSearch
from claims.admin.conflicts import DeclareOnClaim
from claims.admin.contacts import CONTACT_PAGES
from claims.admin.ledger import ReadingAdmin, link_to_claim
from claims.admin.overriding import OverrideVerdict
from claims.admin.pages import VerbPage
from claims.admin.planning import may_plan
from claims.admin.redactions import AskForErasure
from claims.admin.relating import RELATION_PAGES, related_claims
from claims.admin.review_filters import ClaimantFilter, TopicFilter
from claims.admin.site import DeskSite, person_of
from claims.admin.sourcing import SOURCE_PAGES, ReadingPages
from claims.admin.steps import may
from claims.admin.taking_back import TAKING_BACK
from claims.admin.topics import FileClaim
from claims.models import Claim, ClaimTopic, Review, Topic
from claims.vocabulary import (
    ACTIVE_REVIEW_STATES,
    WITHDRAWN_LABEL,
    Act,
    ReviewState,
    Verb,
    VerificationStatus,
)
from claims.workflow.conflicts import conflict_with

PAGES: tuple[type[VerbPage[Any]], ...] = (
    *CLAIM_PAGES,
    *TAKING_BACK,
    *SOURCE_PAGES,
    DeclareOnClaim,
    FileClaim,
    OverrideVerdict,
    AskForErasure,
    *CONTACT_PAGES,
    *RELATION_PAGES,
)


class StatusFilter(admin.SimpleListFilter):
    """What the last verdict said."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        return [
            *VerificationStatus.choices,
            ("withdrawn", WITHDRAWN_LABEL),
            ("none", _("No verdict yet")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen in VerificationStatus.values:
            return queryset.filter(status=chosen)
        if chosen in ("none", "withdrawn"):
            return queryset.filter(status=None, published_at__isnull=chosen == "none")
        return queryset


class ReviewFilter(admin.SimpleListFilter):
    """Where work on the claim stands."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        states = [(state.value, state.label) for state in ACTIVE_REVIEW_STATES]
        return [*states, ("never", _("Never taken up"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == "never":
            unseen: QuerySet[Any] = queryset.never_taken_up()
            return unseen
        if chosen in [state.value for state in ACTIVE_REVIEW_STATES]:
            at_it = Review.objects.filter(state=chosen).values("claim")
            narrowed: QuerySet[Any] = queryset.filter(pk__in=at_it)
            return narrowed
        rows: QuerySet[Any] = queryset
        return rows


class ClaimAdmin(ClaimSearch[Claim], ReadingAdmin[Claim]):
    """Every claim, published or not."""

    list_display = ("claim", "claimant", "status_chip", "review_state", "last_act")
    list_display_links = None
    list_filter = (StatusFilter, ReviewFilter, "kind", TopicFilter, ClaimantFilter)
    open_lookups = frozenset({"status", "review", "kind__exact", "topic", "claimant"})
    search_help_text = _("Words of the wording or the claimant's name, or an id")
    ordering = ("-head_at", "-pk")
    sortable_by = ("last_act",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim, Claim]:
        filings = Prefetch("filings", ClaimTopic.objects.by_name())
        claims = Claim.objects.recorded().with_progress().select_related("recheck")
        return claims.prefetch_related(filings)

    @admin.display(description=_("Claim"))
    def claim(self, claim: Claim) -> SafeString:
        """Lead to the claim's page."""
        return format_html("{} {}", link_to_claim(claim), work_cells.topics(claim))

    @admin.display(description=_("Status"))
    def status_chip(self, claim: Claim) -> SafeString:
        """Show the status as readers see it."""
        ended = (
            _("Merged") if claim.merged_into_id else _("Discarded") if claim.discarded_at else ""
        )
        return status_chip(claim.status, published=claim.is_published, ended=ended)

    @admin.display(description=_("Review"))
    def review_state(self, claim: Any) -> str:
        """Say where the review in progress stands."""
        return str(ReviewState(claim.review_state).label) if claim.review_state else "—"

    @admin.display(description=_("Last act"), ordering="head_at")
    def last_act(self, claim: Any) -> SafeString | str:
        """Say what was done last, and when."""
        return moment(Act(claim.last_act).label, claim.head_at) if claim.last_act else "—"

    def get_urls(self) -> list[URLPattern]:
        site: DeskSite = self.admin_site  # type: ignore[assignment]
        pages = [page(site).urls("claims_claim") for page in PAGES]
        return [*pages, *ReadingPages(site).urls("claims_claim"), *super().get_urls()]

    def show(self, request: HttpRequest, claim: Claim) -> HttpResponse:
        """Show the claim: its wordings, evidence, verdicts, reviews and history, and what can be done."""
        page = ClaimPage(claim, person_of(request))
        context = {
            **self.admin_site.each_context(request),
            "title": str(claim),
            "opts": self.opts,
            "claim": claim,
            "page": page,
            "conflict": conflict_with(page.person, claim),
            "related": related_claims(claim, page.person, ended=page.has_ended),
            "topics": Topic.objects.of_claim(claim),
            "files": may(page.person, Verb.FILE_CLAIM) and not page.has_ended,
            "plans": bool(may_plan(page.person)),
        }
        return TemplateResponse(request, "admin/claims/claim.html", context)
