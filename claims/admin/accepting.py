"""From an article to the register: a statement becomes a claim, or one more appearance of a known claim."""

from __future__ import annotations

from dataclasses import dataclass
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
from claims.admin.forms import day, line, text_area
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage
from claims.admin.party import NEW, NOBODY, Party, known_by
from claims.models import Appearance, Article, Claim, Claimant, User
from claims.reading.attribution import Statement, suggest
from claims.vocabulary import ClaimKind, CueClass, Position, Verb
from claims.workflow import AppearanceDraft, ClaimDraft

READ_AT_MOST = 100_000
SPEAKER = "speaker"
FOUND = 12
AROUND = 500
TheSpeaker = Party("speaker", _("Who says it in the article"))
TheClaimant = Party(
    "claimant", _("Who makes the claim"), [(SPEAKER, _("The speaker, named above"))]
)


def statements_in(article: Article) -> list[Statement]:
    """Return the attributed statements of an article, as far as a page can show them."""
    return suggest(article.text[:READ_AT_MOST])


def statement_at(article: Article, place: str) -> Statement | None:
    """Return the suggestion at `place`, written as "start-end"."""
    return next((one for one in statements_in(article) if place_of(one) == place), None)


def place_of(statement: Statement) -> str:
    """Return where a statement stands, as it is written in addresses."""
    return f"{statement.start}-{statement.end}"


def passage_of(article: Article, place: str) -> tuple[str, str, str] | None:
    """Return the paragraph around `place`: what stands before the quote, the quote, and what stands after it."""
    start, end = (int(one) if is_key(one) else 0 for one in place.partition("-")[::2])
    if not 0 <= start < end <= len(article.text):
        return None
    begin = article.text.rfind("\n\n", 0, start) + 1
    close = article.text.find("\n\n", end)
    text = article.text if close < 0 else article.text[:close]
    before, after = text[begin:start].lstrip(), text[end:]
    before = before if len(before) <= AROUND else f"…{before[-AROUND:]}"
    after = after if len(after) <= AROUND else f"{after[:AROUND]}…"
    return before, text[start:end], after


def told_apart(claim: Claim) -> str:
    """Return a claim with who makes it and where it stands, to choose it from a list."""
    status = claim.get_status_display() if claim.status else gettext("No verdict")
    return f"{claim} ({claim.claimant or gettext('Nobody named')}; {status})"


def as_sentence(content: str) -> str:
    """Return a quoted clause as the sentence a wording starts from."""
    text = content.strip(' ,;“”"')
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


class QuoteForm(forms.Form):
    """Where a statement stands, and how the article reports it."""

    exact = text_area(_("Quote"), _("Word for word as it stands in the article."), required=True)
    position = forms.ChoiceField(
        label=_("Position"),
        choices=Position.choices,
        help_text=_("What the speaker does with the claim."),
    )
    cue = line(_("Reporting words"), _("Such as: said, alleges, was unable to confirm"))
    cue_class = forms.ChoiceField(label=_("Kind of reporting words"), choices=CueClass.choices)
    direct = forms.BooleanField(label=_("Between quotation marks"), required=False)
    inferred = forms.BooleanField(
        label=_("The speaker is our reading, not named in the sentence"), required=False
    )
    place = forms.RegexField(r"^\d{1,9}-\d{1,9}$", required=False, widget=forms.HiddenInput)


class ClaimForm(QuoteForm):
    """A claim in the register's own wording, found in an article."""

    wording = text_area(
        _("Wording"), _("One checkable statement that stands alone."), required=True
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=ClaimKind.choices,
        help_text=_("Forecasts and opinions are recorded, never judged."),
    )
    said_on = day(_("Said on"))


class AppearanceForm(QuoteForm):
    """One more place where a known claim was found."""

    claim = forms.ModelChoiceField(
        label=_("Claim"),
        queryset=Claim.objects.standing(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the claim.")},
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What the fields of a form start from: a suggestion, or nothing."""

    article: Article
    statement: Statement | None
    known: list[Claimant]

    def quote(self) -> dict[str, Any]:
        """Return the first values of the fields that say where and how."""
        one = self.statement
        if one is None:
            return {"position": Position.ASSERTS, "cue_class": CueClass.NEUTRAL, **self.speaker()}
        return {
            "place": place_of(one),
            "exact": self.article.text[one.start : one.end],
            "position": one.position,
            "cue": one.cue or "",
            "cue_class": one.cue_class,
            "direct": one.direct,
            "inferred": one.source_inferred,
            **self.speaker(),
        }

    def speaker(self) -> dict[str, Any]:
        """Return the first values of the fields that say who."""
        name = (self.statement and self.statement.source) or ""
        same = [party for party in self.known if party.name.casefold() == name.casefold()]
        choice = str(same[0].pk) if same else NEW if name else NOBODY
        return {"speaker": choice, "speaker_name": "" if same else name}

    def claim(self) -> dict[str, Any]:
        """Return the first values of the fields that say what."""
        one = self.statement
        own = one is None or one.position == Position.ASSERTS
        return {
            "wording": as_sentence(one.content) if one else "",
            "kind": ClaimKind.FACT,
            "said_on": self.article.published_on,
            "claimant": SPEAKER if own else NOBODY,
        }


class QuotePage(VerbPage[Article]):
    """A page about one quote of an article."""

    def subject(self, **ids: int) -> Article:
        return get_object_or_404(Article, **ids)

    def claim_of(self, subject: Article) -> Claim | None:
        return None

    def back(self, subject: Article) -> str:
        return reverse("admin:claims_article_change", args=[subject.pk])

    def context(self, subject: Article, form: forms.Form) -> dict[str, Any]:
        return {"passage": passage_of(subject, str(form["place"].value() or ""))}

    def logged(self, subject: Article, result: Any) -> Model:
        claim: Claim = result if isinstance(result, Claim) else result.claim
        return claim

    def found(self, subject: Article, request: HttpRequest) -> Found:
        """Return what the form starts from."""
        statement = statement_at(subject, request.GET.get("place", ""))
        name = request.POST.get("speaker_name") or (statement.source if statement else "") or ""
        known = known_by(name) + self._named(request)
        return Found(subject, statement, list(dict.fromkeys(known)))

    def _named(self, request: HttpRequest) -> list[Claimant]:
        sent = [request.POST.get(party.prefix, "") for party in (TheSpeaker, TheClaimant)]
        ids = [choice for choice in sent if is_key(choice)]
        return list(Claimant.objects.filter(pk__in=ids)) if ids else []

    def draft(
        self, article: Article, data: dict[str, Any], speaker: Claimant | None
    ) -> AppearanceDraft:
        """Return the appearance the sent data describe; an edited quote is looked for anew."""
        start, _, end = data["place"].partition("-")
        stands = bool(end) and article.text[int(start) : int(end)] == data["exact"]
        return AppearanceDraft(
            article=article,
            exact=data["exact"],
            start=int(start) if stands else None,
            end=int(end) if stands else None,
            position=Position(data["position"]),
            cue=data["cue"],
            cue_class=CueClass(data["cue_class"]),
            speaker=speaker,
            inferred=data["inferred"],
            direct=data["direct"],
        )


class AcceptClaim(QuotePage):
    verb = Verb.RECORD_CLAIM
    slug, title, button = "accept", _("Accept as a claim"), _("Record the claim")
    route = "<int:pk>/"
    done = _("Claim recorded.")
    intro = _(
        "Say in the register's own words what is claimed. The quote shows where it was found."
    )
    form_class = ClaimForm
    parties = (TheSpeaker, TheClaimant)
    template = "admin/claims/accept.html"

    def form(self, subject: Article, request: HttpRequest, **data: Any) -> forms.Form:
        found = self.found(subject, request)
        form = ClaimForm(initial={**found.quote(), **found.claim()}, **data)
        form.fields |= TheSpeaker.fields(found.known) | TheClaimant.fields(found.known)
        return form

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
    slug, title, button = "appearance", _("Add to a known claim"), _("Add the appearance")
    route = "<int:pk>/"
    done = _("Appearance added.")
    intro = _("The claim is in the register already: record that it was found here as well.")
    form_class = AppearanceForm
    parties = (TheSpeaker,)
    template = "admin/claims/appearance.html"

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


def claims_like(article: Article, words: str, chosen: str) -> QuerySet[Claim]:
    """Return standing claims with all of `words` in their wording; without words, the latest ones."""
    claims = Claim.objects.standing().with_claimant()
    matches = Q()
    for word in words[:LETTERS].replace("\0", "").split()[:WORDS]:
        matches &= Q(wording__icontains=word) | Q(public_id=word)
    if is_key(chosen):
        matches |= Q(pk=chosen)
    return claims.filter(matches).order_by("-head_at")[:FOUND]
