"""Datelines: where, when and by which agency a report says it was filed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.reading import dates

_AGENCIES = {
    "AP": "AP",
    "ASSOCIATED PRESS": "AP",
    "AFP": "AFP",
    "TASS": "TASS",
    "ТАСС": "TASS",
    "REUTERS": "Reuters",
    "DPA": "dpa",
    "UPI": "UPI",
    "ANSA": "ANSA",
    "EFE": "EFE",
    "XINHUA": "Xinhua",
    "INTERFAX": "Interfax",
    "ИНТЕРФАКС": "Interfax",
    "RIA NOVOSTI": "RIA Novosti",
    "РИА НОВОСТИ": "RIA Novosti",
    "UKRINFORM": "Ukrinform",
    "YONHAP": "Yonhap",
    "KYODO": "Kyodo",
    "BLOOMBERG": "Bloomberg",
    "CNN": "CNN",
    "IPS": "IPS",
    "PTI": "PTI",
    "ANI": "ANI",
    "SPUTNIK": "Sputnik",
}
_UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁЄІЇҐ"
_TOWN = rf"[{_UPPER}][{_UPPER}.'’\-]+(?:[ /][{_UPPER}.'’\-]+){{0,4}}"
_TITLECASE = rf"[{_UPPER}][\w.'’\-]*(?: [{_UPPER}][\w.'’\-]*){{0,3}}"
_PLACE = rf"{_TOWN}(?:, {_TITLECASE})?"
_AGENCY = r"(?:/(?P<slashed>[^/()\n]{2,40})/\.?|\((?P<bracketed>[^()\n]{2,40})\))"
_DASH = r"\s*\.?(?:--|[-–—―:])\s*"
_COUNTRY = r"(?: \[[^\]\n]{2,30}\])?"
_AGENCY_LINE = re.compile(
    rf"(?:(?P<place>{_PLACE}|{_TITLECASE}){_COUNTRY}(?=[\s,.(/]))?"
    rf"(?:[,.]?\s*(?i:(?:le |den |am |il )?{dates.WRITTEN}))?[.,]?\s*{_AGENCY}"
    rf"(?P<end>{_DASH}|(?<=[/.])\s+|\s+(?=[{_UPPER}\"“«„‘]))"
)
_PLACE_LINE = re.compile(
    rf"(?P<place>{_PLACE})(?:,?\s*(?i:{dates.WRITTEN}))?"
    rf"\s*(?:--|[–—―]|\s-\s)\s*(?=[{_UPPER}\d\"“«„‘])"
)
_LONGEST = 160


@dataclass(frozen=True)
class Dateline:
    """A dateline as written, with what it says; what it does not say is empty or None."""

    written: str
    place: str = ""
    agency: str = ""
    day: dates.WrittenDay | None = None


def find_dateline(paragraph: str) -> Dateline | None:
    """Read the dateline a paragraph starts with, if it has one."""
    head = paragraph[:_LONGEST]
    match = _AGENCY_LINE.match(head) or _PLACE_LINE.match(head)
    if not match:
        return None
    groups = match.groupdict()
    agency = groups.get("slashed") or groups.get("bracketed") or ""
    day = dates.from_match(match) if groups["month1"] or groups["month2"] else None
    place = (groups["place"] or "").strip(" ,.")
    open_end = match.re is _AGENCY_LINE and not groups["end"].strip() and not groups["slashed"]
    if open_end and (day is None or not is_agency(agency)):
        return None
    if day is None and not _plausible(place, agency):
        return None
    return Dateline(match[0].strip(), place, agency_name(agency), day)


def _plausible(place: str, agency: str) -> bool:
    """Refuse "Smith (left) - ": without a day, the place or the agency must look like one."""
    town = place.split(",")[0]
    return is_agency(agency) or (len(town) > 2 and town == town.upper())


def is_agency(name: str) -> bool:
    """Tell whether this is the name or the sign of a news agency."""
    return agency_name(name) in _AGENCIES.values()


def agency_name(written: str) -> str:
    """Give an agency's usual name ("/TASS/", "Reuters", "dpa/tmn"), or what is written."""
    name = written.strip(" /().")
    return _AGENCIES.get(name.partition("/")[0].strip().upper(), name)
