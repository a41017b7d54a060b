"""Filters that are chosen in one form above a list, with the chosen ones named so that each can be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from claims.admin.base import Row
from claims.admin.ledger import ReadingAdmin
from claims.admin.saved_filters import kept_by
from claims.admin.site import person_of
from claims.desk_vocabulary import FilteredList
from claims.models import User

Offers = Iterable[tuple[Any, Any]]


class ChoiceFilter(admin.SimpleListFilter):
    """One of a few choices. Anything else that is sent is no choice, as everywhere in Django's lists."""

    asked: ClassVar[bool] = True
    choices_: ClassVar[Sequence[tuple[Any, Any]]] = ()

    def offers(self, person: User) -> Offers:
        """Return what `person` can choose, each with its label."""
        return self.choices_

    def narrowed(self, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        """Return those of `rows` that fit what was chosen."""
        return rows.filter(**{str(self.parameter_name): chosen})

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        self.person = person_of(request)
        return list(self.offers(self.person))

    def value(self) -> str | None:
        sent = super().value()
        return sent if sent in {str(value) for value, _ in self.lookup_choices} else None

    @property
    def label(self) -> Any:
        """The label of what was chosen."""
        return next(label for value, label in self.lookup_choices if str(value) == self.value())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset if chosen is None else self.narrowed(queryset, chosen)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is in force, and the address of the list without it."""

    title: Any
    label: Any
    without: str


def chosen_in(changes: ChangeList) -> list[Chosen]:
    """Return the filters in force on a list."""
    return [
        Chosen(spec.title, spec.label, changes.get_query_string({str(spec.parameter_name): None}))
        for spec in changes.filter_specs
        if isinstance(spec, ChoiceFilter) and spec.asked and spec.value() is not None
    ]


class FormFilteredAdmin(ReadingAdmin[Row]):
    """A list whose filters are one form. What was left open in it does not stay in the address."""

    change_list_template = "admin/claims/work_list.html"
    kept_as: ClassVar[FilteredList | None] = None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if any(value == "" for values in request.GET.lists() for value in values[1]):
            return redirect(f"{request.path}?{_given(request)}")
        answer = super().changelist_view(request, extra_context)
        if isinstance(answer, TemplateResponse) and "cl" in (answer.context_data or {}):
            self._describe(answer)
            self._offer_kept(request, answer)
        return answer

    def _describe(self, answer: TemplateResponse) -> None:
        context: Any = answer.context_data
        changes = context["cl"]
        asked = [spec for spec in changes.filter_specs if getattr(spec, "asked", False)]
        names = {str(spec.parameter_name) for spec in asked}
        kept = {name: value for name, value in changes.params.items() if name not in names}
        context |= {
            "asked": asked,
            "chosen": chosen_in(changes),
            "kept": {name: value for name, value in kept.items() if name != "q"},
            "unfiltered": changes.get_query_string(dict.fromkeys([*names, "q"])),
        }

    def _offer_kept(self, request: HttpRequest, answer: TemplateResponse) -> None:
        if self.kept_as is None:
            return
        context: Any = answer.context_data
        query = urlencode([pair for pair in parse_qsl(request.GET.urlencode()) if pair[0] != "p"])
        narrowed = bool(context["chosen"] or context["cl"].query)
        context |= {
            "saved": kept_by(person_of(request), self.kept_as, query),
            "to_save": query if narrowed else "",
            "kept_as": self.kept_as,
        }


def _given(request: HttpRequest) -> str:
    given = request.GET.copy()
    for name, values in list(given.lists()):
        full = [value for value in values if value != ""]
        given.setlist(name, full)
        if not full:
            del given[name]
    return given.urlencode()
