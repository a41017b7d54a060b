"""The page of one claimant: the claims attributed to them, and those they speak of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses
from claims.documents import Document
from claims.models import Claim, Claimant
from claims.public.answers import answer, is_at, moved, public_page
from claims.public.arguments import read_cursor
from claims.public.paging import Page, page_of
from claims.public.tally import tally_of

PLACES = ("after", "voiced_after")


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim somebody else makes, and the places where this claimant speaks of it."""

    claim: Document
    places: list[Document]


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """Show a claimant whom something published names; any other is not found.

    The name is the one that the history shows: what was erased there is not told here. Somebody who was found to be
    another leads there; where readers cannot see the other, because the name was erased, the page stays where it is.
    """
    claimant = Claimant.objects.named_in_public().known_as(public_id).first()
    if claimant is None:
        raise Http404
    claimant = claimant.public_survivor or claimant
    name, role = getattr(claimant, "public_name", None), getattr(claimant, "public_role", None)
    path = addresses.claimant_page(claimant.public_id, name)
    if not is_at(request, path):
        return moved(request, path)
    context, marks = _claims(request, claimant)
    also = _also_named(claimant, name)
    context |= {"claimant": claimant, "name": name, "role": role, "also": also, "path": path}
    marks += [name or "", role or "", *also, claimant.kind]
    later = any(request.GET.get(place) for place in PLACES)
    return answer(request, "public/claimant.html", context, marks=marks, noindex=later)


def _also_named(claimant: Claimant, name: str | None) -> list[str]:
    """Return the names under which claims show those who were found to be the same."""
    if len(claimant.same) == 1:
        return []
    others = Claimant.objects.named_in_public().filter(pk__in=claimant.same).order_by("pk")
    names = [str(getattr(one, "public_name", "")) for one in others]
    return [one for one in dict.fromkeys(names) if one != name]


def _claims(request: HttpRequest, claimant: Claimant) -> tuple[dict[str, Any], list[str]]:
    own = Claim.objects.listed().by_claimant(claimant)
    others = Claim.objects.listed().voiced_by(claimant).not_by(claimant)
    tally = tally_of(own.status_counts())
    page = page_of(own.with_summary(), read_cursor(request.GET, PLACES[0]))
    voiced = page_of(others.with_document(), read_cursor(request.GET, PLACES[1]))
    context = {
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
