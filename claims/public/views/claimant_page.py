"""The page of one claimant: the claims attributed to them, and those they speak of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses
from claims.documents import Document
from claims.layout.charts import Bar, by_period, columns_of
from claims.layout.statistics import STATUSES, WORDS
from claims.layout.words import WITHDRAWN
from claims.models import Affiliation, Claim, Claimant, Redaction
from claims.models.counting import Counted
from claims.public.answers import answer, gone, is_at, moved, public_page
from claims.public.arguments import read_cursor
from claims.public.paging import Page, page_of
from claims.public.tally import Tally, tally_of
from claims.vocabulary import RedactionReason

PLACES = ("after", "voiced_after")
TOO_FEW = 2


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim somebody else makes, and the places where this claimant speaks of it."""

    claim: Document
    places: list[Document]


@dataclass(frozen=True, slots=True)
class OverTime:
    """The claims of a claimant by when they were said: a drawing, the same as a table, and how many have no date."""

    columns: list[Bar]
    table: list[tuple[str, list[int]]]
    undated: int


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """Show a claimant whom something published names; any other is not found.

    The name is the one that the history shows: what was erased there is not told here. Somebody who was found to be
    another leads there; where readers cannot see the other, because the name was erased, the page stays where it is.
    Who was shown here until the last mention of their name was erased is gone, which is said; of whom readers never
    heard they do not learn that.
    """
    claimant = Claimant.objects.named_in_public().known_as(public_id).first()
    if claimant is None:
        return _gone(request, public_id)
    claimant = claimant.public_survivor or claimant
    name, role = getattr(claimant, "public_name", None), getattr(claimant, "public_role", None)
    path = addresses.claimant_page(claimant.public_id, name)
    if not is_at(request, path):
        return moved(request, path)
    context, marks = _claims(request, claimant)
    also, served = _also_named(claimant, name), _affiliations(claimant)
    context |= {"claimant": claimant, "name": name, "role": role, "also": also, "path": path}
    context |= {"affiliations": served}
    marks += [name or "", role or "", *also, claimant.kind, claimant.wikidata]
    marks += [f"{one} {one.since} {one.until}" for one in served]
    later = any(request.GET.get(place) for place in PLACES)
    return answer(request, "public/claimant.html", context, marks=marks, noindex=later)


def _gone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that there was a page here, why it was removed and when; Http404 where there never was one."""
    last = Redaction.objects.of_public_names(public_id).last()
    if last is None:
        raise Http404
    ground = RedactionReason(last.entry.reason_code).label
    return gone(request, ground=ground, at=last.entry.recorded_at)


def _also_named(claimant: Claimant, name: str | None) -> list[str]:
    """Return the names under which claims show those who were found to be the same."""
    if len(claimant.same) == 1:
        return []
    others = Claimant.objects.named_in_public().filter(pk__in=claimant.same).order_by("pk")
    names = [str(getattr(one, "public_name", "")) for one in others]
    return [one for one in dict.fromkeys(names) if one != name]


def _affiliations(claimant: Claimant) -> list[Affiliation]:
    """Return what the claimant was and when; nothing once a name or a role of theirs had to be removed somewhere."""
    if Redaction.objects.naming(claimant.same).exists():
        return []
    return list(Affiliation.objects.standing().dated(claimant.same))


def _claims(request: HttpRequest, claimant: Claimant) -> tuple[dict[str, Any], list[str]]:
    own = Claim.objects.listed().by_claimant(claimant)
    others = Claim.objects.listed().voiced_by(claimant).not_by(claimant)
    tally = tally_of(own.status_counts())
    page = page_of(own.with_summary(), read_cursor(request.GET, PLACES[0]))
    voiced = page_of(others.with_document(), read_cursor(request.GET, PLACES[1]))
    over_time = _over_time(own.said_by_month(), tally)
    context = {
        "tally": tally,
        "over_time": over_time,
        "statuses": [(status, WORDS[status]) for status in STATUSES],
        "page": page,
        "voiced": _voiced(voiced, claimant),
        "voiced_next": voiced.next_cursor,
    }
    return context, [str(tally), str(over_time), *page.marks, *voiced.marks]


def _over_time(counted: Counted, tally: Tally) -> OverTime | None:
    """Return the claims by when they were said; None where that is one stretch of time, or not known."""
    rows = [(month, status or WITHDRAWN, number) for month, status, number in counted]
    periods = by_period(rows)
    if len(periods) < TOO_FEW:
        return None
    undated = tally.total - sum(number for _, _, number in rows)
    table = [(label, [counts.get(one, 0) for one in STATUSES]) for label, counts in periods]
    return OverTime(columns_of(periods, STATUSES), table, undated)


def _voiced(page: Page, claimant: Claimant) -> list[Voiced]:
    documents = [json.loads(claim.document.body) for claim in page.claims]
    return [Voiced(document, _places(document, claimant)) for document in documents]


def _places(document: Document, claimant: Claimant) -> list[Document]:
    return [
        part
        for part in document["appearances"]
        if part["speaker"] and part["speaker"]["id"] == claimant.public_id
    ]
