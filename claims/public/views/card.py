"""The pictures that stand for pages where their addresses are passed on."""

from __future__ import annotations

import hashlib
import json

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses
from claims.models import Claim
from claims.public.answers import answer_with, edition, moved, public_page
from claims.public.cards.card import Card
from claims.public.cards.words import card_of, general_card
from claims.public.kept import kept_or_made

KEPT_SECONDS = 24 * 60 * 60


@public_page
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a published claim's card as things stand now; that of a merged claim is the survivor's."""
    found = Claim.objects.published().known_as(public_id).with_summary().with_survivor().first()
    if found is None:
        raise Http404
    if found.merged_into and found.merged_into.is_published:
        return moved(request, addresses.claim_card(found.merged_into.public_id))
    return _drawn(request, card_of(json.loads(found.document.summary)), found.document.sha256)


@public_page
def show_general(request: HttpRequest) -> HttpResponse:
    """Show the card of pages that have none of their own."""
    return _drawn(request, general_card(), "general")


def _drawn(request: HttpRequest, card: Card, mark: str) -> HttpResponse:
    def picture() -> HttpResponse:
        from claims.public.cards.drawing import png_of  # what draws is large

        key = f"card:{hashlib.sha256(f'{edition()} {card}'.encode()).hexdigest()}"
        png = kept_or_made(key, lambda: png_of(card), seconds=KEPT_SECONDS)
        return HttpResponse(png, content_type="image/png")

    return answer_with(request, picture, marks=[mark])
