"""The page of one claim: its verdict with the evidence and history, now or as of an earlier moment."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims import addresses, documents
from claims.layout.claim_view import view_of
from claims.layout.timeline import status_acts
from claims.layout.versions import merged_by, place_of, versions_of
from claims.layout.words import WITHDRAWN
from claims.models import Claim
from claims.moments import DAY
from claims.public import mementos
from claims.public.alternates import forms_of_claim, links_to
from claims.public.answers import answer, for_a_short_while, found_at, is_at, moved, public_page
from claims.public.arguments import Asked, read_clocks
from claims.public.beside import NOTHING, Beside, beside
from claims.public.finding import claim_of


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """Show a published claim; any other id, known inside or not, is not found."""
    asked = read_clocks(request.GET)
    found = claim_of(public_id)
    if asked:
        return _show_past(request, found, slug, asked)
    return mementos.link_to(
        _show_today(request, found),
        mementos.to_timegate(public_id),
        mementos.to_timemap(public_id),
    )


def _show_today(request: HttpRequest, claim: Claim) -> HttpResponse:
    if claim.merged_into and claim.merged_into.is_published:
        survivor = claim.merged_into
        return moved(request, addresses.claim_page(survivor.public_id, survivor.wording))
    path = _path(claim)
    if not is_at(request, path):
        return moved(request, path)
    document = json.loads(claim.document.body)
    around = beside(claim)
    marks = [claim.document.sha256, *around.marks]
    response = page(request, document, marks=marks, asked=Asked(), around=around)
    last = mementos.to_last(claim.public_id, versions_of(document))
    return mementos.link_to(response, *last, *links_to(forms_of_claim(document)))


def _show_past(request: HttpRequest, claim: Claim, slug: str, asked: Asked) -> HttpResponse:
    path = _path(claim)
    if not is_at(request, path):
        return moved(request, path)
    if asked.as_of and _is_one_day(request):
        return _show_day(request, claim, asked.as_of)
    document = _past(claim, asked)
    if document is None:
        return not_yet(request, claim, asked)
    if document["merged_into"]:
        return moved(request, document["merged_into"]["html_url"])
    digest = hashlib.sha256(documents.encode(document).encode()).hexdigest()
    query = f"?{request.GET.urlencode()}"
    return page(request, document, marks=[digest], asked=asked, query=query, today=path)


def _is_one_day(request: HttpRequest) -> bool:
    """Whether a day of the register is asked for, and nothing else, as the form on the page asks."""
    day = request.GET.get("as_of", "").strip()
    return bool(DAY.fullmatch(day)) and not request.GET.get("effective_as_of")


def _show_day(request: HttpRequest, claim: Claim, moment: datetime) -> HttpResponse:
    """Lead to the version in force at the end of a day: every version has one address."""
    document = json.loads(claim.document.body)
    versions = versions_of(document)
    place = place_of(versions, moment)
    if place < 0:
        return not_yet(request, claim, Asked(moment))
    if merged_by(document, versions[place]):
        return moved(request, document["merged_into"]["html_url"])
    return found_at(request, addresses.claim_memento(claim.public_id, versions[place].at))


def _past(claim: Claim, asked: Asked) -> documents.Document | None:
    if asked.effective_as_of:
        return documents.effective_as_of(claim, asked.effective_as_of, known_at=asked.as_of)
    return documents.as_of(claim, asked.as_of) if asked.as_of else None


def _path(claim: Claim) -> str:
    path: str = json.loads(claim.document.summary)["html_url"]
    return path


def page(
    request: HttpRequest,
    document: documents.Document,
    *,
    marks: list[str],
    asked: Asked,
    query: str = "",
    today: str = "",
    around: Beside = NOTHING,
) -> HttpResponse:
    """Return the page of a document: of today's, or of an earlier one that `query` asks the API for.

    `today` is the path of today's page.
    """

    def context() -> dict[str, Any]:
        return {
            "doc": document,
            "view": view_of(document),
            "asked": asked,
            "query": query,
            "path": today or document["html_url"],
            "around": around.around,
            "related": around.related,
            "claimant_url": around.claimant_url,
            "forms": [] if asked else forms_of_claim(document),
        }

    marks = [*marks, today]
    return answer(request, "public/claim.html", context, marks=marks, noindex=bool(asked))


def not_yet(request: HttpRequest, claim: Claim, asked: Asked) -> HttpResponse:
    """Say that the claim had no verdict then, whether one was taken back, and when the next took effect."""
    document = json.loads(claim.document.body)
    known_at = asked.as_of or timezone.now()
    acts = [act for act in status_acts(document["history"]) if act.status != WITHDRAWN]
    day = asked.effective_as_of or known_at.date()
    next_ones = [act.effective for act in acts if act.in_force and act.effective.date() > day]
    context = {
        "doc": document,
        "asked": asked,
        "path": document["html_url"],
        "taken_back": any(act.recorded <= known_at and act.effective.date() <= day for act in acts),
        "next_effective": min(next_ones, default=None),
        "noindex": True,
    }
    response = render(request, "public/claim_not_yet.html", context, status=404)
    response.headers["X-Robots-Tag"] = "noindex"
    return for_a_short_while(response)
