"""Memento's two doors for programs: the TimeGate leads to the version of a date, the TimeMap lists them all."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.vary import vary_on_headers

from claims import addresses
from claims.layout.versions import Version, place_of, versions_of
from claims.models import Claim
from claims.public import mementos
from claims.public.answers import for_a_short_while, found_at, public_page
from claims.public.arguments import BadArgument

HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"
ACCEPT = "Accept-Datetime"


@vary_on_headers("accept-datetime")
@public_page
def lead(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead to the version in force at `Accept-Datetime`: the first for earlier dates, the last for none or later."""
    versions = _versions(public_id)
    asked = request.headers.get(ACCEPT)
    place = len(versions) - 1
    if asked is not None:
        place = max(0, place_of(versions, _moment(asked)))
    response = found_at(request, addresses.claim_memento(public_id, versions[place].at))
    return mementos.link_to(
        response,
        mementos.to_original(public_id),
        mementos.to_timemap(public_id),
        *mementos.to_ends(public_id, versions, place),
    )


@public_page
def list_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """List every version of a published claim with its address and date."""
    versions = _versions(public_id)
    links = [
        mementos.to_original(public_id),
        mementos.to_itself(public_id, versions),
        mementos.to_timegate(public_id),
        *mementos.to_every_version(public_id, versions),
    ]
    body = ",\n".join(links) + "\n"
    return for_a_short_while(HttpResponse(body, content_type=mementos.LINK_FORMAT))


def _versions(public_id: str) -> list[Version]:
    claim = Claim.objects.published().known_as(public_id).with_document().first()
    if claim is None:
        raise Http404
    return versions_of(json.loads(claim.document.body))


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, HTTP_DATE).replace(tzinfo=UTC)
    except ValueError:
        reason = gettext("it must be a date such as Thu, 31 May 2007 20:35:00 GMT.")
        raise BadArgument(ACCEPT, text, reason) from None
