"""Filters that people keep for themselves: shown above the list they are of, saved and deleted from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.forms import line
from claims.admin.pages import show_refusal
from claims.admin.site import DeskSite, person_of
from claims.desk_vocabulary import FilteredList
from claims.models import SavedFilter, User

LISTS = {
    FilteredList.REVIEWS: "admin:claims_review_changelist",
    FilteredList.REPORTS: "admin:claims_readerreport_changelist",
    FilteredList.STALE: "admin:claims_review_stale",
}


class SaveForm(forms.Form):
    """A name for what a list is narrowed by."""

    name = line(gettext_lazy("Name"), required=True)
    list = forms.ChoiceField(choices=FilteredList.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved filter as a list offers it."""

    saved: SavedFilter
    url: str
    current: bool


def kept_by(person: User, which: FilteredList, query: str) -> list[Kept]:
    """Return the filters a person keeps of a list; `query` is what it is narrowed by now."""
    return [
        Kept(saved, address_of(saved), saved.query == query)
        for saved in SavedFilter.objects.of(person, which)
    ]


def address_of(saved: SavedFilter) -> str:
    """Return where a saved filter leads."""
    return f"{reverse(LISTS[FilteredList(saved.list)])}?{saved.query}"


def _list_url(sent: str) -> str:
    known = sent in FilteredList.values
    return reverse(LISTS[FilteredList(sent) if known else FilteredList.REVIEWS])


class SavedFilterPages:
    """Saving and deleting; both answer to POST alone."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Return where the pages live."""
        save = self.site.admin_view(require_POST(self.save))
        delete = self.site.admin_view(require_POST(self.delete))
        return [
            path("filters/save/", save, name="save_filter"),
            path("filters/<int:pk>/delete/", delete, name="delete_filter"),
        ]

    def save(self, request: HttpRequest) -> HttpResponse:
        """Keep what was narrowed, under the name that was typed."""
        form = SaveForm(request.POST)
        if form.is_valid():
            try:
                saved = workflow.save_filter(by=person_of(request), **form.cleaned_data)
            except ValidationError as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("Filter saved."))
                return redirect(address_of(saved))
        context: dict[str, Any] = {
            **self.site.each_context(request),
            "title": _("Save a filter"),
            "form": form,
            "back": _list_url(request.POST.get("list", "")),
        }
        return TemplateResponse(request, "admin/claims/save_filter.html", context)

    def delete(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete one of one's own; there is no other."""
        person = person_of(request)
        saved = SavedFilter.objects.filter(pk=min(pk, BIGGEST_KEY), person=person).first()
        if saved is None:
            raise Http404
        workflow.delete_filter(saved, by=person)
        messages.success(request, _("Filter deleted."))
        return redirect(reverse(LISTS[FilteredList(saved.list)]))
