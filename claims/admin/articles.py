"""Articles on the desk: the list, and each article's text with the statements found in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin import intake_pages
from claims.admin.accepting import (
    READ_AT_MOST,
    AcceptClaim,
    AddAppearance,
    place_of,
    statements_in,
)
from claims.admin.cells import when
from claims.admin.intake import NewArticle
from claims.admin.ledger import ReadingAdmin
from claims.admin.site import person_of
from claims.admin.steps import may
from claims.models import Appearance, Article
from claims.reading.attribution import Statement
from claims.vocabulary import Verb

LIST = "claims_article_changelist"
PAGES = (NewArticle, AcceptClaim, AddAppearance)


@dataclass(slots=True)
class Suggestion:
    """A statement found in an article, and the claims it has become."""

    number: int
    statement: Statement
    accepted: list[Appearance] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it stands, as addresses write it."""
        return place_of(self.statement)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's text, marked when it belongs to a suggestion."""

    text: str
    suggestion: Suggestion | None = None


def suggestions_in(article: Article, appearances: Iterable[Appearance]) -> list[Suggestion]:
    """Return what was found, each with the appearances recorded at its place."""
    found = [Suggestion(n, one) for n, one in enumerate(statements_in(article), start=1)]
    at_place = {suggestion.place: suggestion for suggestion in found}
    for appearance in appearances:
        suggestion = at_place.get(f"{appearance.start}-{appearance.end}")
        if suggestion:
            suggestion.accepted.append(appearance)
    return found


def marked(text: str, suggestions: Iterable[Suggestion]) -> list[list[Piece]]:
    """Return the text as paragraphs of pieces; where suggestions overlap, the first is marked."""
    pieces: list[Piece] = []
    at = 0
    for suggestion in sorted(suggestions, key=lambda one: one.statement.start):
        start, end = suggestion.statement.start, suggestion.statement.end
        if start < at:
            continue
        pieces += [Piece(text[at:start]), Piece(text[start:end], suggestion)]
        at = end
    return list(paragraphs_of([*pieces, Piece(text[at:])]))


def paragraphs_of(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    """Yield the pieces by paragraph; a suggestion that runs over several is marked in each."""
    current: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n\n")
        current.append(Piece(first, piece.suggestion))
        for other in others:
            yield current
            current = [Piece(other, piece.suggestion)]
    yield current


class ArticleAdmin(ReadingAdmin[Article]):
    """The frozen texts in which claims were found."""

    list_display = ("article", "publisher_name", "published_on", "found", "recorded")
    list_display_links = None
    list_filter = ("licence",)
    open_lookups = frozenset({"licence__exact"})
    search_fields = ("title", "publisher_name", "url")
    search_help_text = _("Words of the title, publisher or address")
    ordering = ("-recorded_at", "-pk")
    change_list_template = "admin/claims/articles.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == LIST:
            standing = Q(appearances__in=Appearance.objects.standing())
            return articles.defer("text").annotate(found=Count("appearances", filter=standing))
        return articles

    @admin.display(description=_("Article"), ordering="title")
    def article(self, article: Article) -> SafeString:
        """Lead to the article's text."""
        url = reverse("admin:claims_article_change", args=[article.pk])
        return format_html('<a href="{}">{}</a>', url, article.title)

    @admin.display(description=_("Claims found"), ordering="found")
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
        return [*own, *intake_pages.urls(self.admin_site), *super().get_urls()]

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
        """Show the text, what was found in it, and what has become of that."""
        appearances = list(article.appearances.standing().select_related("claim", "entry"))
        found = suggestions_in(article, appearances)
        person = person_of(request)
        context = {
            **self.admin_site.each_context(request),
            "title": article.title,
            "opts": self.opts,
            "article": article,
            "suggestions": found,
            "paragraphs": marked(article.text, found),
            "others": _elsewhere(appearances, found),
            "cut": len(article.text) > READ_AT_MOST,
            "may_accept": may(person, Verb.RECORD_CLAIM),
            "may_add": may(person, Verb.ADD_APPEARANCE),
        }
        return TemplateResponse(request, "admin/claims/article.html", context)


def _elsewhere(appearances: list[Appearance], found: list[Suggestion]) -> list[Appearance]:
    """Return the recorded appearances that no suggestion shows."""
    shown = {appearance.pk for suggestion in found for appearance in suggestion.accepted}
    return [appearance for appearance in appearances if appearance.pk not in shown]
