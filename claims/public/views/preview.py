"""What is proposed for a claim, for one person outside who was given the address: nothing of it is public.

An address that expired, was revoked, or leads to what was decided on is answered like one that never was.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims.history.replay import replay
from claims.layout.claim_view import view_of
from claims.models import PreviewLink
from claims.public.answers import in_confidence, public_page
from claims.workflow.prospect import prospect

ACROSS = range(120)  # how often the watermark says for whom the page is: enough for a wide screen


@public_page
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the proposed verdict as a page of the register, marked as what it is."""
    link = PreviewLink.objects.open_at(timezone.now()).opened_with(token).first()
    if link is None:
        raise Http404
    proposal = link.proposal
    state = replay(proposal.review.claim)
    # Whoever proposed it is named once it is published, as everybody who gave a verdict is.
    document = prospect(state, proposal, proposed_by=None, approved_by=None)
    context = {
        "doc": document,
        "view": view_of(document),
        "link": link,
        "preview": True,
        "noindex": True,
        "across": ACROSS,
    }
    return in_confidence(render(request, "public/preview_link.html", context))
