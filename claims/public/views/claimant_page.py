"""The page of one claimant: the claims attributed to them, and those they speak of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses
from claims.documents import Document
from claims.models import Claim, Claimant
from claims.public.answers import answer, moved, public_page
from claims.public.arguments import read_cursor
from claims.public.paging import Page, page_of
from claims.public.tally import tally_of


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim somebody else makes, and the places where this claimant speaks of it."""

    claim: Document
    places: list[Document]


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """Show a claimant of whom something is published; any other is not found."""
    claimant = Claimant.objects.filter(public_id=public_id).first()
    if claimant is None:
        raise Http404
    context, marks = _claims(request, claimant)
    if not context["tally"].total and not context["voiced"]:
        raise Http404
    path = addresses.claimant_page(claimant.public_id, claimant.name)
    if request.path != path:
        return moved(request, path)
    marks += [claimant.name, claimant.role, claimant.kind]
    return answer(request, "public/claimant.html", {**context, "path": path}, marks=marks)


def _claims(request: HttpRequest, claimant: Claimant) -> tuple[dict[str, Any], list[str]]:
    own = Claim.objects.listed().by_claimant(claimant)
    others = Claim.objects.listed().voiced_by(claimant).not_by(claimant)
    tally = tally_of(own.status_counts())
    page = page_of(own.with_summary(), read_cursor(request.GET))
    voiced = page_of(others.with_document(), read_cursor(request.GET, "voiced_after"))
    context = {
        "claimant": claimant,
        "tally": tally,
        "page": page,
        "voiced": _voiced(voiced, claimant),
        "voiced_next": voiced.next_cursor,
    }
    return context, [str(tally), *page.marks, *voiced.marks]


def _voiced(page: Page, claimant: Claimant) -> list[Voiced]:
    documents = [json.loads(claim.document.body) for claim in page.claims]
    return [Voiced(document, _places(document, claimant)) for document in documents]


def _places(document: Document, claimant: Claimant) -> list[Document]:
    return [
        part
        for part in document["appearances"]
        if part["speaker"] and part["speaker"]["id"] == claimant.public_id
    ]
