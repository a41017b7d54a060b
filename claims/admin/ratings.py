"""The pages of second ratings: whether one is needed, and rating a claim without knowing what was proposed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.pages import VerbPage
from claims.admin.readiness import readiness
from claims.admin.review_acts import ReviewVerbPage
from claims.admin.review_forms import RateForm, SecondRatingForm
from claims.admin.steps import may, refusal_of
from claims.desk_vocabulary import RatingState
from claims.history.replay import replay
from claims.models import Rating, Review, User
from claims.vocabulary import Verb, VerificationStatus
from claims.workflow.rating import may_rate, may_settle


class SecondRating(ReviewVerbPage):
    verb = Verb.SET_SECOND_RATING
    slug, title, button = "second-rating", _("Second rating"), _("Save")
    done = _("Saved.")
    intro = _(
        "For what does harm when it is wrong. Somebody else rates the claim before they are shown anything of what "
        "was proposed; where the two differ, a third person decides."
    )
    form_class = SecondRatingForm

    def closed_because(self, subject: Review, by: User) -> str:
        return refusal_of(may_settle, subject)

    def version(self, subject: Review) -> str:
        return f"{super().version(subject)}-{subject.needs_second_rating}"

    def form(self, subject: Review, request: HttpRequest, **data: Any) -> forms.Form:
        return SecondRatingForm(
            initial={"needed": "no" if subject.needs_second_rating else "yes"}, **data
        )

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Review:
        return workflow.set_second_rating(subject, needed=data["needed"] == "yes", by=by)


class Rate(ReviewVerbPage):
    verb = Verb.RATE_CLAIM
    slug, title, button = "rate", _("Rate this claim"), _("Give this rating")
    done = _("Rating given. You are shown what was proposed now.")
    intro = _(
        "A colleague proposed a verdict. Say what you would, from the evidence alone; you are shown the proposal "
        "afterwards. A rating cannot be changed."
    )
    form_class = RateForm
    template = "admin/claims/rate.html"

    def closed_because(self, subject: Review, by: User) -> str:
        return refusal_of(may_rate, subject, by)

    def context(self, subject: Review, form: forms.Form) -> dict[str, Any]:
        standing = [piece.row for piece in replay(subject.claim).standing_evidence()]
        return {"standing": standing, "readiness": readiness(standing)}

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Rating:
        status = VerificationStatus(data["status"])
        return workflow.rate_claim(subject, status=status, reason=data["reason"], by=by)

    def after(self, subject: Review, result: Any) -> str:
        """Go on to the decision, where there is one to take."""
        decided = result.review.rating_state == RatingState.DECIDED
        if decided and may(result.by, Verb.APPROVE_VERDICT):
            return reverse("admin:claims_review_approve", args=[subject.pk])
        return self.back(subject)


RATING_PAGES: tuple[type[VerbPage[Any]], ...] = (SecondRating, Rate)
