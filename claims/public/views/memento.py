"""The page of one claim as the register said it at the end of a second: an address for each of its versions."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from claims import addresses, documents
from claims.documents import Document
from claims.layout.versions import (
    WHOLE_SECOND,
    Version,
    place_of,
    versions_of,
    was_redacted,
)
from claims.models import Claim
from claims.public import mementos
from claims.public.answers import found_at, public_page
from claims.public.arguments import Asked, BadArgument
from claims.public.views.claim_page import not_yet, page
from claims.templatetags.public_text import exact_moment

STAMP = "%Y%m%d%H%M%S"
STAMP_LENGTH = 14
FOR_EVER = "public, max-age=31536000, immutable"


@public_page
def show(request: HttpRequest, public_id: str, stamp: str) -> HttpResponse:
    """Show the version of a published claim that has this address, or lead to the one in force then."""
    claim = Claim.objects.published().known_as(public_id).with_document().first()
    if claim is None:
        raise Http404
    today, second = json.loads(claim.document.body), _second(stamp)
    versions = versions_of(today)
    place = place_of(versions, second)
    if place < 0:
        return not_yet(request, claim, Asked(second + WHOLE_SECOND))
    version = versions[place]
    if version.at != second:
        _refuse_what_may_change(stamp, second)
        return found_at(request, addresses.claim_memento(public_id, version.at))
    response = _version(request, claim, version, today)
    return mementos.link_to(
        response,
        mementos.to_original(public_id),
        mementos.to_timegate(public_id),
        mementos.to_timemap(public_id),
        *mementos.to_neighbours(public_id, versions, place),
    )


def _version(request: HttpRequest, claim: Claim, version: Version, today: Document) -> HttpResponse:
    document = documents.as_of(claim, version.until)
    if document is None:
        raise Http404
    response = page(
        request,
        document,
        marks=[hashlib.sha256(documents.encode(document).encode()).hexdigest()],
        asked=Asked(version.at),
        query=f"?as_of={exact_moment(version.until)}",
        today=today["html_url"],
    )
    response.headers["Memento-Datetime"] = mementos.datetime_of(version.at)
    # What was erased must leave every cache, and no browser's can be purged: where a text was erased once, another may
    # be, so such a claim's versions are asked for again each time (304 as a rule). Nor is a second over while it lasts.
    settled = version.until < timezone.now() and not was_redacted(today)
    if settled and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response.headers["Cache-Control"] = FOR_EVER
    return response


def _second(stamp: str) -> datetime:
    """Return the second that an address names. Raises BadArgument for what is none, or has not come."""
    if len(stamp) != STAMP_LENGTH or not (stamp.isascii() and stamp.isdigit()):
        reason = gettext("it must be fourteen digits: year, month, day, hour, minute and second.")
        raise BadArgument("@", stamp, reason)
    try:
        second = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        reason = gettext("it is not a moment of the calendar and the clock.")
        raise BadArgument("@", stamp, reason) from None
    if second > timezone.now():
        raise BadArgument("@", stamp, gettext("it lies in the future."))
    return second


def _refuse_what_may_change(stamp: str, second: datetime) -> None:
    """Raise BadArgument while the second lasts: the register may still say something in it."""
    if second + WHOLE_SECOND >= timezone.now():
        raise BadArgument("@", stamp, gettext("that second is not over."))
