"""Pages of claims: tokens that are signed and good only for the same call, and the two walks they lead on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.api import cursors
from claims.api.cursors import Cursor
from claims.api.google.parameters import Asked
from claims.api.problems import BadParameters
from claims.documents import Document
from claims.models import Claim
from claims.models.claim import ClaimQuerySet

DEEPEST = 10_000
REFUSAL = "is not a token of this call: all other parameters must be what they were"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: so many results in, or behind the claim that a status was set of at `after`."""

    size: int
    offset: int = 0
    after: tuple[datetime, str] | None = None


def read_place(asked: Asked) -> Place:
    """Return where the page asked for begins; a token goes before an offset. What is wrong is noted in `asked`."""
    size, offset = asked.size(), asked.number("offset", most=DEEPEST)
    token = asked.given.get("pageToken")
    if not token:
        return Place(size, offset)
    try:
        key = cursors.read(token, bound_to=asked.bound_to).key
    except BadParameters:
        asked.refuse("pageToken", REFUSAL)
        return Place(size)
    if len(key) == 1:
        return Place(size, offset=key[0])
    return Place(size, after=(datetime.fromisoformat(key[0]), key[1]))


def best(keys: Sequence[int], place: Place, asked: Asked) -> tuple[list[Document], str | None]:
    """Return the documents of one page of claims found by their keys, and the token of the next; one query."""
    end = place.offset + place.size
    here = keys[place.offset : end]
    claims = Claim.objects.with_document().in_bulk(here) if here else {}
    token = _token(asked, end) if len(keys) > end else None
    return [document_of(claims[key]) for key in here if key in claims], token


def newest(claims: ClaimQuerySet, place: Place, asked: Asked) -> tuple[list[Document], str | None]:
    """Return the documents of one page of claims, those judged last first, and the token of the next; one query."""
    rows = claims.with_document().newest_first()
    if place.after:
        rows = rows.older_than(*place.after)
    found = list(rows[place.offset : place.offset + place.size + 1])
    more, found = len(found) > place.size, found[: place.size]
    since = found[-1].status_since if found else None
    token = _token(asked, since.isoformat(), found[-1].public_id) if more and since else None
    return [document_of(claim) for claim in found], token


def document_of(claim: Claim) -> Document:
    """Return the public document that was fetched along with a claim."""
    document: Document = json.loads(claim.document.body)
    return document


def _token(asked: Asked, *key: object) -> str:
    return cursors.write(Cursor(key), bound_to=asked.bound_to)
