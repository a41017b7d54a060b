"""Writing articles: a text is frozen as it is, an address is fetched and waits for somebody on the desk."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import workflow
from claims.api.articles import ArticleList
from claims.api.described_writes import written
from claims.api.shapes.writing import NewArticleSerializer
from claims.api.writing.doors import Writing
from claims.api.writing.members import Members
from claims.desk_vocabulary import Scope
from claims.models import User
from claims.tasks import enqueue
from claims.tasks.intakes import fetch_article
from claims.vocabulary import Licence
from claims.workflow import ArticleDraft, IntakeDraft
from claims.workflow.api_writes import Written
from claims.workflow.intake import domain_of

ARTICLE = (
    "text",
    "url",
    "title",
    "standfirst",
    "authors",
    "dateline",
    "publisher",
    "published_on",
    "language",
    "licence",
)


class Articles(Writing, ArticleList):
    """The articles of the register, and the way to record one."""

    scope = Scope.RECORD_ARTICLE
    most_bytes = 5_000_000
    places = {"publisher_name": "/publisher", "name": "/publisher", "domain": "/url"}

    @written(
        "recordArticle",
        "Record an article",
        NewArticleSerializer,
        also={
            200: "The register holds this very text already; this is the article.",
            202: "The address waits to be fetched, and then for somebody on the desk.",
        },
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Freeze the text of an article, or have an address fetched.

        With `text`, `title` is needed, and what else is known of it can be said. A text that the register holds already
        is recognised; a changed one from a known address takes the place of the last. With `url` alone, the page
        is fetched, and somebody on the desk looks at what was found before it is recorded.
        """
        return self.post_once(request)

    def act(self, given: dict[str, Any], by: User, **ids: str) -> Written:
        """Call record_article for a text, start_intake for an address alone."""
        members = Members(given, ARTICLE)
        if "text" in members.given:
            return _recorded(members, by)
        members.need("url")
        for name in set(members.given) - {"url"}:
            members.refuse(name, "goes with a text: what is fetched says so itself")
        url = members.text("url")
        members.check()
        intake = workflow.start_intake(IntakeDraft(url=url), by=by)
        enqueue(fetch_article, intake.pk)
        return Written(status=202, intake=intake)


def _recorded(members: Members, by: User) -> Written:
    members.need("title")
    text, url = members.text("text"), members.text("url")
    said: dict[str, Any] = {
        "title": members.text("title"),
        "text": text,
        "url": url,
        "standfirst": members.text("standfirst"),
        "authors": members.texts("authors"),
        "dateline": members.text("dateline"),
        "published_on": members.day("published_on"),
        "language": members.text("language") or "en",
        "licence": members.word("licence", Licence, Licence.QUOTES_ONLY),
    }
    name = members.text("publisher")
    members.check()
    publisher = None
    if name:
        publisher = workflow.record_publisher(name=name, domain=domain_of(url), by=by)
    draft = ArticleDraft(original=text.encode(), publisher=publisher, **said)
    recorded = workflow.record_article(draft, by=by)
    return Written(status=201 if recorded.created else 200, article=recorded.article)
