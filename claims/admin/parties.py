"""Claimants and publishers on the desk: lists to find them by, and where they are used."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin.conflicts import DeclareOnClaimant
from claims.admin.ledger import ReadingAdmin
from claims.admin.naming import ClaimantNames, PublisherNames
from claims.models import Claimant, Publisher


def searched(model: str, words: str) -> str:
    """Return the address of a list, searched for `words`."""
    return f"{reverse(f'admin:claims_{model}_changelist')}?{urlencode({'q': words})}"


class ClaimantAdmin(ReadingAdmin[Claimant]):
    """Who makes claims. New ones are recorded while a claim is."""

    list_display = ("name_and_claims", "kind", "role", "claim_count")
    list_display_links = None
    list_filter = ("kind",)
    open_lookups = frozenset({"kind__exact"})
    search_fields = ("name", "role")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        return Claimant.objects.annotate(claim_count=Count("claims"))

    @admin.display(description=_("Claimant"), ordering="name")
    def name_and_claims(self, claimant: Claimant) -> SafeString:
        """Lead to the claims."""
        return format_html('<a href="{}">{}</a>', searched("claim", claimant.name), claimant.name)

    @admin.display(description=_("Claims"), ordering="claim_count")
    def claim_count(self, claimant: Any) -> int:
        """How many claims are attributed to them."""
        count: int = claimant.claim_count
        return count

    def get_urls(self) -> list[URLPattern]:
        page: Any = DeclareOnClaimant(self.admin_site)  # type: ignore[arg-type]
        asked = ClaimantNames().url(self.admin_site)
        return [page.urls("claims_claimant"), asked, *super().get_urls()]

    def show(self, request: HttpRequest, claimant: Claimant) -> HttpResponse:
        """Lead to the claims."""
        return redirect(searched("claim", claimant.name))


class PublisherAdmin(ReadingAdmin[Publisher]):
    """Who publishes articles and sources."""

    list_display = ("name_and_evidence", "domain", "kind")
    list_display_links = None
    list_filter = ("kind",)
    open_lookups = frozenset({"kind__exact"})
    search_fields = ("name", "domain")

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
