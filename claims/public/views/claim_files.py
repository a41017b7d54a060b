"""One claim in the forms that other programs read: ClaimReview, PROV-O, a row of AVeriTeC; now or as of a moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.documents import Document, encode
from claims.interop.averitec_export import row_of
from claims.interop.claimreview_markup import Item, claim_review
from claims.interop.provenance import provenance_of
from claims.public.answers import answer_with, moved
from claims.public.arguments import read_clocks
from claims.public.finding import claim_of, document_of
from claims.public.sharing import open_file
from claims.templatetags.public_machines import data_text, publisher
from claims.wikidata import address_of

JSON, JSON_LD = "application/json", "application/ld+json"
TAKEN_BACK = "No verdict is in force on this claim.\n"


@dataclass(frozen=True, slots=True)
class Told:
    """What a form is written from: a claim's document, and where others say who makes the claim."""

    document: Document
    claimant_url: str


@open_file
def show_review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the verdict as the page holds it for programs."""
    return _show(request, public_id, _review, JSON_LD)


@open_file
def show_provenance(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what came of what in the claim's history."""
    return _show(request, public_id, _provenance, JSON_LD)


@open_file
def show_row(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the claim as a row of AVeriTeC."""
    return _show(request, public_id, _row, JSON)


def _review(told: Told) -> Item | None:
    base = settings.FACTCHECK_BASE_URL
    return claim_review(
        told.document, publisher=publisher(), base=base, claimant_url=told.claimant_url
    )


def _provenance(told: Told) -> Item:
    base, register = settings.FACTCHECK_BASE_URL, settings.FACTCHECK_REGISTER_NAME
    return provenance_of(told.document, base=base, register=register)


def _row(told: Told) -> Item | None:
    return row_of(told.document, base=settings.FACTCHECK_BASE_URL)


def _show(
    request: HttpRequest, public_id: str, write: Callable[[Told], Item | None], media_type: str
) -> HttpResponse:
    """Answer with one form of a claim. A merged one leads to its survivor; where there was a verdict and none is in
    force, the form is gone (410), so that whoever keeps a copy can let it go.
    """
    asked, claim = read_clocks(request.GET), claim_of(public_id)
    document = document_of(claim, asked)
    if document["merged_into"]:
        name = str(request.resolver_match.view_name) if request.resolver_match else ""
        return moved(request, reverse(name, args=[document["merged_into"]["id"]]))
    item: str = "" if asked else getattr(claim, "claimant_item", "")
    told = Told(document, address_of(item) if item else "")
    digest = hashlib.sha256(encode(document).encode()).hexdigest()
    return answer_with(request, lambda: _file(write(told), media_type), marks=[digest, item])


def _file(item: Item | None, media_type: str) -> HttpResponse:
    if item is None:
        return HttpResponse(TAKEN_BACK, "text/plain; charset=utf-8", HTTPStatus.GONE)
    return HttpResponse(data_text(item), content_type=media_type)
