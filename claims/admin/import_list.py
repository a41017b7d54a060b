"""Imports on the desk: their list, and the page of one: how far it is, what would become of its rows, what became."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims.admin import import_pages
from claims.admin.base import BIGGEST_KEY
from claims.admin.cells import when
from claims.admin.import_pages import counted, is_slow
from claims.admin.ledger import ReadingAdmin
from claims.admin.site import person_of
from claims.admin.steps import may
from claims.desk_vocabulary import ImportState, RowOutcome
from claims.models import ImportRow, ImportRun
from claims.streaming import as_sent
from claims.vocabulary import Verb

PAGE = 50
COLUMNS = ("row", "outcome", "reason", "claim", "wording")


class ImportRunAdmin(ReadingAdmin[ImportRun]):
    """Files of checked claims that were sent to be brought in."""

    list_display = ("file", "format", "state", "rows_found", "sent_by", "begun", "confirmed")
    list_display_links = None
    list_filter = ("state",)
    open_lookups = frozenset({"state__exact"})
    ordering = ("-pk",)
    sortable_by = ()
    change_list_template = "admin/claims/imports.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun, ImportRun]:
        runs: Any = super().get_queryset(request)
        found: QuerySet[ImportRun, ImportRun] = runs.without_file().with_people()
        return found

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the imports, with the way to a new one."""
        context = {"may_import": may(person_of(request), Verb.IMPORT_VERDICT)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=gettext_lazy("File"))
    def file(self, run: ImportRun) -> SafeString:
        """Lead to the import's page."""
        return format_html('<a href="{}">{}</a>', import_pages.import_url(run), run.file_name)

    @admin.display(description=gettext_lazy("Rows"))
    def rows_found(self, run: ImportRun) -> str:
        """How many rows were found in it."""
        return f"{run.total:,}" if run.total else "—"

    @admin.display(description=gettext_lazy("By"))
    def sent_by(self, run: ImportRun) -> str:
        """Who sent it."""
        return run.by.public_name

    @admin.display(description=gettext_lazy("Begun"))
    def begun(self, run: ImportRun) -> SafeString:
        """When it was sent."""
        return when(run.at)

    @admin.display(description=gettext_lazy("Confirmed"))
    def confirmed(self, run: ImportRun) -> SafeString | str:
        """Who said that it is to be brought in, and when."""
        if run.confirmed_by is None or run.confirmed_at is None:
            return "—"
        return format_html("{}, {}", run.confirmed_by.public_name, when(run.confirmed_at))

    def get_urls(self) -> list[URLPattern]:
        told = self.admin_site.admin_view(report)
        whole = [
            path(f"<int:pk>/report.{form}", told, {"form": form}, name=f"claims_importrun_{form}")
            for form in WRITERS
        ]
        return [*import_pages.urls(self.admin_site), *whole, *super().get_urls()]

    def show(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """Show how far an import has come, or what is known of its rows."""
        if run.is_under_way:
            return self._under_way(request, run)
        counts = run.rows.all().counted()
        chosen = request.GET.get("outcome", "")
        if chosen and chosen not in RowOutcome.values:
            raise Http404
        lines, following = self._page_of(run, chosen, request.GET.get("after", "0"))
        context = {
            **self._about(request, run),
            "counts": [(one, counts[one]) for one in RowOutcome if one in counts],
            "all": sum(counts.values()),
            "chosen": chosen,
            "lines": lines,
            "following": following,
            "ready": run.state == ImportState.READY,
            "may_confirm": may(person_of(request), Verb.IMPORT_VERDICT),
            "seen": run.changed_at.isoformat(),
        }
        return TemplateResponse(request, "admin/claims/import.html", context)

    def _under_way(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        context = {
            **self._about(request, run),
            "slow": is_slow(run),
            "counted": counted(run),
            "reading": run.state in (ImportState.WAITING, ImportState.READING),
        }
        return TemplateResponse(request, "admin/claims/import_progress.html", context)

    def _about(self, request: HttpRequest, run: ImportRun) -> dict[str, Any]:
        title = {
            ImportState.READY: _("What would come in"),
            ImportState.DONE: _("What came in"),
            ImportState.FAILED: _("The import failed"),
            ImportState.DISCARDED: _("Import discarded"),
        }.get(ImportState(run.state), _("Importing a file"))
        return {**self.admin_site.each_context(request), "title": title, "run": run}

    def _page_of(self, run: ImportRun, outcome: str, after: str) -> tuple[list[ImportRow], int]:
        """Return the lines of a page, and the key behind which the next one begins, 0 where this is the last."""
        if not (after.isascii() and after.isdigit()) or int(after) > BIGGEST_KEY:
            raise Http404
        rows = run.rows.all().in_order().filter(pk__gt=int(after))
        found = list((rows.filter(outcome=outcome) if outcome else rows)[: PAGE + 1])
        lines = found[:PAGE]
        return lines, lines[-1].pk if len(found) > PAGE else 0


@require_safe
def report(request: HttpRequest, pk: int, form: str) -> StreamingHttpResponse:
    """Answer with all that is known of the rows of an import, as CSV or JSON."""
    if not person_of(request).has_perm("claims.view_importrun"):
        raise PermissionDenied(_("You may not look at this."))
    run = get_object_or_404(ImportRun.objects.without_file(), pk=min(pk, BIGGEST_KEY))
    media_type, write = WRITERS[form]
    answer = StreamingHttpResponse(as_sent(request, write(run)), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="import-{run.pk}.{form}"'
    return answer


def _cells(row: ImportRow) -> dict[str, str]:
    return {
        "row": row.place,
        "outcome": row.outcome,
        "reason": row.reason,
        "claim": row.claim.public_id if row.claim else "",
        "wording": row.wording,
    }


class _Passed:
    """What csv writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _as_csv(run: ImportRun) -> Iterator[str]:
    table = csv.DictWriter(_Passed(), COLUMNS)
    yield str(table.writerow(dict(zip(COLUMNS, COLUMNS, strict=True))))
    for row in run.rows.all().in_order().iterator():
        cells = {name: _harmless(value) for name, value in _cells(row).items()}
        yield str(table.writerow(cells))


def _harmless(text: str) -> str:
    """Return a cell that no table program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _as_json(run: ImportRun) -> Iterator[str]:
    yield '{"rows": ['
    between = ""
    for row in run.rows.all().in_order().iterator():
        yield between + json.dumps(_cells(row), ensure_ascii=False)
        between = ",\n"
    yield "]}\n"


WRITERS = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "json": ("application/json", _as_json),
}
