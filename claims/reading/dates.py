"""Dates as articles write them: month names in eight languages, days without a year.

A part that is not written stays unknown: a missing year is never guessed from the calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_NAMES = (
    "january janvier januar enero gennaio janeiro января січня jan janv ene gen янв",
    "february février fevrier februar febrero febbraio fevereiro февраля лютого feb févr fev фев",
    "march mars märz marzo março марта березня mar mär мар",
    "april avril abril aprile апреля квітня apr avr abr апр",
    "may mai mayo maggio maio мая травня mag",
    "june juin juni junio giugno junho июня червня jun giu июн",
    "july juillet juli julio luglio julho июля липня jul juil lug июл",
    "august août aout agosto августа серпня aug ago авг",
    "september septembre septiembre settembre setembro сентября вересня sep sept set сен",
    "october octobre oktober octubre ottobre outubro октября жовтня oct okt ott out окт",
    "november novembre noviembre novembro ноября листопада nov ноя",
    "december décembre decembre dezember diciembre dicembre dezembro декабря грудня dec déc dez "
    "dic дек",
)
MONTHS = {name: number for number, row in enumerate(_NAMES, 1) for name in row.split()}

MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:1[89]|20)\d\d"
_DAY_FIRST = rf"(?P<day1>\d{{1,2}})(?:st|nd|rd|th|\.|º)?\s+(?:de\s+)?(?P<month1>{MONTH})"
_MONTH_FIRST = rf"(?P<month2>{MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?"
WRITTEN = rf"(?:{_DAY_FIRST}|{_MONTH_FIRST})(?:,?\s+(?:de\s+|del\s+)?(?P<year>{_YEAR}))?"
_WRITTEN = re.compile(rf"\b{WRITTEN}(?!\d)", re.IGNORECASE)
_ISO = re.compile(rf"\b({_YEAR})-(\d\d)-(\d\d)(?!\d)")


@dataclass(frozen=True)
class WrittenDay:
    """A day as an article writes it; the year may be missing."""

    month: int
    day: int
    year: int | None = None

    def on(self, year: int) -> date | None:
        """Give the day in `year`, if the calendar has it."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def known(self) -> date | None:
        """Give the whole date, if the year is written and the day exists."""
        return self.on(self.year) if self.year else None

    def nearest_to(self, vouched: date) -> date | None:
        """Give the day with the year that brings it closest to a date somebody vouches for."""
        days = [self.on(vouched.year + step) for step in (-1, 0, 1)]
        return min((day for day in days if day), key=lambda day: abs(day - vouched), default=None)


def from_match(match: re.Match[str]) -> WrittenDay:
    """Read the groups of the `WRITTEN` pattern."""
    name = (match["month1"] or match["month2"]).rstrip(".").lower()
    day = int(match["day1"] or match["day2"])
    return WrittenDay(MONTHS[name], day, int(match["year"]) if match["year"] else None)


def find_day(text: str) -> WrittenDay | None:
    """Find the first day written out or in ISO form in a short `text`."""
    if iso := _ISO.search(text[:200]):
        return WrittenDay(int(iso[2]), int(iso[3]), int(iso[1]))
    written = _WRITTEN.search(text[:200])
    return from_match(written) if written else None


def from_metadata(value: object) -> date | None:
    """Read a machine's date ("2024-11-04T18:22:00+03:00"); the day is the publisher's own."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    iso = _ISO.match(text)
    found = WrittenDay(int(iso[2]), int(iso[3]), int(iso[1])) if iso else find_day(text)
    return found.known if found else None
