"""The bell: what a person was told, and by which ways they want to be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import workflow
from claims.admin.base import BIGGEST_KEY, is_key
from claims.admin.ledger import claim_url
from claims.admin.site import DeskSite, person_of
from claims.desk_vocabulary import NoticeKind
from claims.models import Notice, NoticeChoice, User

SHOWN = 50
COUNTED = 99


class ChoicesForm(forms.Form):
    """Two boxes for each kind of notice, and the digest."""

    daily_digest = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            for way in ("bell", "mail"):
                self.fields[f"{kind}_{way}"] = forms.BooleanField(required=False)

    def rows(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Yield each kind in words, with its box for the bell and its box for mail."""
        for kind in NoticeKind:
            yield str(kind.label), self[f"{kind}_bell"], self[f"{kind}_mail"]

    def ways(self) -> dict[NoticeKind, tuple[bool, bool]]:
        """Return what was ticked, as the verb takes it."""
        data = self.cleaned_data
        return {kind: (data[f"{kind}_bell"], data[f"{kind}_mail"]) for kind in NoticeKind}


def chosen_by(person: User) -> dict[str, bool]:
    """Return the form's first values: everything is told by both ways until somebody says otherwise."""
    values = {f"{kind}_{way}": True for kind in NoticeKind for way in ("bell", "mail")}
    for choice in NoticeChoice.objects.filter(person=person):
        values[f"{choice.kind}_bell"] = choice.in_bell
        values[f"{choice.kind}_mail"] = choice.by_mail
    return values | {"daily_digest": person.daily_digest}


def page_of(notice: Notice) -> str:
    """Return the page of what a notice is about."""
    if notice.claim_id is None:
        return reverse("admin:claims_webhook_change", args=[notice.webhook_id])
    return claim_url(notice.claim_id, "review" if notice.review_id else "")


class NoticePages:
    """The pages behind the bell."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Return where the pages live."""
        view = self.site.admin_view
        every = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("notices/", view(require_safe(self.show)), name="notices"),
            path("notices/count/", view(require_safe(self.count)), name="notices_count"),
            path("notices/read/", view(require_POST(self.read)), name="notices_read"),
            path("notices/choices/", view(every(self.choose)), name="notices_choices"),
            path("notices/<int:pk>/open/", view(require_POST(self.open)), name="notices_open"),
        ]

    def show(self, request: HttpRequest) -> HttpResponse:
        """List what the person was told, the latest first; `?before=` leads to older ones."""
        before = request.GET.get("before", "")
        notices = Notice.objects.of(person_of(request))
        if is_key(before):
            notices = notices.filter(pk__lt=int(before))
        page = list(notices[: SHOWN + 1])
        context = {
            **self.site.each_context(request),
            "title": _("Notices"),
            "notices": page[:SHOWN],
            "has_unread": any(one.read_at is None for one in page[:SHOWN]),
            "older": page[SHOWN - 1].pk if len(page) > SHOWN else None,
        }
        return TemplateResponse(request, "admin/notices.html", context)

    def count(self, request: HttpRequest) -> HttpResponse:
        """Say how many are unread, up to a hundred."""
        unread = Notice.objects.of(person_of(request)).unread().order_by()
        number = unread[: COUNTED + 1].count()
        answer = JsonResponse({"unread": number if number <= COUNTED else f"{COUNTED}+"})
        answer["Cache-Control"] = "no-store"
        return answer

    def read(self, request: HttpRequest) -> HttpResponse:
        """Mark all as read."""
        workflow.read_notices(by=person_of(request))
        messages.success(request, _("All notices are read."))
        return redirect("admin:notices")

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark one as read and go where it leads."""
        person = person_of(request)
        notice = Notice.objects.of(person).filter(pk=min(pk, BIGGEST_KEY)).first()
        if notice is None:
            raise Http404
        workflow.read_notices(by=person, only=[notice.pk])
        return redirect(page_of(notice))

    def choose(self, request: HttpRequest) -> HttpResponse:
        """Let the person say what they want to be told, and how."""
        person = person_of(request)
        form = ChoicesForm(request.POST if request.method == "POST" else None)
        form.initial = chosen_by(person)
        if form.is_valid():
            digest = form.cleaned_data["daily_digest"]
            workflow.choose_notices(form.ways(), by=person, daily_digest=digest)
            messages.success(request, _("Your choice holds from the next notice on."))
            return redirect(reverse("admin:notices_choices"))
        context = {
            **self.site.each_context(request),
            "title": _("What you are told"),
            "form": form,
            "address": person.email,
        }
        return TemplateResponse(request, "admin/notice_choices.html", context)
