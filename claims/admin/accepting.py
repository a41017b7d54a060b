"""From an article to the register: a statement becomes a claim, or one more appearance of a known claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.base import LETTERS, WORDS, is_key
from claims.admin.claimed import nearest_claims
from claims.admin.fetched import FetchedPage
from claims.admin.ledger import claim_url
from claims.admin.party import known_by
from claims.admin.quote_forms import (
    SPEAKER,
    AppearanceForm,
    ClaimForm,
    Found,
    TheClaimant,
    TheSpeaker,
)
from claims.admin.statements import Place, passage_of
from claims.admin.workbench import Workbench
from claims.admin.workbench_parts import outcome_of
from claims.models import Appearance, Article, Claim, Claimant, User
from claims.vocabulary import ClaimKind, CueClass, Position, Verb
from claims.workflow import AppearanceDraft, ClaimDraft

FOUND = 12


def told_apart(claim: Claim) -> str:
    """Return a claim with who makes it and where it stands, to choose it from a list."""
    status = claim.get_status_display() if claim.status else gettext("No verdict")
    return f"{claim} ({claim.claimant or gettext('Nobody named')}; {status})"


class QuotePage(FetchedPage[Article]):
    """A page about one quote of an article."""

    def subject(self, **ids: int) -> Article:
        return get_object_or_404(Article, **ids)

    def claim_of(self, subject: Article) -> Claim | None:
        return None

    def back(self, subject: Article) -> str:
        return reverse("admin:claims_article_change", args=[subject.pk])

    def context(self, subject: Article, form: forms.Form) -> dict[str, Any]:
        place = Place.read(str(form["place"].value() or ""), subject)
        return {"passage": passage_of(subject, place), "place": place}

    def logged(self, subject: Article, result: Any) -> Model:
        claim: Claim = result if isinstance(result, Claim) else result.claim
        return claim

    def outcome(self, request: HttpRequest, subject: Article, result: Any) -> dict[str, Any]:
        """Return the parts of the workbench that changed, and how to undo it."""
        appearance = result if isinstance(result, Appearance) else result.appearances.get()
        return outcome_of(request, subject, appearance)

    def found(self, subject: Article, request: HttpRequest) -> Found:
        """Return what the form starts from."""
        found = Found(subject, Place.read(request.GET.get("place", ""), subject), [])
        statement = found.statement
        name = request.POST.get("speaker_name") or (statement.source if statement else "") or ""
        known = known_by(name) + self._named(request)
        return Found(subject, found.place, list(dict.fromkeys(known)))

    def _named(self, request: HttpRequest) -> list[Claimant]:
        sent = [request.POST.get(party.prefix, "") for party in (TheSpeaker, TheClaimant)]
        ids = [choice for choice in sent if is_key(choice)]
        return list(Claimant.objects.with_names().filter(pk__in=ids)) if ids else []

    def draft(
        self, article: Article, data: dict[str, Any], speaker: Claimant | None
    ) -> AppearanceDraft:
        """Return the appearance the sent data describe; an edited quote is looked for anew."""
        place = Place.read(data["place"], article)
        stands = place is not None and article.text[slice(*place)] == data["exact"]
        return AppearanceDraft(
            article=article,
            exact=data["exact"],
            start=place.start if place and stands else None,
            end=place.end if place and stands else None,
            position=Position(data["position"]),
            cue=data["cue"],
            cue_class=CueClass(data["cue_class"]),
            speaker=speaker,
            inferred=data["inferred"],
            direct=data["direct"],
        )


class AcceptClaim(QuotePage):
    verb = Verb.RECORD_CLAIM
    slug = "accept"
    title, button = _("Accept as a claim"), _("Record the claim")
    route = "<int:pk>/"
    done = _("Claim recorded.")
    form_class = ClaimForm
    parties = (TheSpeaker, TheClaimant)
    template = "admin/claims/accept.html"
    fragment = "admin/claims/parts/take.html"

    def form(self, subject: Article, request: HttpRequest, **data: Any) -> forms.Form:
        found = self.found(subject, request)
        form = ClaimForm(initial={**found.quote(), **found.claim()}, **data)
        form.fields |= TheSpeaker.fields(found.known) | TheClaimant.fields(found.known)
        return form

    def context(self, subject: Article, form: forms.Form) -> dict[str, Any]:
        context = super().context(subject, form)
        wording = str(form["wording"].value() or "")
        bench = Workbench(subject)
        return context | {
            "known": nearest_claims(wording, subject),
            "suggestion": bench.suggested_at(context["place"]),
            "suggested": len(bench.suggestions),
        }

    def after(self, subject: Article, result: Claim) -> str:
        return claim_url(result.pk)

    def perform(self, subject: Article, data: dict[str, Any], by: User) -> Claim:
        speaker = TheSpeaker.chosen(data, by)
        claimant = speaker if data["claimant"] == SPEAKER else TheClaimant.chosen(data, by)
        draft = ClaimDraft(
            wording=data["wording"],
            kind=ClaimKind(data["kind"]),
            claimant=claimant,
            said_on=data["said_on"],
            language=subject.language,
        )
        appearance = self.draft(subject, data, speaker)
        return workflow.record_claim(draft, appearance=appearance, by=by)


class AddAppearance(QuotePage):
    verb = Verb.ADD_APPEARANCE
    slug = "appearance"
    title, button = _("Add to a known claim"), _("Add the appearance")
    route = "<int:pk>/"
    done = _("Appearance added.")
    intro = _("The claim is in the register already: record that it was found here as well.")
    template = fragment = "admin/claims/appearance.html"
    form_class = AppearanceForm
    parties = (TheSpeaker,)

    def form(self, subject: Article, request: HttpRequest, **data: Any) -> forms.Form:
        found = self.found(subject, request)
        form = AppearanceForm(initial=found.quote(), **data)
        form.fields |= TheSpeaker.fields(found.known)
        claims = claims_like(subject, request.GET.get("q", ""), request.POST.get("claim", ""))
        choices = [(claim.pk, told_apart(claim)) for claim in claims]
        form.fields["claim"].choices = choices  # type: ignore[attr-defined]
        return form

    def context(self, subject: Article, form: forms.Form) -> dict[str, Any]:
        choices = form.fields["claim"].choices  # type: ignore[attr-defined]
        return super().context(subject, form) | {"choices": choices}

    def after(self, subject: Article, result: Appearance) -> str:
        return claim_url(result.claim_id, f"entry-{result.entry.number}")

    def perform(self, subject: Article, data: dict[str, Any], by: User) -> Appearance:
        speaker = TheSpeaker.chosen(data, by)
        return workflow.add_appearance(data["claim"], self.draft(subject, data, speaker), by=by)


def claims_like(article: Article, words: str, chosen: str) -> QuerySet[Claim, Claim]:
    """Return standing claims with all of `words` in their wording; without words, the latest ones."""
    claims = Claim.objects.standing().with_claimant()
    matches = Q()
    for word in words[:LETTERS].replace("\0", "").split()[:WORDS]:
        matches &= Q(wording__icontains=word) | Q(public_id=word)
    if is_key(chosen):
        matches |= Q(pk=chosen)
    return claims.filter(matches).order_by("-head_at")[:FOUND]
