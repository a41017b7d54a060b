"""Which two moments of a claim a reader wants compared: each a moment, a day or the number of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from claims.documents import Document
from claims.moments import NotAMoment, parse_moment
from claims.public.arguments import BadArgument, only

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Sides:
    """The last entries that were recorded by the two moments."""

    before: Document
    after: Document

    @property
    def swapped(self) -> bool:
        """Whether the later one was given first."""
        return bool(self.before["number"] > self.after["number"])


def read_sides(query: QueryDict, document: Document) -> Sides | None:
    """Return what `from` and `to` name; without either the last two verdicts, None where there was but one.

    Without `to` it is today; without `from` it is the entry before `to`.
    """
    public = _public(document)
    before, after = _side(query, "from", document), _side(query, "to", document)
    if before is None and after is None:
        ruled = [entry for entry in public if "status" in entry]
        return Sides(*ruled[-2:]) if len(ruled) > 1 else None
    after = after or public[-1]
    if before is None:
        earlier = [entry for entry in public if entry["number"] < after["number"]]
        before = earlier[-1] if earlier else after
    return Sides(before, after)


def _public(document: Document) -> list[Document]:
    """Return the entries from the first verdict on."""
    published = datetime.fromisoformat(document["published_at"])
    return [entry for entry in document["history"] if _moment(entry) >= published]


def _side(query: QueryDict, name: str, document: Document) -> Document | None:
    given = only(query, name)
    if not given:
        return None
    if given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER:
        found = [entry for entry in document["history"] if entry["number"] <= int(given)]
        if not found or found[-1]["number"] != int(given):
            raise BadArgument(name, given, gettext("the claim has no entry of that number."))
    else:
        found = _by_then(name, given, document)
    if not found or found[-1]["number"] < _public(document)[0]["number"]:
        reason = gettext("the register had published nothing on this claim by then.")
        raise BadArgument(name, given, reason)
    return found[-1]


def _by_then(name: str, given: str, document: Document) -> list[Document]:
    try:
        moment = parse_moment(given, now=timezone.now())
    except NotAMoment as error:
        raise BadArgument.of(name, given, error) from error
    return [entry for entry in document["history"] if _moment(entry) <= moment]


def _moment(entry: Document) -> datetime:
    return datetime.fromisoformat(entry["recorded_at"])
