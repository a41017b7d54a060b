"""The pages on which people take back what was recorded by mistake: an appearance, or a whole claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import workflow
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.claim_page import not_theirs
from claims.admin.forms import PublicReasonForm
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage
from claims.history.replay import replay
from claims.models import Appearance, Claim, HistoryEntry, User
from claims.vocabulary import Verb
from claims.workflow.taking_back import BY_MISTAKE


class WithdrawAppearance(VerbPage[Appearance]):
    verb = Verb.WITHDRAW_APPEARANCE
    slug, title, button = (
        "take-back",
        gettext_lazy("Withdraw an appearance"),
        gettext_lazy("Withdraw"),
    )
    route = "<int:pk>/appearance/<int:number>/"
    done = gettext_lazy("Appearance withdrawn. It stays visible, with your reason.")
    intro = gettext_lazy(
        "For what was recorded by mistake: the quote stays on the page, marked as withdrawn, with your reason."
    )
    form_class = PublicReasonForm
    template = "admin/claims/withdraw_appearance.html"

    def subject(self, **ids: int) -> Appearance:
        rows = Appearance.objects.select_related("claim__claimant", "article", "entry")
        return get_object_or_404(rows, claim=ids["pk"], entry__number=ids["number"])

    def claim_of(self, subject: Appearance) -> Claim:
        return subject.claim

    def back(self, subject: Appearance) -> str:
        return claim_url(subject.claim_id, "appearances-heading")

    def closed_because(self, subject: Appearance, by: User) -> str:
        if not Appearance.objects.standing().filter(pk=subject.pk).exists():
            return _("This appearance was withdrawn already.")
        return not_theirs(subject.entry, replay(subject.claim), by)

    def form(self, subject: Appearance, request: HttpRequest, **data: Any) -> forms.Form:
        return PublicReasonForm(initial={"reason": _(BY_MISTAKE)}, **data)

    def perform(self, subject: Appearance, data: dict[str, Any], by: User) -> HistoryEntry:
        return workflow.withdraw_appearance(subject, reason=data["reason"], by=by)


class DiscardClaim(ClaimVerbPage):
    verb = Verb.DISCARD_CLAIM
    slug, title, button = "discard", gettext_lazy("Discard the claim"), gettext_lazy("Discard")
    done = gettext_lazy("Claim discarded. It left every list; its history stays here.")
    intro = gettext_lazy(
        "For what was recorded by mistake and readers have never seen. Nothing more can be done on the claim then. "
        "Its history stays on the desk; the same words can be recorded anew."
    )
    form_class = PublicReasonForm

    def closed_because(self, subject: Claim, by: User) -> str:
        if ended := super().closed_because(subject, by):
            return ended
        if subject.is_published:
            return _("This claim was published, so it stays.")
        if subject.reviews.active().exists():
            return _("A review of this claim is in progress: end it first.")
        state = replay(subject)
        return not_theirs(state.entries[0], state, by)

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        return PublicReasonForm(initial={"reason": _(BY_MISTAKE)}, **data)

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> HistoryEntry:
        return workflow.discard_claim(subject, reason=data["reason"], by=by)


TAKING_BACK: tuple[type[VerbPage[Any]], ...] = (WithdrawAppearance, DiscardClaim)
