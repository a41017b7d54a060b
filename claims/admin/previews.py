"""Preview links on the desk: showing a proposed verdict to an expert outside, and taking that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage
from claims.admin.review_acts import ReviewVerbPage
from claims.models import Claim, PreviewLink, Review, User
from claims.vocabulary import ReviewState, Verb
from claims.workflow.opinions import may_know
from claims.workflow.previews import LONGEST_DAYS, LONGEST_LABEL, Preview

DAYS = 7


class PreviewForm(forms.Form):
    """For whom an address is, and how long it works."""

    label = forms.CharField(
        label=_("For whom"),
        max_length=LONGEST_LABEL,
        help_text=_(
            "Such as: Prof. Lind, hydrologist. It stands across every page they see or print."
        ),
    )
    days = forms.IntegerField(
        label=_("Days it works"), min_value=1, max_value=LONGEST_DAYS, initial=DAYS
    )


class CreatePreview(ReviewVerbPage):
    verb = Verb.CREATE_PREVIEW
    slug, title, button = "show-outside", _("Show it to an expert"), _("Make the address")
    done = _("Preview link made.")
    intro = _(
        "Whoever has the address reads the proposed verdict as readers would, marked as not published. It works until "
        "the verdict is decided on, the days are over, or somebody revokes it. The address is shown once."
    )
    form_class = PreviewForm
    guarded = False

    def back(self, subject: Review) -> str:
        return claim_url(subject.claim_id, "previews")

    def closed_because(self, subject: Review, by: User) -> Any:
        if not may_know(subject, by):
            return _("Rate the claim first: you are not shown yet what was proposed.")
        waits = subject.state == ReviewState.PROPOSED
        return "" if waits else _("Nothing is proposed that could be shown.")

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Preview:
        return workflow.create_preview(subject, label=data["label"], days=data["days"], by=by)

    def completed(self, request: HttpRequest, subject: Review, result: Preview) -> HttpResponse:
        """Show the address, this once: it is kept nowhere."""
        context = {
            **self.site.each_context(request),
            "title": _("The address for %(label)s") % {"label": result.link.label},
            "link": result.link,
            "address": settings.FACTCHECK_BASE_URL + reverse("public:preview", args=[result.token]),
            "back": self.back(subject),
        }
        response = TemplateResponse(request, "admin/claims/preview_made.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class RevokePreview(VerbPage[PreviewLink]):
    verb = Verb.REVOKE_PREVIEW
    slug, title, button = "revoke", _("Revoke a preview link"), _("Revoke it")
    route = "<int:pk>/shown-outside/<int:number>/"
    done = _("Preview link revoked: its address leads nowhere from now on.")
    intro = _("Whoever has the address can no longer open it. What they have read, they have read.")
    guarded = False

    def subject(self, **ids: int) -> PreviewLink:
        links = PreviewLink.objects.select_related("proposal__review__claim__claimant")
        return get_object_or_404(links, pk=ids["number"], proposal__review=ids["pk"])

    def claim_of(self, subject: PreviewLink) -> Claim:
        return subject.proposal.review.claim

    def back(self, subject: PreviewLink) -> str:
        return claim_url(subject.proposal.review.claim_id, "previews")

    def closed_because(self, subject: PreviewLink, by: User) -> Any:
        return _("This address was revoked already.") if subject.revoked_at else ""

    def perform(self, subject: PreviewLink, data: dict[str, Any], by: User) -> PreviewLink:
        return workflow.revoke_preview(subject, by=by)


PREVIEW_PAGES: tuple[type[VerbPage[Any]], ...] = (CreatePreview, RevokePreview)
