"""The log of corrections: everything that was put right in public, the latest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.layout.corrections import correction_of
from claims.models import HistoryEntry
from claims.public.answers import answer, public_page
from claims.public.arguments import read_cursor
from claims.public.paging import acts_of


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show twenty corrections with what was wrong and what it is now."""
    after = read_cursor(request.GET)
    page = acts_of(HistoryEntry.objects.corrections(), after)
    corrections = [correction_of(entry) for entry in page.rows]
    context = {
        "corrections": corrections,
        "next_cursor": page.next_cursor,
        "is_first": after is None,
        "path": languages.plain(request.path),
    }
    marks = [*(str(one) for one in corrections), page.next_cursor or ""]
    return answer(
        request, "public/corrections.html", context, marks=marks, noindex=after is not None
    )
