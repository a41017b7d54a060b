"""Reviews on the desk: the list, and the pages that move a review on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString

from claims.admin.cells import status_chip, when
from claims.admin.ledger import ReadingAdmin, claim_url, link_to_claim
from claims.admin.review_acts import REVIEW_PAGES
from claims.models import Review


class ReviewAdmin(ReadingAdmin[Review]):
    """All work on claims. Internal."""

    list_display = ("claim", "state", "proposed", "reason", "assigned_to", "opened")
    list_display_links = None
    list_filter = ("state", "reason")
    open_lookups = frozenset({"state__exact", "reason__exact"})
    search_fields = ("claim__wording", "claim__public_id")
    search_help_text = "Words of the claim's wording, or its id"
    ordering = ("-opened_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return Review.objects.with_proposal()

    @admin.display(description="Claim")
    def claim(self, review: Review) -> SafeString:
        """Lead to the claim, where the work is done."""
        return link_to_claim(review.claim, "review")

    @admin.display(description="Proposed")
    def proposed(self, review: Any) -> SafeString | str:
        """Show what the latest proposal says."""
        return status_chip(review.proposed_status) if review.proposed_status else "—"

    @admin.display(description="Assigned to", ordering="assignee__public_name")
    def assigned_to(self, review: Review) -> str:
        """Who works on it."""
        return review.assignee.public_name if review.assignee else "—"

    @admin.display(description="Opened", ordering="opened_at")
    def opened(self, review: Review) -> SafeString:
        """When it was opened."""
        return when(review.opened_at)

    def get_urls(self) -> list[URLPattern]:
        pages = [page(self.admin_site) for page in REVIEW_PAGES]  # type: ignore[arg-type]
        return [*(page.urls("claims_review") for page in pages), *super().get_urls()]

    def show(self, request: HttpRequest, review: Review) -> HttpResponse:
        """Lead to the claim's page, which shows its reviews."""
        return redirect(claim_url(review.claim_id, "review"))
