"""oEmbed 1.0: how the pages of others take a claim in, as a frame that nothing gets out of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import StringIO
from urllib.parse import unquote, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator

from claims import addresses, languages
from claims.documents import Document
from claims.models import Claim
from claims.public.answers import answer_with, for_a_short_while
from claims.public.arguments import BadArgument, only
from claims.public.cards.card import HEIGHT, WIDTH
from claims.public.cards.lettering import plain
from claims.public.sharing import open_file
from claims.templatetags.public_machines import card_address, shared_title

WIDEST, HIGHEST = 600, 280
CLAIM = re.compile(r"/claims/(?P<id>\w+)/(?!@)[^/]*/?")
LONGEST_NUMBER = 6
Answer = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Room:
    """How much room the page of another has."""

    width: int
    height: int
    for_card: bool


@open_file
def show(request: HttpRequest) -> HttpResponse:
    """Answer for the address of a claim's page; for every other there is nothing to take in."""
    address = only(request.GET, "url")
    if not address:
        raise BadArgument("url", "", "it is missing: the address of a claim's page is asked for.")
    form = only(request.GET, "format") or "json"
    room = _room(request)
    if form not in ("json", "xml"):
        refusal = HttpResponse("The formats are json and xml.\n", "text/plain", 501)
        return for_a_short_while(refusal)
    language, claim = _claim_at(address)
    document = json.loads(claim.document.summary)

    def told() -> HttpResponse:
        with languages.in_public(f"/{language}/"):
            known = _answer(document, room)
        return JsonResponse(known) if form == "json" else _xml(known)

    return answer_with(request, told, marks=[claim.document.sha256])


def _room(request: HttpRequest) -> Room:
    width, height = _most(request, "maxwidth"), _most(request, "maxheight")
    fits = (width or WIDTH) >= WIDTH and (height or HEIGHT) >= HEIGHT
    return Room(min(width or WIDEST, WIDEST), min(height or HIGHEST, HIGHEST), fits)


def _most(request: HttpRequest, name: str) -> int:
    given = only(request.GET, name)
    if not given:
        return 0
    if not given.isascii() or not given.isdigit() or len(given) > LONGEST_NUMBER or not int(given):
        raise BadArgument(name, given, "it is no number of pixels.")
    return int(given)


def _claim_at(address: str) -> tuple[str, Claim]:
    """Return the claim whose page has that address, and the page's language; the survivor of a merged one."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Http404 from error
    ours = f"{parts.scheme}://{parts.netloc}" == settings.FACTCHECK_BASE_URL
    found = CLAIM.fullmatch(unquote(languages.plain(parts.path))) if ours else None
    claims = Claim.objects.published().with_summary().with_survivor()
    claim = claims.known_as(found["id"]).first() if found and found["id"].isascii() else None
    if claim and claim.merged_into:
        claim = claims.known_as(claim.survivor.public_id).first()
    if claim is None:
        raise Http404
    return languages.of_path(parts.path), claim


def _answer(document: Document, room: Room) -> Answer:
    base = settings.FACTCHECK_BASE_URL
    title = plain(shared_title(document))
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" sandbox="allow-popups allow-popups-to-escape-sandbox" '
        'loading="lazy" referrerpolicy="no-referrer" frameborder="0"></iframe>',
        base + languages.local(addresses.claim_embed(document["id"])),
        room.width,
        room.height,
        title,
    )
    card: Answer = {
        "thumbnail_url": card_address(document),
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
    }
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.FACTCHECK_REGISTER_NAME,
        "provider_url": f"{base}/",
        "cache_age": settings.FACTCHECK_FRESH_SECONDS,
        "html": frame,
        "width": room.width,
        "height": room.height,
        **(card if room.for_card else {}),
    }


def _xml(known: Answer) -> HttpResponse:
    text = StringIO()
    writer = SimplerXMLGenerator(text, "utf-8")
    writer.startDocument()
    writer.startElement("oembed", AttributesImpl({}))
    for name, value in known.items():
        writer.addQuickElement(name, str(value))
    writer.endElement("oembed")
    writer.endDocument()
    return HttpResponse(text.getvalue(), content_type="text/xml; charset=utf-8")
