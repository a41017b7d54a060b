"""Articles in which published claims were found; their text only where its licence allows."""

from __future__ import annotations

from datetime import datetime

import orjson
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.choosing import publisher_known_as
from claims.api.described import ARTICLE_PUBLISHER, AS_OF, PAGE_PARAMETERS, described
from claims.api.described_members import fields
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NotThen
from claims.api.shapes.lists import ArticlePageSerializer
from claims.api.shapes.parties import ArticleSerializer, ArticleSummarySerializer
from claims.api.shapes.sparse import sparse
from claims.api.shown import Shown
from claims.api.then import Then
from claims.document_parts import Part, appearance_part
from claims.history.canonical import fact_of, moment_text
from claims.history.state import State, StoodAppearance
from claims.models import Appearance, Article, Claim, HistoryEntry, Redaction
from claims.models.redaction import QUOTE, QUOTED_TEXT_DIGEST
from claims.vocabulary import Act, Licence

NEWEST_FIRST = Order(("pk",))
BLACKED_OUT = "█"


class ArticleList(ReadOnlyView):
    """The articles of the register."""

    @described(
        "listArticles",
        "List articles",
        sparse(ArticlePageSerializer),
        parameters=[ARTICLE_PUBLISHER, AS_OF, fields(ArticleSummarySerializer), *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the articles in which published claims appear, those recorded last first.

        With `as_of`, those in which readers could find one then.
        """
        asked = Parameters(request.query_params, ("publisher", "as_of", "fields", *PAGING))
        publisher, moment = asked.public_id("publisher"), asked.moment("as_of")
        shown = Shown(asked, ArticleSummarySerializer)
        pager = Pager(request, asked, NEWEST_FIRST)
        articles = Article.objects.in_public(moment).with_publisher().without_text()
        if publisher:
            known = publisher_known_as(publisher)
            articles = articles.by_publisher(known) if known else articles.none()
        # 1: the publisher, where one is asked for; then the page, each article with its publisher
        page = pager.page(articles, lambda article: (article.public_id,))
        return self.answer_page(page, [shown.of(article_part(one)) for one in page.rows])


class ArticleDetail(ReadOnlyView):
    """One article."""

    @described(
        "readArticle",
        "Read an article",
        sparse(ArticleSerializer),
        parameters=[AS_OF, fields(ArticleSerializer)],
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return an article and the quotes in which published claims were found.

        `text` and `standfirst` are null unless the licence is `full_text`. Quotes are anchored as W3C
        TextQuoteSelector and TextPositionSelector do, in code points of the text. With `as_of`, the quotes and the
        claims are those of then.
        """
        asked = Parameters(request.query_params, ("as_of", "fields"))
        moment, shown = asked.moment("as_of"), Shown(asked, ArticleSerializer)
        asked.check()
        # 1: the article
        found = Article.objects.with_publisher().known_as(public_id)
        article = found.in_public(moment).first()
        if article is None:
            if moment and found.in_public().exists():
                raise NotThen("No published claim had been found in this article then.")
            raise Http404
        # 2: the appearances with their claims' summaries; 3: what was erased of those that readers cannot see; 4: and
        # of these; 5: which were withdrawn; 6: its other versions
        part = article_part(article) | detail_part(article, moment)
        return self.answer_part(shown.of(part | {"versions": _versions(article, moment)}))


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
        "publisher_id": article.publisher and article.publisher.public_id,
        "dateline": article.dateline or None,
        "published_on": fact_of(article.published_on),
        "language": article.language,
        "source_url": article.canonical_url or article.url or None,
        "licence": article.licence,
        "recorded_at": moment_text(article.recorded_at),
    }


def detail_part(article: Article, moment: datetime | None = None) -> Part:
    """Return what only the article's own address shows: the text where allowed, and the quotes; four queries.

    As of a moment, up to five more: which claims had been merged by then, and what lists showed of each.
    """
    appearances = list(article.appearances.in_public().in_text_order())
    unseen = list(Redaction.objects.unseen_in(article))
    gone = [(row.start, row.end) for row in appearances if row.exact is None]
    gone += [(start, end) for field, start, end, _ in unseen if field == QUOTE]
    untold = {field for field, *_ in unseen}
    proved = QUOTED_TEXT_DIGEST not in untold and all(row.article_sha256 for row in appearances)
    open_text = article.licence == Licence.FULL_TEXT
    return {
        # A digest that was erased somewhere in the history is told nowhere.
        "sha256": article.sha256 if proved else None,
        "standfirst": article.standfirst or None if open_text else None,
        "text": _legible(article.text, gone) if open_text else None,
        "claims": _quotes([row for row in appearances if _is_known(row, moment)], moment),
    }


def _is_known(row: Appearance, moment: datetime | None) -> bool:
    """Whether readers could see an appearance by `moment`."""
    published = row.claim.published_at
    return moment is None or bool(
        published and published <= moment and row.entry.recorded_at <= moment
    )


def _versions(article: Article, moment: datetime | None) -> list[Part]:
    """Return the version that this one took the place of, and the one that took its place; one query."""
    beside = Article.objects.in_public(moment).next_to(article).with_publisher().without_text()
    return [
        {"relation": "earlier" if one.pk == article.replaces_id else "later"} | article_part(one)
        for one in beside
    ]


def _legible(text: str, gone: list[tuple[int, int]]) -> str:
    """Return the text with each erased quote blacked out, so that the places of all others still hold."""
    for start, end in gone:
        text = text[:start] + BLACKED_OUT * (end - start) + text[end:]
    return text


def _quotes(appearances: list[Appearance], moment: datetime | None) -> list[Part]:
    redactions: dict[tuple[int, int, str], HistoryEntry] = {}
    for stone in Redaction.objects.of_entries(row.entry for row in appearances):
        redactions[stone.target.claim_id, stone.target.number, stone.field] = stone.entry
    claims = {row.claim_id: row.claim for row in appearances}
    acts = HistoryEntry.objects.of_claims(claims.values())
    ends = acts.of_kind(Act.APPEARANCE_WITHDRAWN)
    ends = ends.recorded_until(moment) if moment else ends
    taken_back = {(entry.claim_id, entry.about): entry for entry in ends}
    summaries = _summaries(list(claims.values()), moment)
    merged = set(claims)
    if moment:
        gone = Claim.objects.among(claims).merged_by(moment).order_by()
        merged = set(gone.values_list("pk", flat=True))
    quotes = []
    for row in appearances:
        place = StoodAppearance(row.entry, taken_back.get(_place(row)), row=row)
        survivor = row.claim.merged_into if row.claim_id in merged else None
        beside = {
            "claim": summaries[row.claim_id],
            "merged_into": survivor and merged_part(survivor),
        }
        quotes.append(beside | _quote(place, redactions))
    return quotes


def _summaries(claims: list[Claim], moment: datetime | None) -> dict[int, Part]:
    """Return what lists show, or then showed, of each claim."""
    then = Then.asked(moment, None)
    told = then.summaries(claims) if then else [claim.document.summary for claim in claims]
    return {claim.pk: orjson.loads(text) for claim, text in zip(claims, told, strict=True)}


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
    return part


def merged_part(survivor: Claim) -> Part:
    """Return where a claim that was merged away leads to."""
    return {
        "id": survivor.public_id,
        "url": addresses.claim_api(survivor.public_id),
        "html_url": addresses.claim_short(survivor.public_id),
    }
