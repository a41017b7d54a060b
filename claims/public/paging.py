"""Lists in pages of twenty, each beginning after the last claim of the page before.

A place is named by the claim's public id and the moment its status was set, never by an offset: claims that
arrive meanwhile shift nothing, and page 1,000 costs what page 1 costs.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext

from claims.models import Claim, HistoryEntry
from claims.models.claim import ClaimQuerySet
from claims.models.entry import HistoryEntryQuerySet
from claims.models.fields import PUBLIC_ID_PATTERN

PAGE_SIZE = 20
Row = TypeVar("Row", bound=Model)
PUBLIC_ID = re.compile(PUBLIC_ID_PATTERN)


class BadCursor(ValueError):
    """What was given names no place in a list."""

    def __init__(self) -> None:
        super().__init__(gettext("it is not a place in the list. Go back to the first page."))


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last claim of a page."""

    moment: datetime
    public_id: str

    def encode(self) -> str:
        """Return the cursor as it stands in an address."""
        text = json.dumps([self.moment.isoformat(), self.public_id])
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Read a cursor. Raises BadCursor for anything that `encode` does not write."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            moment, public_id = json.loads(base64.urlsafe_b64decode(padded))
            # In UTC: another offset can name a moment that no database holds.
            cursor = cls(datetime.fromisoformat(moment).astimezone(UTC), str(public_id))
        except (ValueError, TypeError, RecursionError, OverflowError) as error:
            raise BadCursor from error
        if cursor.encode() != text or not PUBLIC_ID.fullmatch(cursor.public_id):
            raise BadCursor
        return cursor


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind a claim, or, going back, ahead of one."""

    cursor: Cursor
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some claims of a list, where the next ones begin, and before which those of the page before end."""

    claims: list[Claim]
    next_cursor: str | None
    previous_cursor: str | None = None

    @property
    def marks(self) -> list[str]:
        """What changes when the page changes."""
        places = [self.next_cursor or "", self.previous_cursor or ""]
        return [*(claim.document.sha256 for claim in self.claims), *places]

    @property
    def summaries(self) -> list[dict[str, Any]]:
        """What lists show of each claim."""
        return [json.loads(claim.document.summary) for claim in self.claims]


def page_of(claims: ClaimQuerySet, after: Cursor | Place | None, size: int | None = None) -> Page:
    """Return the page of `claims` that begins behind a place, or ends ahead of one; one query.

    Pages hold twenty unless `size` says how many, as for those below.
    """
    place = Place(after) if isinstance(after, Cursor) else after
    if place and place.backwards:
        newer = claims.newer_than(place.cursor.moment, place.cursor.public_id)
        found, ahead = _some(newer.oldest_first(), size)
        return _page(found[::-1], ahead=ahead, behind=True)
    if place:
        claims = claims.older_than(place.cursor.moment, place.cursor.public_id)
    found, behind = _some(claims.newest_first(), size)
    return _page(found, ahead=place is not None, behind=behind)


def first_page(keys: Sequence[int]) -> Page:
    """Return the first page of the claims with these keys, the newest first, of which there are more; one query."""
    return _page(page_among(keys, 1), ahead=False, behind=len(keys) > PAGE_SIZE)


def page_among(keys: Sequence[int], number: int) -> list[Claim]:
    """Return the claims of the page of that number, counted from 1, in the order of `keys`; one query."""
    wanted = keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    found = Claim.objects.listed().with_summary().in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def _some(found: QuerySet[Row], size: int | None) -> tuple[list[Row], bool]:
    """Return as many rows as make a page, and whether there are more. One query."""
    size = size or PAGE_SIZE
    rows = list(found[: size + 1])
    return rows[:size], len(rows) > size


def _page(shown: list[Claim], *, ahead: bool, behind: bool) -> Page:
    """Return the page that shows these, given whether there are claims ahead of it and behind."""
    if not shown:
        return Page([], None)
    return Page(
        shown,
        _cursor(shown[-1]) if behind else None,
        _cursor(shown[0]) if ahead else None,
    )


def _cursor(claim: Claim) -> str | None:
    moment = claim.status_since
    return Cursor(moment, claim.public_id).encode() if moment else None


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """A page of a list of anything else, and where the next one begins."""

    rows: list[Row]
    next_cursor: str | None


def rows_of(
    found: QuerySet[Row], place: Callable[[Row], Cursor], size: int | None = None
) -> Rows[Row]:
    """Return the page that `found` begins with; `place` names the place of a row in the list. One query."""
    shown, behind = _some(found, size)
    return Rows(shown, place(shown[-1]).encode() if behind else None)


def acts_of(
    entries: HistoryEntryQuerySet, after: Cursor | None, size: int | None = None
) -> Rows[HistoryEntry]:
    """Return the page of acts on claims, the latest first, that begins behind a place. One query."""
    if after:
        entries = entries.older_than(after.moment, after.public_id)
    return rows_of(entries.newest_first(), place_of_act, size)


def place_of_act(entry: HistoryEntry) -> Cursor:
    """Return the place of an act that was fetched with its claim: of one claim, no two have one moment."""
    return Cursor(entry.recorded_at, entry.claim.public_id)
