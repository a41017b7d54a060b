"""The page of one publisher: the claims that stand in its articles, the articles, and how often it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django_stubs_ext import StrOrPromise

from claims import addresses
from claims.models import Article, Claim, Evidence, Publisher
from claims.public.answers import answer, is_at, moved, public_page
from claims.public.arguments import read_cursor
from claims.public.paging import Cursor, Rows, page_of, rows_of
from claims.public.tally import tally_of
from claims.vocabulary import Stance

PLACES = ("after", "articles_after")


@dataclass(frozen=True, slots=True)
class Cited:
    """How many pieces of evidence of one stance come from the publisher."""

    stance: str
    label: StrOrPromise
    number: int


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """Show a publisher in whose articles a published claim was found, or that is cited on one; no other."""
    publisher = Publisher.objects.in_public().known_as(public_id).first()
    if publisher is None:
        raise Http404
    path = addresses.publisher_page(publisher.public_id, publisher.name)
    if not is_at(request, path):
        return moved(request, path)
    context, marks = _claims(request, publisher)
    articles = _articles(request, publisher)
    cited = _cited(publisher)
    context |= {
        "publisher": publisher,
        "articles": [(one, addresses.article_page(one)) for one in articles.rows],
        "articles_next": articles.next_cursor,
        "cited": cited,
        "cited_total": sum(one.number for one in cited),
        "path": path,
    }
    marks += [publisher.name, publisher.domain or "", publisher.kind, str(cited)]
    marks.append(articles.next_cursor or "")
    marks += [f"{one.public_id} {getattr(one, 'claim_count', 0)}" for one in articles.rows]
    later = any(request.GET.get(place) for place in PLACES)
    return answer(request, "public/publisher.html", context, marks=marks, noindex=later)


def _claims(request: HttpRequest, publisher: Publisher) -> tuple[dict[str, Any], list[str]]:
    claims = Claim.objects.listed().carried_by(publisher)
    tally = tally_of(claims.status_counts())
    page = page_of(claims.with_summary(), read_cursor(request.GET, PLACES[0]))
    return {"tally": tally, "page": page}, [str(tally), *page.marks]


def _articles(request: HttpRequest, publisher: Publisher) -> Rows[Article]:
    after = read_cursor(request.GET, PLACES[1])
    articles = Article.objects.in_public().by_publisher(publisher).without_text()
    if after:
        articles = articles.older_than(after.moment, after.public_id)
    return rows_of(articles.with_claim_count().latest_recorded_first(), _place)


def _place(article: Article) -> Cursor:
    return Cursor(article.recorded_at, article.public_id)


def _cited(publisher: Publisher) -> list[Cited]:
    counts = Evidence.objects.cited_from(publisher).stance_counts()
    return [
        Cited(stance.value, stance.label, counts[stance]) for stance in Stance if stance in counts
    ]
