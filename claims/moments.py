"""Reading the moments and days that readers and clients ask for: strictly, because a guess answers another question.

A moment is RFC 3339 with its offset; a day alone stands for its end in UTC, and today for now.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# RFC 3339 §5.6. A plus sign that was not percent-encoded arrives as a space.
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:([Zz])|([+\- ])([0-9]{2}):([0-9]{2}))"
)


class Unreadable(StrEnum):
    """Why a text names no day or moment, as clients are told it after the name of the parameter."""

    NO_DAY = "must be a day, such as 2026-11-04"
    NO_MOMENT = "must be a moment with its offset, such as 2026-11-04T12:00:00Z, or a day, such as 2026-11-04"
    NOT_IN_CALENDAR = "is not a day of the calendar"
    NOT_ON_CLOCK = "is not a moment of the calendar and the clock"
    TO_COME = "lies in the future"


class NotAMoment(ValueError):
    """What was given is no day or moment that has come, and why it is none."""

    def __init__(self, reason: Unreadable) -> None:
        super().__init__(reason.value)
        self.reason = reason


def parse_day(text: str, *, now: datetime) -> date:
    """Return the day `text` names. Raises NotAMoment when it names none, or one that has not come."""
    if not (match := DAY.fullmatch(text)):
        raise NotAMoment(Unreadable.NO_DAY)
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise NotAMoment(Unreadable.NOT_IN_CALENDAR) from None
    if day > now.date():
        raise NotAMoment(Unreadable.TO_COME)
    return day


def parse_moment(text: str, *, now: datetime) -> datetime:
    """Return the moment `text` names, in UTC; a day stands for its end, or for `now` when that is earlier.

    Raises NotAMoment when it names none, or one after `now`.
    """
    if DAY.fullmatch(text):
        return min(datetime.combine(parse_day(text, now=now), time.max, UTC), now)
    moment = _exact_moment(text)
    if moment > now:
        raise NotAMoment(Unreadable.TO_COME)
    return moment


def _exact_moment(text: str) -> datetime:
    if not (match := MOMENT.fullmatch(text)):
        raise NotAMoment(Unreadable.NO_MOMENT)
    day, hour, minute, second, fraction, _zulu, sign, *offset = match.groups()
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        clock_time = time(int(hour), int(minute), int(second), microsecond)
        zone = timezone(_offset(sign, offset)) if sign else UTC
        return datetime.combine(date.fromisoformat(day), clock_time, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotAMoment(Unreadable.NOT_ON_CLOCK) from None


def _offset(sign: str, parts: list[str]) -> timedelta:
    hours, minutes = map(int, parts)
    if hours > 23 or minutes > 59:
        raise ValueError(parts)
    ahead = timedelta(hours=hours, minutes=minutes)
    return -ahead if sign == "-" else ahead
