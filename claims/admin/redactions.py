"""Lawful erasure on the desk: one editor asks, another carries it out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.admin.cells import when
from claims.admin.forms import ErasureForm, RedactionForm, name_of
from claims.admin.ledger import ReadingAdmin, claim_url
from claims.admin.pages import VerbPage
from claims.admin.site import person_of
from claims.admin.steps import may
from claims.models import Claim, HistoryEntry, RedactionRequest, User
from claims.vocabulary import RedactionReason, Verb
from claims.workflow import RuleBroken

SHOWN = 120
BOOLEAN = BooleanField()


class AskForErasure(VerbPage[HistoryEntry]):
    verb = Verb.PROPOSE_REDACTION
    slug, title, button = "redact", _("Ask for an erasure"), _("Ask for it")
    route = "<int:pk>/entry/<int:number>/"
    done = _("Erasure asked for. Another editor must carry it out.")
    intro = _(
        "An erased value is gone for good. That it existed, and on what ground it was erased, stays public."
    )
    form_class = RedactionForm
    template = "admin/claims/redact.html"

    def subject(self, **ids: int) -> HistoryEntry:
        rows = HistoryEntry.objects.select_related("claim__claimant")
        return get_object_or_404(rows, claim=ids["pk"], number=ids["number"])

    def claim_of(self, subject: HistoryEntry) -> Claim:
        return subject.claim

    def back(self, subject: HistoryEntry) -> str:
        return claim_url(subject.claim_id, f"entry-{subject.number}")

    def form(self, subject: HistoryEntry, request: HttpRequest, **data: Any) -> forms.Form:
        values = workflow.erasable_fields(subject)
        shown = {name: value[:SHOWN] for name, (value, _) in values.items()}
        return RedactionForm(values=shown, **data)

    def perform(self, subject: HistoryEntry, data: dict[str, Any], by: User) -> RedactionRequest:
        names, reason = data["fields_to_erase"], RedactionReason(data["reason"])
        try:
            return workflow.propose_redaction(subject, fields=names, reason=reason, by=by)
        except RuleBroken as refusal:
            raise RuleBroken(" ".join(refusal.messages), field="fields_to_erase") from refusal


class Erase(VerbPage[RedactionRequest]):
    verb = Verb.REDACT_TEXT
    slug, title, button = "carry-out", _("Carry out an erasure"), _("Erase for good")
    done = _("Erased. The history shows that it was, and on what ground.")
    intro = _("This cannot be undone.")
    form_class = ErasureForm
    template = "admin/claims/erase.html"

    def subject(self, **ids: int) -> RedactionRequest:
        rows = RedactionRequest.objects.select_related("entry__claim__claimant", "requested_by")
        return get_object_or_404(rows, **ids)

    def claim_of(self, subject: RedactionRequest) -> Claim:
        return subject.entry.claim

    def back(self, subject: RedactionRequest) -> str:
        return claim_url(subject.entry.claim_id, f"entry-{subject.entry.number}")

    def closed_because(self, subject: RedactionRequest, by: User) -> str:
        if subject.carried_out_id:
            return gettext("This erasure was carried out already.")
        mine = subject.requested_by_id == by.pk
        return (
            gettext("You asked for this erasure; another editor must carry it out.") if mine else ""
        )

    def context(self, subject: RedactionRequest, form: forms.Form) -> dict[str, Any]:
        values = workflow.erasable_fields(subject.entry)
        asked = [(name_of(name), values.get(name, ("", b""))[0]) for name in subject.field_names]
        return {"values": asked}

    def perform(self, subject: RedactionRequest, data: dict[str, Any], by: User) -> HistoryEntry:
        return workflow.redact_text(subject, by=by)


class CarriedOutFilter(admin.SimpleListFilter):
    """Which requests still wait."""

    title = _("carried out")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        return [("no", _("Waiting")), ("yes", _("Carried out"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RedactionRequest]
    ) -> QuerySet[RedactionRequest]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(carried_out__isnull=self.value() == "no")


class RedactionRequestAdmin(ReadingAdmin[RedactionRequest]):
    """Who asked for what to be erased, and whether it was."""

    list_display = ("what", "reason", "asked_by", "asked", "waits")
    list_display_links = None
    list_filter = (CarriedOutFilter, "reason")
    list_select_related = ("entry", "requested_by", "carried_out")
    open_lookups = frozenset({"done", "reason__exact"})

    @admin.display(description=_("What"))
    def what(self, request: RedactionRequest) -> SafeString:
        """Name the values, never show them."""
        names = "; ".join(name_of(name) for name in request.field_names)
        url = claim_url(request.entry.claim_id, f"entry-{request.entry.number}")
        said = gettext("%(values)s of entry %(number)d")
        told = said % {"values": names, "number": request.entry.number}
        return format_html('<a href="{}">{}</a>', url, told)

    @admin.display(description=_("Asked for"), ordering="requested_at")
    def asked(self, request: RedactionRequest) -> SafeString:
        """When it was asked for."""
        return when(request.requested_at)

    @admin.display(description=_("Asked for by"), ordering="requested_by__public_name")
    def asked_by(self, request: RedactionRequest) -> str:
        """Who asked for it."""
        return request.requested_by.public_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[RedactionRequest]:
        """Tell apart, in every row, what this person may carry out: never what they asked for themselves."""
        person = person_of(request)
        others = ~Q(requested_by=person) if may(person, Verb.REDACT_TEXT) else Q(pk=None)
        return super().get_queryset(request).annotate(mine_to_do=ExpressionWrapper(others, BOOLEAN))

    @admin.display(description=_("Carried out"))
    def waits(self, request: Any) -> str | SafeString:
        """When it was carried out; else the way to doing so, for those who may."""
        if request.carried_out:
            return when(request.carried_out.recorded_at)
        if not request.mine_to_do:
            return gettext("Waits for another editor")
        url = reverse("admin:claims_redactionrequest_carry-out", args=[request.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Carry out"))

    def get_urls(self) -> list[URLPattern]:
        page = Erase(self.admin_site)  # type: ignore[arg-type]
        return [page.urls("claims_redactionrequest"), *super().get_urls()]

    def show(self, request: HttpRequest, found: Any) -> HttpResponse:
        """Lead to the page on which it is carried out, or to the entry it is about."""
        if found.mine_to_do and not found.carried_out_id:
            return redirect("admin:claims_redactionrequest_carry-out", found.pk)
        return redirect(claim_url(found.entry.claim_id, f"entry-{found.entry.number}"))
