"""The page of statistics and its data as files: what the register holds, counted, for whoever wants to count again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from claims import addresses, languages
from claims.interop.csv_table import csv_lines
from claims.layout.counted import to_show
from claims.layout.statistics import DICTIONARY, Numbers, figures_of
from claims.models import Claim
from claims.public.answers import answer, edition, for_a_short_while, public_page
from claims.public.kept import kept_or_made
from claims.public.tally import tally_of
from claims.streaming import as_sent

COUNTED_SECONDS = 300
COUNTED = "statistics"
CSV = "text/csv; charset=utf-8"
CHUNK = 500


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show each figure with its drawing, its table and its file.

    They are counted anew every five minutes, in a large register by a worker, and more seldom.
    """
    numbers = _numbers()
    context = {
        "tally": tally_of(numbers.statuses),
        "figures": figures_of(numbers),
        "middle_wait": numbers.middle_wait,
        "counted_at": numbers.at,
        "dictionary": DICTIONARY.items(),
        "exports_url": addresses.EXPORTS_API,
        "licence_name": settings.FACTCHECK_LICENCE_NAME,
        "licence_url": settings.FACTCHECK_LICENCE_URL,
        "path": languages.plain(request.path),
    }
    return answer(request, "public/statistics.html", context, marks=[str(numbers)])


@public_page
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the rows of one figure as CSV."""
    found = next((one for one in figures_of(_numbers()) if one.slug == slug), None)
    if found is None:
        raise Http404
    lines = csv_lines([column.key for column in found.columns], found.rows)
    return for_a_short_while(HttpResponse("".join(lines), content_type=CSV))


@public_page
def claims(request: HttpRequest) -> HttpResponse:
    """Return every claim of the public lists as CSV, one a line, the first published first; written as it is read."""
    response: HttpResponseBase = StreamingHttpResponse(
        as_sent(request, csv_lines([*DICTIONARY], _rows())), content_type=CSV
    )
    response.headers["Content-Disposition"] = 'attachment; filename="claims.csv"'
    return for_a_short_while(response)  # type: ignore[arg-type]


def _rows() -> Iterator[Sequence[object]]:
    listed = Claim.objects.listed().with_summary().with_topics().order_by("published_at", "pk")
    for claim in listed.iterator(chunk_size=CHUNK):
        told = json.loads(claim.document.summary)
        claimant = told["claimant"] or {}
        yield (
            told["id"],
            f"{settings.FACTCHECK_BASE_URL}{told['html_url']}",
            told["wording"],
            told["language"],
            told["kind"],
            told["status"] or "withdrawn",
            told["status_since"],
            claim.published_at.isoformat() if claim.published_at else "",
            claimant.get("id"),
            claimant.get("name"),
            told["said_on"],
            told["said_on_precision"],
            " ".join(sorted(filing.topic.slug for filing in claim.filings.all())),
        )


def _numbers() -> Numbers:
    # Another edition of the pages may count other things, and could not read these.
    return kept_or_made(f"{COUNTED}:{edition()}", to_show, seconds=COUNTED_SECONDS)
