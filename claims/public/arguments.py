"""What readers ask for behind the question mark of an address, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.moments import NotAMoment, Unreadable, parse_day, parse_moment
from claims.public.paging import BadCursor, Cursor, Place

LONGEST_SHOWN = 80
# As readers are told it, after "but".
UNREADABLE: dict[Unreadable, StrOrPromise] = {
    Unreadable.NO_DAY: _("it must be a day, such as 2026-11-04."),
    Unreadable.NO_MOMENT: _(
        "it must be a moment with its offset, such as 2026-11-04T12:00:00Z, or a day, such as 2026-11-04."
    ),
    Unreadable.NOT_IN_CALENDAR: _("it is not a day of the calendar."),
    Unreadable.NOT_ON_CLOCK: _("it is not a moment of the calendar and the clock."),
    Unreadable.TO_COME: _("it lies in the future."),
}


class BadArgument(ValueError):
    """An argument that cannot be read: which one, what was given, and why not."""

    def __init__(self, name: str, given: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason
        self.given = given if len(given) <= LONGEST_SHOWN else f"{given[:LONGEST_SHOWN]}…"

    @classmethod
    def of(cls, name: str, given: str, error: NotAMoment) -> BadArgument:
        """Return the refusal of what names no day or moment, in the language spoken."""
        return cls(name, given, str(UNREADABLE[error.reason]))


@dataclass(frozen=True, slots=True)
class Asked:
    """The clocks a reader turned back: the register's, the world's, both or neither."""

    as_of: datetime | None = None
    effective_as_of: date | None = None

    def __bool__(self) -> bool:
        return bool(self.as_of or self.effective_as_of)


def read_clocks(query: QueryDict) -> Asked:
    """Return the moments asked for with `as_of` and `effective_as_of`."""
    now = timezone.now()
    as_of, day = only(query, "as_of"), only(query, "effective_as_of")
    try:
        name, given = "as_of", as_of
        moment = parse_moment(as_of, now=now) if as_of else None
        name, given = "effective_as_of", day
        return Asked(moment, parse_day(day, now=now) if day else None)
    except NotAMoment as error:
        raise BadArgument.of(name, given, error) from error


def read_cursor(query: QueryDict, name: str = "after") -> Cursor | None:
    """Return the place in a list from which to go on."""
    given = only(query, name)
    if not given:
        return None
    try:
        return Cursor.decode(given)
    except BadCursor as error:
        raise BadArgument(name, given, str(error)) from error


def read_place(query: QueryDict) -> Place | None:
    """Return the place in a list from which to go on, or to go back."""
    after, before = read_cursor(query, "after"), read_cursor(query, "before")
    if after and before:
        raise BadArgument("before", only(query, "before"), gettext("“after” is given as well."))
    if before:
        return Place(before, backwards=True)
    return Place(after) if after else None


def only(query: QueryDict, name: str) -> str:
    """Return the one value of an argument; a field left empty in a form counts as not given."""
    values = query.getlist(name)
    if len(values) > 1:
        raise BadArgument(name, ", ".join(values), gettext("it is given more than once."))
    return values[0].strip() if values else ""
