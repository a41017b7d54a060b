"""The changes of verdict: what readers had been told, what they are told now, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.models import HistoryEntry
from claims.models.entry import HistoryEntryQuerySet
from claims.public.answers import answer, public_page
from claims.public.arguments import read_place
from claims.public.paging import PAGE_SIZE, Place, place_of_act


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a claim's status, and what lists show of the claim today."""

    entry: HistoryEntry
    claim: dict[str, Any]
    before: str
    after: str

    @property
    def cursor(self) -> str:
        """The place of the change in the list."""
        return place_of_act(self.entry).encode()

    @property
    def cause(self) -> str:
        """Why a verdict was given; "" where one was withdrawn."""
        return self.entry.verdict.cause if self.after else ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, where the next ones begin, and before which those of the page before end."""

    shown: list[Change]
    next_cursor: str | None
    previous_cursor: str | None

    @property
    def marks(self) -> list[str]:
        """What changes when the page changes."""
        return [one.entry.claim.document.sha256 for one in self.shown]


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show twenty changes of a status, the newest first."""
    place = read_place(request.GET)
    changes = changes_at(HistoryEntry.objects.changes_of_verdict(), place)
    path = languages.plain(request.path)
    context = {"changes": changes, "is_first": place is None, "path": path}
    marks = [*changes.marks, changes.next_cursor or "", changes.previous_cursor or ""]
    noindex = place is not None
    return answer(request, "public/changes.html", context, marks=marks, noindex=noindex)


def changes_at(entries: HistoryEntryQuerySet, place: Place | None) -> Changes:
    """Return the page of changes at a place in the list; one query."""
    back = place is not None and place.backwards
    if place:
        beyond = entries.newer_than if back else entries.older_than
        entries = beyond(place.cursor.moment, place.cursor.public_id)
    found = list((entries.reverse() if back else entries)[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    shown = [change_of(entry) for entry in (found[::-1] if back else found)]
    if not shown:
        return Changes([], None, None)
    return Changes(
        shown,
        shown[-1].cursor if back or more else None,
        shown[0].cursor if (more if back else place) else None,
    )


def change_of(entry: HistoryEntry) -> Change:
    """Return one of `changes_of_verdict` with what lists show of its claim."""
    before, after = getattr(entry, "before", ""), getattr(entry, "after", "")
    return Change(entry, json.loads(entry.claim.document.summary), before, after)
