"""What became of a report, for whoever sent it and has its private address. Nothing here changes anything."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from claims import addresses
from claims.models import ReaderReport
from claims.public.answers import in_confidence, public_page


@public_page
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was sent, whether the desk has decided, what it said, and what the report led to in public.

    The sender's name and address are not shown: who finds the link learns neither. A claim that readers cannot see is
    not named.
    """
    report = ReaderReport.objects.opened_with(token).first()
    if report is None:
        raise Http404
    claim = report.claim if report.claim and report.claim.is_published else None
    review = report.review
    about = review.claim if review else None
    context = {
        "report": report,
        "claim": claim,
        "claim_path": addresses.claim_page(claim.public_id, claim.wording) if claim else "",
        "entries": list(report.led_to()),
        "entries_path": addresses.claim_page(about.public_id, about.wording) if about else "",
        "private": True,
        "noindex": True,
    }
    return in_confidence(render(request, "public/receipt.html", context))
