"""Suggestions that are no claims: one page to set them aside, one to take them up again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import workflow
from claims.admin.fetched import FetchedPage
from claims.admin.statements import Place, passage_of
from claims.admin.workbench_parts import parts_over
from claims.models import Article, Claim, User
from claims.vocabulary import Verb


class PlaceForm(forms.Form):
    """Which words are meant."""

    place = forms.RegexField(r"^\d{1,9}-\d{1,9}$", widget=forms.HiddenInput)

    def __init__(self, *, article: Article, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.article = article

    def clean_place(self) -> Place:
        """Refuse a place at which no words stand."""
        place = Place.read(self.cleaned_data["place"], self.article)
        if place is None:
            raise forms.ValidationError(_("There are no such words in the article."))
        return place


class PlacePage(FetchedPage[Article]):
    """A page about one suggestion of an article."""

    template = "admin/claims/set_aside.html"
    fragment = "admin/claims/set_aside.html"
    reverse_slug: str
    reverse_label: Any

    def subject(self, **ids: int) -> Article:
        return get_object_or_404(Article, **ids)

    def claim_of(self, subject: Article) -> Claim | None:
        return None

    def back(self, subject: Article) -> str:
        return reverse("admin:claims_article_change", args=[subject.pk])

    def form(self, subject: Article, request: HttpRequest, **data: Any) -> forms.Form:
        place = request.GET.get("place", "")
        return PlaceForm(article=subject, initial={"place": place}, **data)

    def context(self, subject: Article, form: forms.Form) -> dict[str, Any]:
        place = Place.read(str(form["place"].value() or ""), subject)
        return {"passage": passage_of(subject, place)}

    def outcome(self, request: HttpRequest, subject: Article, result: Place) -> dict[str, Any]:
        """Return the changed parts, and the opposite act."""
        url = reverse(f"admin:claims_article_{self.reverse_slug}", args=[subject.pk])
        undo = {"url": url, "label": str(self.reverse_label), "fields": {"place": str(result)}}
        return {"undo": undo, "parts": parts_over(request, subject, result)}


class SetAsideStatement(PlacePage):
    verb = Verb.SET_ASIDE_STATEMENT
    slug, reverse_slug = "set-aside", "take-up"
    title, button = gettext_lazy("Not a claim"), gettext_lazy("Set it aside")
    intro = gettext_lazy("It is not suggested again in this article until somebody takes it up.")
    done = gettext_lazy("Set aside.")
    reverse_label = gettext_lazy("Undo")

    def perform(self, subject: Article, data: dict[str, Any], by: User) -> Place:
        place: Place = data["place"]
        workflow.set_aside_statement(subject, start=place.start, end=place.end, by=by)
        return place


class TakeUpStatement(PlacePage):
    verb = Verb.TAKE_UP_STATEMENT
    slug, reverse_slug = "take-up", "set-aside"
    title, button = gettext_lazy("Take up again"), gettext_lazy("Take it up again")
    done = gettext_lazy("Taken up again.")
    reverse_label = gettext_lazy("Set it aside")

    def perform(self, subject: Article, data: dict[str, Any], by: User) -> Place:
        place: Place = data["place"]
        workflow.take_up_statement(subject, start=place.start, end=place.end, by=by)
        return place
