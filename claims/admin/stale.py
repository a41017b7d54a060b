"""The queue of verdicts to look at again: their day has come, or they lost evidence they rest on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import work_cells
from claims.admin.cells import status_chip, when
from claims.admin.filtering import ChoiceFilter, FormFilteredAdmin, Offers
from claims.admin.ledger import link_to_claim
from claims.admin.queues import tabs
from claims.admin.site import person_of
from claims.desk_vocabulary import FilteredList
from claims.models import Claim, User
from claims.models.claim import LONGEST_STALE
from claims.vocabulary import ReviewState, VerificationStatus


class StatusFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("status"), "status"
    choices_ = VerificationStatus.choices


class WorkFilter(ChoiceFilter):
    """Whether somebody is at it."""

    title, parameter_name = gettext_lazy("review"), "review"

    def offers(self, person: User) -> Offers:
        return [("none", _("None in progress")), ("some", _("In progress"))]

    def narrowed(self, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        return rows.filter(review_state__isnull=chosen == "none")


class StaleClaimAdmin(FormFilteredAdmin[Claim]):
    """Claims of which somebody should look again. Registered nowhere: the queues show it at an address of theirs."""

    list_display = ("of_claim", "chip", "why", "since", "work")
    list_display_links = None
    kept_as = FilteredList.STALE
    list_filter = (StatusFilter, WorkFilter)
    open_lookups = frozenset({"status", "review"})
    search_fields = ("wording", "public_id")
    search_help_text = gettext_lazy("Words of the claim's wording, or its id")

    ordering = LONGEST_STALE

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim, Claim]:
        return Claim.objects.stale(timezone.localdate())

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"tabs": tabs(person_of(request), "stale")}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("Claim"))
    def of_claim(self, claim: Claim) -> SafeString:
        """Lead to the claim's page, and say whose it is."""
        link, claimant = link_to_claim(claim), claim.claimant or _("Nobody named")
        return format_html('{}<span class="under">{}</span>', link, claimant)

    @admin.display(description=gettext_lazy("Status"), ordering="status")
    def chip(self, claim: Claim) -> SafeString:
        """Show what the register says now."""
        return work_cells.named(
            _("Status"), status_chip(claim.status, published=claim.is_published)
        )

    @admin.display(description=gettext_lazy("Why"))
    def why(self, claim: Any) -> SafeString:
        """Say what makes it stale."""
        due: date | None = claim.due_since
        if due is not None and due <= timezone.localdate():
            said = _("Re-check was due on %(day)s") % {"day": work_cells.in_full(due)}
        else:
            said = ""
        lost = _("Evidence it rests on was withdrawn") if claim.lost else ""
        return work_cells.named(_("Why"), "; ".join(filter(None, (lost, said))))

    @admin.display(description=gettext_lazy("Verdict since"), ordering="status_since")
    def since(self, claim: Claim) -> SafeString:
        """When the verdict was given."""
        shown = when(claim.status_since) if claim.status_since else "—"
        return work_cells.named(_("Verdict since"), shown)

    @admin.display(description=gettext_lazy("Review"))
    def work(self, claim: Any) -> SafeString:
        """Say whether somebody is at it."""
        state = claim.review_state
        label = ReviewState(state).label if state else _("None")
        return work_cells.named(_("Review"), label)
