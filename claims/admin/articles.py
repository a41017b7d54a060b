"""Articles on the desk: the list, and the workbench at which each is read for claims."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin import intake_pages
from claims.admin.accepting import AcceptClaim, AddAppearance
from claims.admin.cells import when
from claims.admin.claimed import ClaimedBefore
from claims.admin.intake import NewArticle
from claims.admin.ledger import ReadingAdmin
from claims.admin.setting_aside import SetAsideStatement, TakeUpStatement
from claims.admin.site import person_of
from claims.admin.steps import may
from claims.admin.undoing import Undo
from claims.admin.workbench import Workbench
from claims.models import Appearance, Article
from claims.vocabulary import Verb

LIST = "claims_article_changelist"
PAGES = (NewArticle, AcceptClaim, AddAppearance, SetAsideStatement, TakeUpStatement, Undo)


class ArticleAdmin(ReadingAdmin[Article]):
    """The frozen texts in which claims were found."""

    list_display = ("article", "publisher_name", "published_on", "found", "recorded")
    list_display_links = None
    list_filter = ("licence",)
    open_lookups = frozenset({"licence__exact"})
    search_fields = ("title", "publisher_name", "url")
    search_help_text = _("Words of the title, publisher or address")
    ordering = ("-recorded_at", "-pk")
    sortable_by = ("recorded",)
    change_list_template = "admin/claims/articles.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article, Article]:
        articles = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == LIST:
            here = Appearance.objects.standing().filter(article=OuterRef("pk")).order_by()
            counted = here.values("article").annotate(number=Count("pk")).values("number")
            return articles.defer("text").annotate(found=Coalesce(Subquery(counted), 0))
        return articles

    @admin.display(description=_("Article"))
    def article(self, article: Article) -> SafeString:
        """Lead to the article's text."""
        url = reverse("admin:claims_article_change", args=[article.pk])
        return format_html('<a href="{}">{}</a>', url, article.title)

    @admin.display(description=_("Claims found"))
    def found(self, article: Any) -> int:
        """How many appearances were recorded from it and stand."""
        count: int = article.found
        return count

    @admin.display(description=_("Recorded"), ordering="recorded_at")
    def recorded(self, article: Article) -> SafeString:
        """When it was brought in."""
        return when(article.recorded_at)

    def get_urls(self) -> list[URLPattern]:
        pages = [page(self.admin_site) for page in PAGES]  # type: ignore[arg-type]
        own = [page.urls("claims_article") for page in pages]
        asked = ClaimedBefore().url(self.admin_site)
        return [*own, *intake_pages.urls(self.admin_site), asked, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the articles, with the way to a new one."""
        person = person_of(request)
        context: dict[str, Any] = {"may_record": may(person, Verb.RECORD_ARTICLE)}
        if context["may_record"]:
            context["unfinished"] = intake_pages.unfinished_of(person)
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def show(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Show the workbench: the text, what was found in it, and what has become of that."""
        context = {
            **self.admin_site.each_context(request),
            "title": article.title,
            "opts": self.opts,
            "article": article,
            "bench": Workbench(article),
        }
        return TemplateResponse(request, "admin/claims/article.html", context)
