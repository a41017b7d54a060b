"""Reviews on the desk: the queues, and the pages that move a review on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin import work_cells
from claims.admin.claim_search import ClaimSearch
from claims.admin.filtering import FormFilteredAdmin
from claims.admin.ledger import claim_url
from claims.admin.planning import MOST, PlanPage, may_plan
from claims.admin.preview import preview
from claims.admin.previews import PREVIEW_PAGES
from claims.admin.queues import BY_KEY, ENDED, IN_PROGRESS, tabs
from claims.admin.ratings import RATING_PAGES
from claims.admin.review_acts import REVIEW_PAGES
from claims.admin.review_filters import REVIEW_FILTERS
from claims.admin.review_room import ROOM_PAGES, offer_people
from claims.admin.site import person_of
from claims.admin.stale import StaleClaimAdmin
from claims.desk_vocabulary import FilteredList
from claims.models import Claim, ClaimTopic, Review
from claims.models.review import PRESSING


class ReviewAdmin(ClaimSearch[Review], FormFilteredAdmin[Review]):
    """All work on claims, in queues. Internal."""

    list_display = (
        "of_claim",
        "stands",
        "opened_for",
        "pressing",
        "due",
        "assigned_to",
        "age",
    )
    list_display_links = None
    kept_as = FilteredList.REVIEWS
    list_filter = REVIEW_FILTERS
    open_lookups = frozenset(str(one.parameter_name) for one in REVIEW_FILTERS)
    search_help_text = _("Words of the claim's wording, or its id")
    claim_path = "claim"
    ordering = PRESSING

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Offer to tick reviews in which there is something to plan, to people who may."""
        plans = request.GET.get("queue") != ENDED and may_plan(person_of(request))
        return ("pick", *self.list_display) if plans else self.list_display

    def get_ordering(self, request: HttpRequest) -> Any:
        """The most pressing first; of those that ended, of which there are ever more, the last to end."""
        ended = request.GET.get("queue") == ENDED
        return ("-decided_at", "-pk") if ended else super().get_ordering(request)

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Leave those that ended in the order of their index."""
        ended = request.GET.get("queue") == ENDED
        return () if ended else super().get_sortable_by(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review, Review]:
        filings = Prefetch("claim__filings", ClaimTopic.objects.by_name())
        return Review.objects.with_proposal().prefetch_related(filings)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        queue = request.GET.get("queue", IN_PROGRESS)
        here = queue if queue in BY_KEY else IN_PROGRESS
        plans = here != ENDED and bool(may_plan(person_of(request)))
        shown = {
            "tabs": tabs(person_of(request), here),
            "plans": plans,
            "most": MOST,
            "from": request.GET.urlencode(),
        }
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=_("Tick"))
    def pick(self, review: Review) -> SafeString:
        """Choose the review, to change it with others."""
        return work_cells.tick(review)

    @admin.display(description=_("Claim"))
    def of_claim(self, review: Review) -> SafeString:
        """Lead to the claim, where the work is done, and say whose it is and where it is filed."""
        return work_cells.claim(review.claim)

    @admin.display(description=_("State"), ordering="state")
    def stands(self, review: Review) -> SafeString:
        """Say where the review stands, and what the latest proposal says."""
        return work_cells.state(review)

    @admin.display(description=_("Reason"), ordering="reason")
    def opened_for(self, review: Review) -> SafeString:
        """Say why it was opened."""
        return work_cells.named(_("Reason"), review.get_reason_display())

    @admin.display(description=_("Priority"), ordering="-priority")
    def pressing(self, review: Review) -> SafeString:
        """Say how pressing it is."""
        return work_cells.priority(review)

    @admin.display(description=_("Due"), ordering="due_on")
    def due(self, review: Review) -> SafeString:
        """Say until when, and how late it is."""
        return work_cells.due(review.due_on)

    @admin.display(description=_("Assignee"), ordering="assignee__public_name")
    def assigned_to(self, review: Review) -> SafeString:
        """Who works on it."""
        name = review.assignee.public_name if review.assignee else _("Nobody")
        return work_cells.named(_("Assignee"), name)

    @admin.display(description=_("Age"), ordering="opened_at")
    def age(self, review: Review) -> SafeString:
        """How long ago it was opened."""
        return work_cells.age(review.opened_at)

    def get_urls(self) -> list[URLPattern]:
        kinds = (*REVIEW_PAGES, *PREVIEW_PAGES, *ROOM_PAGES, *RATING_PAGES)
        pages = [page(self.admin_site) for page in kinds]  # type: ignore[arg-type]
        stale = self.admin_site.admin_view(StaleClaimAdmin(Claim, self.admin_site).changelist_view)
        people = self.admin_site.admin_view(offer_people)
        shown = self.admin_site.admin_view(preview)
        return [
            *(page.urls("claims_review") for page in pages),
            PlanPage(self, self.admin_site).url(),  # type: ignore[arg-type]
            path("stale/", stale, name="claims_review_stale"),
            path("people/", people, name="claims_review_people"),
            path("<int:pk>/preview/", shown, name="claims_review_preview"),
            *super().get_urls(),
        ]

    def show(self, request: HttpRequest, review: Review) -> HttpResponse:
        """Lead to the claim's page, which shows its reviews."""
        return redirect(claim_url(review.claim_id, "review"))
