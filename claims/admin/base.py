"""What holds for every list and page of the desk, accounts included."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from claims.admin.paging import BoundedPaginator

Row = TypeVar("Row", bound=Model)
WORDS, LETTERS = 12, 200
BIGGEST_KEY = 2**63 - 1


def is_key(sent: str) -> bool:
    """Whether what was sent could be a primary key: digits, and no more than a database can compare."""
    return sent.isascii() and sent.isdigit() and len(sent) < 19


class DeskAdmin(admin.ModelAdmin[Row]):
    """Lists without bulk actions, full counts or facets; searches as long as a database can take."""

    actions = None
    empty_value_display = "—"
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """Search for the first words only: each adds a condition, and databases bound their number and length."""
        words = " ".join(search_term[:LETTERS].split()[:WORDS])
        return super().get_search_results(request, queryset, words)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Options[Any], object_id: str
    ) -> HttpResponse:
        """Django would say "perhaps it was deleted"; nothing is, here."""
        said = _("There is no %(kind)s “%(key)s”. The address may be mistyped.")
        messages.warning(request, said % {"kind": opts.verbose_name, "key": object_id[:40]})
        return redirect("admin:index")
