"""Snapshots of DXY's list of COVID-19 rumours (BlankerL/DXY-COVID-19-Data): one CSV or JSON file for each crawl.

The list was changed in place, so one rumour comes many times. Only what changed since the crawl before is brought in,
in the order of the crawls, whatever the order of the files.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from claims.interop.formats.checks import Check, row_of
from claims.interop.formats.sources import MEGABYTE, Options, Source, UnreadableFile
from claims.interop.statements import Fault, Row, is_web_address, key_of, one_line

LARGEST = 50 * MEGABYTE
OUTLET, SITE = "丁香园", "dxy.com"
NEEDED = frozenset({"id", "title", "rumorType", "crawlTime"})
MILLISECONDS = 13  # digits of a time in this century
KNOWN_TYPES = frozenset({"0", "1", "2"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """One rumour as one crawl saw it."""

    place: str
    crawled: datetime
    cells: dict[str, str]

    @property
    def rumour(self) -> str:
        return self.cells["id"]

    @property
    def said(self) -> tuple[str, ...]:
        """What a change of makes another version."""
        return tuple(self.cells.get(name, "") for name in ("rumorType", "mainSummary"))

    @property
    def day(self) -> date:
        return self.crawled.date()


def dxy(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield each rumour's versions, as far as the crawls tell them apart, the earliest crawl first."""
    seen: list[_Seen] = []
    for source in sources:
        for number, cells in _cells(source):
            row = _seen(f"{source.name} {number}", cells)
            if isinstance(row, Fault):
                yield row
            else:
                seen.append(row)
    seen.sort(key=lambda one: one.crawled)  # stable: of one crawl, in the order of the files
    last: dict[str, tuple[str, ...]] = {}
    for one in seen:
        if last.get(one.rumour) != one.said:
            yield row_of(_check(one), options)
        last[one.rumour] = one.said


def _seen(place: str, cells: dict[str, str]) -> _Seen | Fault:
    if missing := [name for name in sorted(NEEDED) if not cells.get(name)]:
        return Fault(place, f"{missing[0]} is missing")
    if cells["rumorType"] not in KNOWN_TYPES:
        return Fault(place, f"the rumorType {cells['rumorType']!r:.40} is unknown")
    crawled = _moment(cells["crawlTime"])
    if crawled is None:
        return Fault(place, f"the crawlTime {cells['crawlTime']!r:.40} is no time")
    return _Seen(place, crawled, cells)


def _moment(written: str) -> datetime | None:
    """Read a time in milliseconds since 1970, as early snapshots have it, or written out; both are taken for UTC."""
    try:
        if written.isascii() and written.isdigit() and len(written) == MILLISECONDS:
            return datetime.fromtimestamp(int(written) / 1000, UTC)
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        return None


def _check(one: _Seen) -> Check:
    cells = one.cells
    url = cells.get("sourceUrl", "")
    told = "\n\n".join(filter(None, [cells.get("summary"), cells.get("body")]))
    return Check(
        place=one.place,
        wording=cells["title"],
        rating=f"rumorType {cells['rumorType']}",
        outlet=OUTLET,
        site=SITE,
        url=url if is_web_address(url) else "",
        source_text=f"DXY, list of rumours, no. {one.rumour}{': ' if url else ''}{url}",
        published_on=one.day,
        language="zh",
        excerpt=cells.get("mainSummary", ""),
        remark=told,
        key=key_of("dxy", one.rumour, one.day.isoformat(), *one.said),
        family=f"dxy {one_line(one.rumour)[:100]}",
    )


def _cells(source: Source) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        text = source.read(limit=LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(source.name, "is not text in UTF-8") from error
    return _from_json(source, text) if text.lstrip()[:1] in "[{" else _from_csv(source, text)


def _from_json(source: Source, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(source.name, f"is not JSON: {error}") from error
    rows = told.get("results") if isinstance(told, dict) else told
    if not isinstance(rows, list):
        raise UnreadableFile(source.name, "must hold a JSON list, or one at “results”")
    for number, row in enumerate(rows):
        cells = row if isinstance(row, dict) else {}
        yield f"row {number}", {str(k): "" if v is None else str(v) for k, v in cells.items()}


def _from_csv(source: Source, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(reader, [])
        if not set(header) >= NEEDED:
            missing = ", ".join(sorted(NEEDED - set(header)))
            raise UnreadableFile(source.name, f"has no column {missing}")
        for row in reader:
            yield f"line {reader.line_num}", dict(zip(header, row, strict=False))
    except csv.Error as error:
        raise UnreadableFile(source.name, f"line {reader.line_num}: {error}") from error
