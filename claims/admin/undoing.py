"""Undo, for ten seconds: whoever recorded something by mistake takes it back before anybody builds on it.

Nothing is erased: the compensating act stands in the history. The server keeps the time and asks whose act it was;
whether anything happened since, the verbs ask.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.fetched import FetchedPage
from claims.admin.statements import Place
from claims.admin.workbench_parts import parts_over
from claims.history.recorder import locked
from claims.models import Appearance, Article, Claim, HistoryEntry, User
from claims.vocabulary import Act, Verb
from claims.workflow import RuleBroken

TIME = timedelta(seconds=10)
SLACK = timedelta(seconds=5)  # for the way there and back


class UndoForm(forms.Form):
    """What to undo: the history entry that recorded it."""

    entry = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, *, article: Article, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.article = article

    def clean_entry(self) -> Appearance:
        """Find what the entry recorded from this article."""
        rows = self.article.appearances.select_related("claim", "entry")
        appearance = rows.filter(pk=self.cleaned_data["entry"]).first()
        if appearance is None:
            raise forms.ValidationError(_("This was not recorded from this article."))
        return appearance


class Undo(FetchedPage[Article]):
    """Takes back what this person recorded from an article a moment ago."""

    verb = Verb.WITHDRAW_APPEARANCE
    slug = "undo"
    title = button = gettext_lazy("Undo")
    done = gettext_lazy("Undone. The history keeps both acts.")
    fragment = "admin/claims/act.html"

    def subject(self, **ids: int) -> Article:
        return get_object_or_404(Article, **ids)

    def claim_of(self, subject: Article) -> Claim | None:
        return None

    def back(self, subject: Article) -> str:
        return reverse("admin:claims_article_change", args=[subject.pk])

    def answer(self, request: HttpRequest, **ids: int) -> HttpResponse:
        """There is nothing to look at: what can be undone is offered where it was done."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return super().answer(request, **ids)

    def form(self, subject: Article, request: HttpRequest, **data: Any) -> forms.Form:
        return UndoForm(article=subject, **data)

    def perform(self, subject: Article, data: dict[str, Any], by: User) -> Appearance:
        appearance: Appearance = data["entry"]
        entry = appearance.entry
        _refuse_what_is_not_theirs_to_undo(entry, locked(appearance.claim), by)
        if entry.act == Act.CLAIM_RECORDED:
            workflow.discard_claim(appearance.claim, by=by)
        else:
            workflow.withdraw_appearance(appearance, by=by)
        return appearance

    def logged(self, subject: Article, result: Appearance) -> Model:
        return result.claim

    def outcome(self, request: HttpRequest, subject: Article, result: Appearance) -> dict[str, Any]:
        """Return the changed parts."""
        return {"parts": parts_over(request, subject, Place(result.start, result.end))}


def _refuse_what_is_not_theirs_to_undo(entry: HistoryEntry, claim: Claim, by: User) -> None:
    """Raise PermissionDenied for what somebody else did, RuleBroken for what is too late."""
    if entry.by_id != by.pk:
        raise PermissionDenied(_("Somebody else recorded this: ask them, or withdraw it."))
    if timezone.now() - entry.recorded_at > TIME + SLACK:
        raise RuleBroken(
            _("The ten seconds are over. The claim's page has the ways to take it back.")
        )
    if entry.number != claim.head_number:
        raise RuleBroken(_("Something was recorded on this claim since: look at its page first."))
