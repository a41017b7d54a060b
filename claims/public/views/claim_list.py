"""The list of the published claims: all, or those a reader chose by words, status, names, topic and date."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.public.answers import answer, public_page
from claims.public.arguments import read_place
from claims.public.choosing import PARAMETERS, read_choice
from claims.public.facets import facets_of
from claims.public.paging import page_of


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show twenty of the claims chosen, those whose status changed last first, and how to narrow them further."""
    choice, place = read_choice(request.GET), read_place(request.GET)
    page = page_of(choice.claims().with_summary(), place)
    facets = facets_of(choice)
    path = languages.plain(request.path)
    context = {
        "choice": choice,
        "facets": facets,
        "page": page,
        "kept": {name: choice.parameters.get(name, "") for name in PARAMETERS.values()},
        "all_statuses": choice.without("status").query,
        "is_first": place is None,
        "path": f"{path}?{choice.query}" if choice.query else path,
    }
    marks = [*page.marks, page.next_cursor or "", page.previous_cursor or "", facets.mark]
    noindex = place is not None or bool(choice.q)
    return answer(request, "public/claims.html", context, marks=marks, noindex=noindex)
