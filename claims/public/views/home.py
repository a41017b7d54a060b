"""The front page: what the register is, and its latest verdicts."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.models import Claim
from claims.public.answers import answer, public_page
from claims.public.tally import tally_of

SECONDS = 2
LATEST = 13


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show the newest verdict as the lead, the ones before it as a list, and how many there are of each."""
    claims = list(Claim.objects.listed().with_document().newest_first()[:LATEST])
    tally = tally_of(Claim.objects.listed().status_counts())
    lead = json.loads(claims[0].document.body) if claims else None
    others = [json.loads(claim.document.summary) for claim in claims[1:]]
    context = {
        "lead": lead,
        "seconds": others[:SECONDS],
        "latest": others[SECONDS:],
        "tally": tally,
        "path": languages.plain(request.path),
    }
    marks = [claim.document.sha256 for claim in claims]
    return answer(request, "public/home.html", context, marks=[*marks, str(tally)])
