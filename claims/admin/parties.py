"""Claimants and publishers on the desk: lists to find them by, a claimant's page, and where publishers are used."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.claimant_acts import CLAIMANT_PAGES
from claims.admin.claimant_page import ClaimantPage
from claims.admin.conflicts import DeclareOnClaimant
from claims.admin.ledger import ReadingAdmin
from claims.admin.naming import ClaimantNames, PublisherNames, words_of
from claims.admin.site import person_of
from claims.models import Claimant, Publisher


def searched(model: str, words: str) -> str:
    """Return the address of a list, searched for `words`."""
    return f"{reverse(f'admin:claims_{model}_changelist')}?{urlencode({'q': words})}"


class ClaimantAdmin(ReadingAdmin[Claimant]):
    """Who makes claims, found by all their names. New ones are recorded while a claim is."""

    list_display = ("name_and_claims", "kind", "role", "claim_count")
    list_display_links = None
    list_filter = ("kind",)
    open_lookups = frozenset({"kind__exact"})
    search_fields = ("name", "role")
    search_help_text = _("Any name, role or affiliation")
    sortable_by = ("name_and_claims",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant, Claimant]:
        return Claimant.objects.with_claim_count()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claimant, Claimant], search_term: str
    ) -> tuple[QuerySet[Claimant, Claimant], bool]:
        """Search other names and affiliations, too."""
        words = words_of(search_term)
        found: Any = queryset
        return (found.described_by(words) if words else queryset), False

    @admin.display(description=_("Claimant"), ordering="name")
    def name_and_claims(self, claimant: Claimant) -> SafeString:
        """Lead to the claimant's page; say whether they were merged into another."""
        url = reverse("admin:claims_claimant_change", args=[claimant.pk])
        link = format_html('<a href="{}">{}</a>', url, claimant.name)
        merged = claimant.merged_into_id is not None
        return (
            format_html('{} <span class="chip">{}</span>', link, gettext("Merged"))
            if merged
            else link
        )

    @admin.display(description=_("Claims"))
    def claim_count(self, claimant: Any) -> int:
        """How many claims are attributed to them."""
        count: int = claimant.claim_count
        return count

    def get_urls(self) -> list[URLPattern]:
        site: Any = self.admin_site
        kinds: tuple[Any, ...] = (*CLAIMANT_PAGES, DeclareOnClaimant)
        pages = [page(site).urls("claims_claimant") for page in kinds]
        return [*pages, ClaimantNames().url(site), *super().get_urls()]

    def show(self, request: HttpRequest, claimant: Claimant) -> HttpResponse:
        """Show who they are: all names, affiliations, claims and mergers."""
        context = {
            **self.admin_site.each_context(request),
            "title": str(claimant),
            "party": claimant,
            "page": ClaimantPage(claimant, person_of(request)),
        }
        return TemplateResponse(request, "admin/claims/claimant.html", context)


class PublisherAdmin(ReadingAdmin[Publisher]):
    """Who publishes articles and sources."""

    list_display = ("name_and_evidence", "domain", "kind")
    list_display_links = None
    list_filter = ("kind",)
    open_lookups = frozenset({"kind__exact"})
    search_fields = ("name", "domain")
    sortable_by = ("name_and_evidence", "domain")

    def get_urls(self) -> list[URLPattern]:
        return [PublisherNames().url(self.admin_site), *super().get_urls()]

    @admin.display(description=_("Publisher"), ordering="name")
    def name_and_evidence(self, publisher: Publisher) -> SafeString:
        """Lead to the evidence."""
        url = searched("evidence", publisher.name)
        return format_html('<a href="{}">{}</a>', url, publisher.name)

    def show(self, request: HttpRequest, publisher: Publisher) -> HttpResponse:
        """Lead to the evidence."""
        return redirect(searched("evidence", publisher.name))
