"""The list of the published claims: all, or those a reader chose by words, status, names, topic and date."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from claims import languages
from claims.public.answers import answer, public_page
from claims.public.arguments import BadArgument, only, read_place
from claims.public.choosing import PARAMETERS, Choice, read_choice
from claims.public.facets import Newest, facets_of, newest_of
from claims.public.paging import PAGE_SIZE, Page, first_page, page_among, page_of
from claims.search.public import BEST, best_published, did_you_mean, marked

LAST_PAGE = BEST // PAGE_SIZE


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show twenty of the claims chosen, those whose status changed last first, and how to narrow them further."""
    choice = read_choice(request.GET)
    newest = newest_of(choice)
    page, links, is_first = _page(newest, request.GET)
    facets = facets_of(newest)
    path = languages.plain(request.path)
    better = did_you_mean(choice.q) if choice.q and not facets.total and is_first else ""
    context = {
        "choice": choice,
        "facets": facets,
        "items": [_marked(one, choice.q) for one in page.summaries],
        "links": links,
        "kept": {name: choice.parameters.get(name, "") for name in PARAMETERS.values()},
        "all_statuses": choice.without("status").query,
        "better": choice.having(q=better) if better else None,
        "most": BEST,
        "is_first": is_first,
        "path": f"{path}?{choice.query}" if choice.query else path,
    }
    marks = [*page.marks, str(links), choice.title, facets.mark, better]
    noindex = not is_first or bool(choice.q)
    return answer(request, "public/claims.html", context, marks=marks, noindex=noindex)


def _page(newest: Newest, query: QueryDict) -> tuple[Page, dict[str, str], bool]:
    """Return a page of the claims chosen, the queries of the pages before and after it, and whether it is the first."""
    choice = newest.choice
    if choice.by_relevance:
        return _best(newest, query)
    place = read_place(query)
    chosen = choice.narrow(newest.found)
    page = page_of(chosen.with_summary(), place) if place else first_page(newest.keys)
    places = {"before": page.previous_cursor, "after": page.next_cursor}
    links = {name: _with(choice, name, cursor) for name, cursor in places.items() if cursor}
    return page, links, place is None


def _best(newest: Newest, query: QueryDict) -> tuple[Page, dict[str, str], bool]:
    choice, number = newest.choice, _number(query)
    # The best hold the words anyway: they are not looked for once more.
    keys = best_published(choice.q, choice.without("q").claims())
    links = {}
    if number > 1:
        links["before"] = _with(choice, "page", str(number - 1)) if number > 2 else choice.query
    if len(keys) > number * PAGE_SIZE:
        links["after"] = _with(choice, "page", str(number + 1))
    return Page(page_among(keys, number), None), links, number == 1


def _number(query: QueryDict) -> int:
    given = only(query, "page")
    if not given:
        return 1
    if given not in map(str, range(1, LAST_PAGE + 1)):
        reason = gettext("it is no number from 1 to %(last)d.") % {"last": LAST_PAGE}
        raise BadArgument("page", given, reason)
    return int(given)


def _with(choice: Choice, name: str, value: str) -> str:
    return f"{choice.query}&{name}={value}" if choice.query else f"{name}={value}"


def _marked(summary: dict[str, Any], typed: str) -> dict[str, Any]:
    words = summary["wording"]
    return {**summary, "marked": marked(words, typed)} if typed and words else summary
