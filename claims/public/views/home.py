"""The front page: what the register is, and its latest verdicts."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.models import Claim, HistoryEntry, Topic
from claims.models.topic import COUNTED
from claims.public.answers import answer, public_page
from claims.public.tally import tally_of
from claims.public.views.changes import change_of

SECONDS = 2
LATEST = 13
CHANGES = 3


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show the newest verdict as the lead, the ones before it as a list, and how many there are of each.

    Beside them: the latest changes, the topics, and how many claims are being checked, of which nothing else is told.
    """
    claims = list(Claim.objects.listed().with_document().newest_first()[:LATEST])
    tally = tally_of(Claim.objects.listed().status_counts())
    changes = [change_of(one) for one in HistoryEntry.objects.changes_of_verdict()[:CHANGES]]
    checking = Claim.objects.standing().being_checked().count()
    topics = list(Topic.objects.in_public().with_claim_count().by_name())
    lead = json.loads(claims[0].document.body) if claims else None
    others = [json.loads(claim.document.summary) for claim in claims[1:]]
    context = {
        "lead": lead,
        "seconds": others[:SECONDS],
        "latest": others[SECONDS:],
        "tally": tally,
        "changes": changes,
        "checking": checking,
        "topics": topics,
        "counted_to": COUNTED,
        "path": languages.plain(request.path),
    }
    marks = [claim.document.sha256 for claim in claims]
    marks += [one.entry.claim.document.sha256 for one in changes]
    marks += [f"{one.name} {getattr(one, 'claim_count', 0)}" for one in topics]
    return answer(request, "public/home.html", context, marks=[*marks, str(tally), str(checking)])
