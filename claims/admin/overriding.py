"""The page on which an editor publishes a verdict alone, in an emergency, and says why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.forms import PUBLIC_REASON, ProposalForm, text_area
from claims.admin.readiness import readiness
from claims.admin.review_acts import kept_out, written
from claims.admin.site import person_of
from claims.history.replay import replay
from claims.models import Claim, Review, User, Verdict
from claims.vocabulary import CHECKABLE_KINDS, Verb, VerificationStatus
from claims.workflow import VerdictDraft
from claims.workflow.opinions import known_proposal


class OverrideForm(ProposalForm):
    """A verdict, and why it cannot wait for a second person."""

    reason = text_area(
        _("Why this cannot wait for a second person"), PUBLIC_REASON, rows=2, required=True
    )


class OverrideVerdict(ClaimVerbPage):
    verb = Verb.OVERRIDE_VERDICT
    slug, title = "override", _("Publish a verdict alone")
    button = _("Publish now, alone")
    done = _("Verdict published under your name alone. A review for somebody else is in progress.")
    intro = _(
        "For an emergency. Readers see at once that one person published this, and why. It stays so until somebody "
        "else has carried the review through that this opens."
    )
    form_class = OverrideForm
    template = "admin/claims/propose.html"

    def closed_because(self, subject: Claim, by: User) -> str:
        if ended := super().closed_because(subject, by):
            return ended
        if subject.kind not in CHECKABLE_KINDS:
            return gettext("Forecasts and opinions are not checkable: no verdict can be given.")
        return kept_out(by, subject)

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        standing = [piece.row for piece in replay(subject).standing_evidence()]
        review = Review.objects.active().filter(claim=subject).first()
        waiting = known_proposal(review, person_of(request)) if review else None
        initial = written(waiting) if waiting else {"evidence": [row.pk for row in standing]}
        return OverrideForm(standing=standing, initial=initial, **data)

    def context(self, subject: Claim, form: forms.Form) -> dict[str, Any]:
        return {"readiness": readiness(form.standing) if isinstance(form, OverrideForm) else []}

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Verdict:
        reason = data.pop("reason")
        data |= {"status": VerificationStatus(data["status"]), "evidence": list(data["evidence"])}
        return workflow.override_verdict(subject, VerdictDraft(**data), reason=reason, by=by)
