"""Articles in which published claims were found; their text only where its licence allows."""

from __future__ import annotations

import orjson
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.described import PAGE_PARAMETERS, described
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.shapes.lists import ArticlePageSerializer
from claims.api.shapes.parties import ArticleSerializer
from claims.document_parts import Part, appearance_part
from claims.history.canonical import fact_of, moment_text
from claims.history.state import State, StoodAppearance
from claims.models import Appearance, Article, Claim, HistoryEntry, Redaction
from claims.vocabulary import Licence

NEWEST_FIRST = Order(("pk",))
BLACKED_OUT = "█"


class ArticleList(ReadOnlyView):
    """The articles of the register."""

    @described("listArticles", "List articles", ArticlePageSerializer, parameters=PAGE_PARAMETERS)
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the articles in which published claims appear, those recorded last first."""
        pager = Pager(request, Parameters(request.query_params, PAGING), NEWEST_FIRST)
        # 1: the page, each article with its publisher
        articles = Article.objects.in_public().with_publisher().without_text()
        page = pager.page(articles, lambda article: (article.public_id,))
        return self.answer_page(page, [article_part(article) for article in page.rows])


class ArticleDetail(ReadOnlyView):
    """One article."""

    @described("readArticle", "Read an article", ArticleSerializer, found_by_id=True)
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return an article and the quotes in which published claims were found.

        `text` and `standfirst` are null unless the licence is `full_text`. Quotes are anchored as W3C
        TextQuoteSelector and TextPositionSelector do, in code points of the text.
        """
        Parameters(request.query_params, ()).check()
        # 1: the article
        article = Article.objects.in_public().with_publisher().filter(public_id=public_id).first()
        if article is None:
            raise Http404
        # 2: the appearances with their claims' summaries; 3: what has been erased of them; 4: which were withdrawn
        return self.answer_part(article_part(article) | detail_part(article))


def article_part(article: Article) -> Part:
    """Return what lists show of an article."""
    return {
        "id": article.public_id,
        "url": addresses.article_api(article.public_id),
        "html_url": addresses.article_page(article),
        "title": article.title,
        "authors": [name.strip() for name in article.authors.split(";") if name.strip()],
        "publisher": article.publisher_name or None,
        "publisher_domain": article.publisher and article.publisher.domain,
        "dateline": article.dateline or None,
        "published_on": fact_of(article.published_on),
        "language": article.language,
        "source_url": article.canonical_url or article.url or None,
        "licence": article.licence,
        "recorded_at": moment_text(article.recorded_at),
    }


def detail_part(article: Article) -> Part:
    """Return what only the article's own address shows: the text where allowed, and the quotes; three queries."""
    appearances = list(article.appearances.in_public().in_text_order())
    open_text = article.licence == Licence.FULL_TEXT
    return {
        # A digest that was erased somewhere in the history is told nowhere.
        "sha256": article.sha256 if all(row.article_sha256 for row in appearances) else None,
        "standfirst": article.standfirst or None if open_text else None,
        "text": _legible(article.text, appearances) if open_text else None,
        "claims": _quotes(appearances),
    }


def _legible(text: str, appearances: list[Appearance]) -> str:
    """Return the text with each erased quote blacked out, so that the places of all others still hold."""
    for row in appearances:
        if row.exact is None:
            text = text[: row.start] + BLACKED_OUT * (row.end - row.start) + text[row.end :]
    return text


def _quotes(appearances: list[Appearance]) -> list[Part]:
    redactions: dict[tuple[int, int, str], HistoryEntry] = {}
    for stone in Redaction.objects.of_entries(row.entry for row in appearances):
        redactions[stone.target.claim_id, stone.target.number, stone.field] = stone.entry
    ends = HistoryEntry.objects.of_claims(
        row.claim for row in appearances
    ).withdrawing_appearances()
    taken_back = {(entry.claim_id, entry.about): entry for entry in ends}
    return [
        _quote(StoodAppearance(row.entry, taken_back.get(_place(row)), row=row), redactions)
        for row in appearances
    ]


def _place(row: Appearance) -> tuple[int, int]:
    return row.claim_id, row.entry.number


def _quote(place: StoodAppearance, redactions: dict[tuple[int, int, str], HistoryEntry]) -> Part:
    row = place.row
    state = State(row.claim)
    state.redactions = {
        (number, field): entry
        for (claim, number, field), entry in redactions.items()
        if claim == row.claim_id
    }
    part = appearance_part(state, row.entry.number, place)
    del part["article"]
    survivor = row.claim.merged_into
    return {
        "claim": orjson.loads(row.claim.document.summary),
        "merged_into": survivor and merged_part(survivor),
        **part,
    }


def merged_part(survivor: Claim) -> Part:
    """Return where a claim that was merged away leads to."""
    return {
        "id": survivor.public_id,
        "url": addresses.claim_api(survivor.public_id),
        "html_url": addresses.claim_short(survivor.public_id),
    }
