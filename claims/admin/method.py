"""The method on the desk: its versions, what changed in each, and the page on which the next one is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.cells import when
from claims.admin.ledger import ReadingAdmin
from claims.admin.pages import Changed, VerbPage
from claims.admin.site import person_of
from claims.admin.steps import may
from claims.differences import Run, differences
from claims.models import Claim, MethodVersion, User
from claims.vocabulary import Verb
from claims.workflow import RuleBroken

LIST = "admin:claims_methodversion_changelist"


class MethodForm(forms.Form):
    """The next version: all of it, not what changes."""

    body = forms.CharField(
        label=_("Text"),
        help_text=_(
            "Markdown. Readers see it on the method page, below what is the same everywhere."
        ),
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    checklist = forms.CharField(
        label=_("Checklist"),
        help_text=_("One item a line, for reviews opened from now on. Readers see it too."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    reason = forms.CharField(
        label=_("What changed, and why"),
        help_text=_("Readers see this beside the version."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Draft:
    """A next version as it was typed, and what it changes."""

    body: str
    items: list[str]
    changes: list[Run]
    item_changes: list[Run]

    @property
    def digest(self) -> str:
        """What stands for exactly this draft."""
        return hashlib.sha256("\0".join([self.body, *self.items]).encode()).hexdigest()


def draft_of(data: dict[str, Any], last: MethodVersion) -> Draft:
    """Return what a filled in form says, beside the version it follows."""
    items = [line.strip() for line in data["checklist"].splitlines() if line.strip()]
    body = data["body"].replace("\r\n", "\n")
    return Draft(
        body, items, differences(last.body, body), differences(items_of(last), "\n".join(items))
    )


def items_of(version: MethodVersion) -> str:
    """Return a version's checklist, one item a line."""
    return "\n".join(item.text for item in version.items.all()) if version.pk else ""


class PublishMethod(VerbPage[MethodVersion]):
    verb = Verb.PUBLISH_METHOD
    slug, title, button = "new", _("Write the next version of the method"), _("Preview")
    route = ""
    done = _(
        "Published. Readers see it from now on; reviews opened from now on have its checklist."
    )
    intro = _(
        "A version is never changed; the next one takes its place, and the earlier stay readable."
    )
    template = "admin/claims/publish_method.html"

    def subject(self, **ids: int) -> MethodVersion:
        return MethodVersion.objects.with_checklist().in_force() or MethodVersion(number=0)

    def claim_of(self, subject: MethodVersion) -> Claim | None:
        return None

    def back(self, subject: MethodVersion) -> str:
        return reverse(LIST)

    def after(self, subject: MethodVersion, result: MethodVersion) -> str:
        return reverse("admin:claims_methodversion_change", args=[result.pk])

    def logged(self, subject: MethodVersion, result: MethodVersion) -> MethodVersion:
        return result

    def version(self, subject: MethodVersion) -> str:
        return str(subject.number)

    def _unchanged(
        self, request: HttpRequest, subject: MethodVersion, ids: dict[str, int]
    ) -> MethodVersion:
        if self.version(subject) != request.POST.get("seen"):
            raise Changed
        return subject

    def form(self, subject: MethodVersion, request: HttpRequest, **data: Any) -> forms.Form:
        initial = {"body": subject.body, "checklist": items_of(subject)}
        return MethodForm(initial=initial, **data)

    def context(self, subject: MethodVersion, form: forms.Form) -> dict[str, Any]:
        typed = form.is_bound and {"body", "checklist"} <= set(form.cleaned_data)
        draft = draft_of(form.cleaned_data, subject) if typed else None
        return {"draft": draft, "next_number": subject.number + 1}

    def perform(self, subject: MethodVersion, data: dict[str, Any], by: User) -> MethodVersion:
        draft = draft_of(data, subject)
        if data["shown"] != draft.digest:
            raise RuleBroken(
                say("Nothing was published yet: look at what readers will see, then publish it.")
            )
        return workflow.publish_method(
            body=draft.body,
            checklist=draft.items,
            reason=data["reason"],
            after=subject.number,
            by=by,
        )


class MethodVersionAdmin(ReadingAdmin[MethodVersion]):
    """Every version of the method, the newest first."""

    list_display = ("version", "why", "written_by", "since")
    list_display_links = ("version",)
    ordering = ("-number",)
    change_list_template = "admin/claims/methods.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[MethodVersion]:
        return MethodVersion.objects.listed()

    @admin.display(description=_("Version"), ordering="number")
    def version(self, version: MethodVersion) -> str:
        """Name it."""
        return str(version)

    @admin.display(description=_("Reason"))
    def why(self, version: MethodVersion) -> str:
        """Say why it was written."""
        return version.reason

    @admin.display(description=_("Written by"))
    def written_by(self, version: MethodVersion) -> str:
        """Name whoever wrote it."""
        return version.by.public_name if version.by else "—"

    @admin.display(description=_("In force since"), ordering="at")
    def since(self, version: MethodVersion) -> SafeString:
        """Say when it was published."""
        return when(version.at)

    def get_urls(self) -> list[URLPattern]:
        page = PublishMethod(self.admin_site)  # type: ignore[arg-type]
        return [page.urls("claims_methodversion"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        able = {"may_publish": may(person_of(request), Verb.PUBLISH_METHOD)}
        return super().changelist_view(request, {**able, **(extra_context or {})})

    def show(self, request: HttpRequest, version: MethodVersion) -> HttpResponse:
        """Show a version, and what it changed in the one before."""
        versions = MethodVersion.objects.with_checklist().select_related("by")
        version, *others = versions.until(version.number)[:2]
        earlier = others[0] if others else None
        before = earlier or MethodVersion(number=0)
        context = {
            **self.admin_site.each_context(request),
            "title": str(version),
            "opts": self.opts,
            "version": version,
            "earlier": earlier,
            "changes": differences(before.body, version.body),
            "item_changes": differences(items_of(before), items_of(version)),
        }
        return TemplateResponse(request, "admin/claims/method.html", context)
