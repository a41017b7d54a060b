"""PolitiFact's old API (until 2017): lists of statements, each with the day it was made and the day it was ruled on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from claims.interop.formats.checks import Check, row_of
from claims.interop.formats.sources import Options, Source, elements
from claims.interop.statements import Fault, Row
from claims.reading.dates import from_metadata
from claims.reading.markup import listed, plain

HOME, SITE = "https://www.politifact.com", "politifact.com"
OUTLET = "PolitiFact"


def politifact(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield the statements of answers of that API."""
    for place, item in elements(sources, "objects"):
        if isinstance(item, dict):
            yield row_of(_check(item, place), options)
        else:
            yield Fault(place, "it is not an object")


def _check(item: dict[str, Any], place: str) -> Check:
    speaker, ruling = _first(item.get("speaker")), _first(item.get("ruling"))
    path = plain(item.get("statement_url"))
    # Some statements are markup that was escaped once more.
    wording = plain(plain(item.get("statement")))
    return Check(
        place=place,
        wording=_unquoted(wording),
        rating=plain(ruling.get("ruling")),
        outlet=OUTLET,
        url=f"{HOME}{path}" if path.startswith("/") else path,
        site=SITE,
        title=plain(item.get("ruling_headline")),
        claimant=f"{plain(speaker.get('first_name'))} {plain(speaker.get('last_name'))}",
        said_on=from_metadata(item.get("statement_date")),
        published_on=from_metadata(item.get("ruling_date")),
        language="en",
        remark="\n\n".join(filter(None, _remarks(item, speaker))),
        notes=tuple(_undated(item)),
    )


def _unquoted(wording: str) -> str:
    """Take the quotation marks off a statement that is one quotation."""
    whole = wording[:1] + wording[-1:] == '""' and wording.count('"') == 2
    return wording[1:-1] if whole else wording


def _first(value: object) -> dict[str, Any]:
    return next((one for one in listed(value) if isinstance(one, dict)), {})


def _remarks(item: dict[str, Any], speaker: dict[str, Any]) -> Iterator[str]:
    context, party = plain(item.get("statement_context")), _first(speaker.get("party"))
    subjects = [
        plain(one.get("subject")) for one in listed(item.get("subject")) if isinstance(one, dict)
    ]
    yield f"Said in: {context}" if context else ""
    yield f"Party: {plain(party.get('party'))}" if plain(party.get("party")) else ""
    yield f"Subjects: {', '.join(filter(None, subjects))}" if any(subjects) else ""


def _undated(item: dict[str, Any]) -> Iterator[str]:
    for name in ("statement_date", "ruling_date"):
        written = item.get(name)
        if written and from_metadata(written) is None:
            yield f"the {name} {written!r:.60} is no date; left out"
