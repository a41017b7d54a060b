"""Planning many reviews at once: choose them in a queue, say what to change, read what was done and what was refused.

Each change of each review is an act of its own, so that one refusal stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims import workflow
from claims.admin.base import is_key
from claims.admin.kept import keeping_what_was_typed
from claims.admin.pages import COLLISION, log_act
from claims.admin.planning_form import PlanForm
from claims.admin.site import DeskSite, person_of
from claims.history.recorder import locked
from claims.models import Claim, Review, User
from claims.vocabulary import Verb
from claims.workflow import RuleBroken

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from claims.admin.reviews import ReviewAdmin

MOST = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be changed about a review, by its verb; `now` says how it stands."""

    verb: Verb
    done: _StrOrPromise
    now: Callable[[Review], str]
    act: Callable[[Review, dict[str, Any], User], object]


CHANGES = {
    "assignee": Change(
        Verb.ASSIGN_REVIEW,
        gettext_lazy("Review assigned."),
        lambda review: f"{review.state}/{review.assignee_id}",
        lambda review, data, by: workflow.assign_review(review, to=data["assignee"], by=by),
    ),
    "priority": Change(
        Verb.PRIORITISE_REVIEW,
        gettext_lazy("Priority set."),
        lambda review: str(review.priority),
        lambda review, data, by: workflow.prioritise_review(
            review, priority=data["priority"], by=by
        ),
    ),
    "due_on": Change(
        Verb.SCHEDULE_REVIEW,
        gettext_lazy("Due day set."),
        lambda review: str(review.due_on),
        lambda review, data, by: workflow.schedule_review(review, due_on=data["due_on"], by=by),
    ),
}


def may_plan(person: User) -> list[str]:
    """Return which changes this person's role allows."""
    return [name for name, one in CHANGES.items() if person.has_perm(f"claims.{one.verb}")]


@dataclass(slots=True)
class Outcome:
    """What became of the review of one claim."""

    claim: Claim
    done: list[_StrOrPromise] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def token(review: Review) -> str:
    """Return a review's key and how it stands, for a form to bring back."""
    return " ".join([str(review.pk), *(one.now(review) for one in CHANGES.values())])


class PlanPage:
    """The page that plans reviews: GET asks what to change, POST does it and says what became of each."""

    def __init__(self, reviews: ReviewAdmin, site: DeskSite) -> None:
        self.reviews = reviews
        self.site = site

    def url(self) -> URLPattern:
        """Return where the page lives."""
        view = self.site.admin_view(self.answer)
        answer = keeping_what_was_typed(self.site, view, PlanForm.labels)
        view = require_http_methods(["GET", "HEAD", "POST"])(answer)
        return path("plan/", view, name="claims_review_plan")

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Show the form, or do what it says."""
        able = may_plan(person_of(request))
        if not able:
            raise PermissionDenied(_("You may not plan reviews."))
        if request.method == "POST":
            return self._act(request, able)
        found = self._chosen(request)
        if not found:
            messages.warning(request, _("Tick the reviews to change first."))
            return redirect(_back(request.GET))
        return self._page(request, found, PlanForm(able=able))

    def _chosen(self, request: HttpRequest) -> list[Review]:
        """Return the ticked reviews, or all that the list shows; one more than can be changed at once."""
        if request.GET.get("scope") == "all":
            listed = copy(request)
            listed.GET = QueryDict(request.GET.get("from", ""))
            return list(self.reviews.get_changelist_instance(listed).queryset[: MOST + 1])
        keys = [key for key in request.GET.getlist("review") if is_key(key)][: MOST + 1]
        return list(Review.objects.with_proposal().filter(pk__in=keys).most_pressing_first())

    def _act(self, request: HttpRequest, able: list[str]) -> HttpResponse:
        form = PlanForm(able=able, data=request.POST)
        rows = _rows(request.POST.getlist("row")[:MOST])
        reviews = Review.objects.with_proposal().most_pressing_first().in_bulk(list(rows))
        found = [reviews[key] for key in rows if key in reviews]
        if not form.is_valid() or not found:
            return self._page(request, found, form)
        outcomes = [
            self._change(request, review, form.changes(), rows[review.pk]) for review in found
        ]
        return self._summary(request, outcomes)

    def _change(
        self, request: HttpRequest, review: Review, changes: dict[str, Any], seen: dict[str, str]
    ) -> Outcome:
        outcome = Outcome(review.claim)
        for name in changes:
            change = CHANGES[name]
            try:
                with transaction.atomic():
                    _unchanged(review, change, seen[name])
                    change.act(review, changes, person_of(request))
                    log_act(request, outcome.claim, str(change.done))
            except PermissionDenied as refusal:
                outcome.refused.append(str(refusal))
            except ValidationError as refusal:
                outcome.refused += refusal.messages
            except IntegrityError:
                outcome.refused.append(str(COLLISION))
            else:
                outcome.done.append(change.done)
        return outcome

    def _page(self, request: HttpRequest, found: list[Review], form: PlanForm) -> HttpResponse:
        sent = request.GET if request.method != "POST" else request.POST
        context = {
            **self.site.each_context(request),
            "title": _("Change reviews"),
            "rows": [(review, token(review)) for review in found[:MOST]],
            "more": len(found) > MOST,
            "most": MOST,
            "form": form,
            "from": sent.get("from", ""),
            "back": _back(sent),
        }
        return TemplateResponse(request, "admin/claims/plan.html", context)

    def _summary(self, request: HttpRequest, outcomes: list[Outcome]) -> HttpResponse:
        context = {
            **self.site.each_context(request),
            "title": _("What was done"),
            "refused": [one for one in outcomes if one.refused],
            "done": [one for one in outcomes if one.done],
            "back": _back(request.POST),
        }
        return TemplateResponse(request, "admin/claims/planned.html", context)


def _unchanged(review: Review, change: Change, seen: str) -> None:
    """Raise RuleBroken unless a review stands, under its claim's lock, as the person saw it."""
    locked(review.claim)
    review.refresh_from_db()
    if change.now(review) != seen:
        raise RuleBroken(_("Somebody changed this meanwhile: look at it again first."))


def _rows(sent: Iterable[str]) -> dict[int, dict[str, str]]:
    """Return how each review stood when the form was made, by its key; what is no such row is left out."""
    split = [row.split(" ") for row in sent]
    whole = [row for row in split if len(row) == len(CHANGES) + 1 and is_key(row[0])]
    return {int(key): dict(zip(CHANGES, seen, strict=True)) for key, *seen in whole}


def _back(sent: QueryDict) -> str:
    """Return the address of the queue that the person came from."""
    query = QueryDict(sent.get("from", "")).urlencode()
    url = reverse("admin:claims_review_changelist")
    return f"{url}?{query}" if query else url
