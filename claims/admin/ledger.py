"""What can be looked at on the desk and never touched: the base of every page, and the ledger's lists."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, Row
from claims.admin.cells import when
from claims.admin.copies import copy_urls
from claims.models import Appearance, Claim, Evidence, HistoryEntry, Verdict, Wording


class ReadingAdmin(DeskAdmin[Row]):
    """A model nobody adds, changes or deletes here, superusers included: verbs do, on pages of their own.

    Lists answer only the look-ups named in `open_lookups`; any other (a regular expression, a field of a
    related model) is refused with 400.
    """

    list_per_page = 50
    open_lookups: frozenset[str] = frozenset()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in self.open_lookups and "\0" not in value

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show an object to a person who may look at it; anything but looking is refused."""
        obj = self.viewed(request, object_id)
        return self.missing(request, object_id) if obj is None else self.show(request, obj)

    def show(self, request: HttpRequest, obj: Row, /) -> HttpResponse:
        """Answer with an object's page; here, with the list it stands in."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def viewed(self, request: HttpRequest, object_id: str) -> Row | None:
        """Return the object a person wants to look at; anything but looking is refused."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(gettext("This is changed by its own pages only."))
        obj = self.get_object(request, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied(gettext("You may not look at this."))
        return obj

    def missing(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer for an object that is not there."""
        response: HttpResponse = self._get_obj_does_not_exist_redirect(
            request, self.opts, object_id
        )
        return response


def claim_url(claim_id: int, fragment: str = "") -> str:
    """Return the address of a claim's page on the desk."""
    url = reverse("admin:claims_claim_change", args=[claim_id])
    return f"{url}#{fragment}" if fragment else url


def link_to_claim(claim: Claim, fragment: str = "") -> SafeString:
    """Return a link that reads as the claim's wording."""
    return format_html('<a href="{}">{}</a>', claim_url(claim.pk, fragment), claim)


class OfClaimAdmin(ReadingAdmin[Row]):
    """Rows that belong to a claim: a list whose rows lead to the claim's page."""

    list_display_links = None
    list_select_related: ClassVar[tuple[str, ...]] = ("claim", "entry")
    sortable_by: ClassVar[tuple[str, ...]] = ("recorded",)

    def number(self, row: Any) -> int:
        """Return the number of the entry the row belongs to."""
        number: int = row.entry.number
        return number

    @admin.display(description=_("Claim"))
    def of_claim(self, row: Any) -> SafeString:
        """Link to the row's place on its claim's page."""
        return link_to_claim(row.claim, f"entry-{self.number(row)}")

    @admin.display(description=_("Recorded"), ordering="pk")
    def recorded(self, row: Any) -> SafeString:
        """When the register learned it."""
        return when(row.entry.recorded_at)

    def show(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Lead to the claim's page, which shows the row where it belongs."""
        return redirect(claim_url(row.claim_id, f"entry-{self.number(row)}"))


class HistoryEntryAdmin(OfClaimAdmin[HistoryEntry]):
    """Every act on every claim."""

    list_display = ("of_claim", "number_and_act", "at", "effective_on", "by_name")
    list_filter = ("act",)
    list_select_related: ClassVar[tuple[str, ...]] = ("claim",)
    sortable_by: ClassVar[tuple[str, ...]] = ("at",)
    open_lookups = frozenset({"act__exact"})
    ordering = ("-pk",)

    def number(self, row: HistoryEntry) -> int:
        return row.number

    @admin.display(description=_("Act"))
    def number_and_act(self, entry: HistoryEntry) -> str:
        """Say the entry's number and what was done."""
        return str(entry)

    def get_queryset(self, request: HttpRequest) -> QuerySet[HistoryEntry]:
        """Leave the hashed bytes, which no list shows, where they are."""
        return super().get_queryset(request).defer("leaf")

    @admin.display(description=_("Recorded"), ordering="pk")
    def at(self, entry: HistoryEntry) -> SafeString:
        """When the register learned it."""
        return when(entry.recorded_at)


class EvidenceAdmin(OfClaimAdmin[Evidence]):
    """All evidence, to find where a source is used."""

    list_display = ("source", "stance", "kind", "publisher_name", "of_claim", "recorded")
    list_filter = ("stance", "kind")
    open_lookups = frozenset({"stance__exact", "kind__exact"})
    search_fields = ("title", "url", "source_text", "publisher_name")
    search_help_text = _("Words of the title, address, description or publisher")
    ordering = ("-pk",)

    def get_urls(self) -> list[URLPattern]:
        return [*copy_urls(self.admin_site), *super().get_urls()]  # type: ignore[arg-type]

    @admin.display(description=_("Source"))
    def source(self, evidence: Evidence) -> str:
        """Name the source."""
        return str(evidence)


class VerdictAdmin(OfClaimAdmin[Verdict]):
    """All verdicts ever given."""

    list_display = ("of_claim", "status", "cause", "recorded")
    list_filter = ("status", "cause")
    open_lookups = frozenset({"status__exact", "cause__exact"})
    ordering = ("-pk",)


class WordingAdmin(OfClaimAdmin[Wording]):
    """All wordings, the earlier ones too."""

    list_display = ("of_claim", "version", "text", "recorded")
    search_fields = ("text",)
    ordering = ("-pk",)


class AppearanceAdmin(OfClaimAdmin[Appearance]):
    """All places where claims were found."""

    list_display = ("of_claim", "exact", "speaker_name", "position", "recorded")
    list_filter = ("position", "cue_class")
    open_lookups = frozenset({"position__exact", "cue_class__exact"})
    search_fields = ("exact", "speaker_name")
    ordering = ("-pk",)
