"""Two moments of one claim side by side: what changed between them, and by which acts."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses, documents
from claims.layout.comparison import Comparison, compare
from claims.models import Claim
from claims.public.answers import answer, found_at, public_page
from claims.public.sides import Sides, read_sides


@public_page
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Compare a published claim at `from` with itself at `to`; given the later one first, lead to them in order."""
    claim = Claim.objects.published().known_as(public_id).with_document().first()
    if claim is None:
        raise Http404
    today = json.loads(claim.document.body)
    sides, path = read_sides(request.GET, today), addresses.claim_compare(public_id)
    if sides and sides.swapped:
        numbers = {"from": sides.after["number"], "to": sides.before["number"]}
        return found_at(request, f"{path}?{urlencode(numbers)}")
    context = {
        "doc": today,
        "sides": sides,
        "comparison": _compared(claim, sides) if sides else None,
        "path": path,
    }
    marks = [claim.document.sha256]
    return answer(request, "public/compare.html", context, marks=marks, noindex=True)


def _compared(claim: Claim, sides: Sides) -> Comparison | None:
    moments = [datetime.fromisoformat(side["recorded_at"]) for side in (sides.before, sides.after)]
    before, after = documents.as_of_each(claim, *moments)
    return compare(before, after) if before and after else None
