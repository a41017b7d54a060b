"""The desk's site: navigation, dashboard, and nothing of the stock admin's index."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.finding import searched_by
from claims.admin.navigation import navigation
from claims.models import User
from claims.vocabulary import Verb


def person_of(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied(gettext("Sign in first."))
    return request.user


class DeskSite(admin.AdminSite):
    """Where people work on the register."""

    site_header = site_title = format_lazy(
        _("{register} desk"), register=settings.FACTCHECK_REGISTER_NAME
    )
    index_title = _("Desk")
    enable_nav_sidebar = False
    login_template = "admin/login.html"
    logout_template = "admin/logged_out.html"
    password_change_template = "admin/password_change.html"  # noqa: S105
    password_change_done_template = "admin/password_change_done.html"  # noqa: S105

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put our own pages before those of the lists."""
        from claims.admin.activity import ActivityPages
        from claims.admin.exports import ExportPages
        from claims.admin.manners import MannersPages
        from claims.admin.notices import NoticePages
        from claims.admin.palette import PalettePages
        from claims.admin.saved_filters import SavedFilterPages

        kinds = (
            NoticePages,
            MannersPages,
            ActivityPages,
            ExportPages,
            SavedFilterPages,
            PalettePages,
        )
        return [*(url for kind in kinds for url in kind(self).urls()), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the navigation to what every page gets."""
        context = super().each_context(request)
        if context["has_permission"]:
            links = context["navigation"] = list(navigation(request))
            context["here"] = next((link.label for link in links if link.current), "")
            rare = [link for link in links if link.rare]
            context["searched"] = searched_by(person_of(request))
            context["has_rare"] = bool(rare)
            context["rare_here"] = next((link.label for link in rare if link.current), "")
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what is waiting for this person."""
        from claims.admin.dashboard import queues_for
        from claims.admin.overview import Overview
        from claims.admin.steps import may

        person = person_of(request)
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "queues": queues_for(person),
            "may_record": may(person, Verb.RECORD_ARTICLE),
            "overview": Overview() if may(person, Verb.PROPOSE_VERDICT) else None,
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", context)

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one index."""
        return redirect("admin:index")
