"""Any table of fact-checks, read by a mapping file: CSV, TSV, or a JSON list of objects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from claims.interop.formats.checks import Check, row_of
from claims.interop.formats.mapping import Mapping
from claims.interop.formats.sources import Options, Source, UnreadableFile, elements
from claims.interop.statements import Fault, Row, domain_of, key_of
from claims.reading.markup import plain

if TYPE_CHECKING:
    from _csv import Reader

Cells = dict[str, str]


def table(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield the fact-checks of tables. Raises UnreadableFile without a mapping, or when a column of it is missing."""
    mapping = options.mapping
    if mapping is None:
        raise UnreadableFile("The mapping file", "is missing: a table cannot be read without one")
    for source in sources:
        for place, cells in _rows(source, mapping):
            yield cells if isinstance(cells, Fault) else _row(place, cells, options, mapping)


def _row(place: str, cells: Cells, options: Options, mapping: Mapping) -> Row:
    told = {name: cells.get(column, "") for name, column in mapping.columns.items()}
    told = {name: value for name, value in told.items() if value}
    told = {**mapping.constants, **told}
    days: dict[str, date | None] = {}
    notes = []
    for name in ("said_on", "checked_on"):
        days[name], wrong = _day(told.get(name, ""), mapping)
        if wrong:
            notes.append(f"column “{mapping.columns.get(name, name)}”: {wrong}; left out")
    rating = told.get("rating", "")
    check = Check(
        place=place,
        wording=plain(told.get("claim", "")),
        rating=rating,
        outlet=told.get("outlet", ""),
        url=told.get("url", ""),
        site=domain_of(told.get("url", "") or told.get("archived_url", "")),
        archived_url=told.get("archived_url", ""),
        title=told.get("title", ""),
        claimant=told.get("claimant", ""),
        said_on=days["said_on"],
        published_on=days["checked_on"],
        language=told.get("language", ""),
        excerpt=told.get("excerpt", ""),
        remark=told.get("remark", ""),
        key=key_of("table", told.get("outlet", ""), told["id"], rating) if "id" in told else "",
        meant=rating.strip() in mapping.labels,
        meaning=mapping.labels.get(rating.strip()),
        notes=tuple(notes),
    )
    row = row_of(check, options)
    if isinstance(row, Fault):
        return Fault(row.place, _at_column(row.reason, mapping))
    return row


def _at_column(reason: str, mapping: Mapping) -> str:
    """Name the column that a reason is about."""
    for name in ("claim", "rating"):
        if name in reason.split("“")[0]:
            return f"column “{mapping.columns[name]}”: {reason}"
    return reason


def _day(written: str, mapping: Mapping) -> tuple[date | None, str]:
    if not written.strip():
        return None, ""
    try:
        return mapping.day(written.strip()), ""
    except ValueError as error:
        return None, str(error)


def _rows(source: Source, mapping: Mapping) -> Iterator[tuple[str, Cells | Fault]]:
    with source.open() as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"[", b"{"):
        for place, element in elements([source], "rows", "data", "results"):
            yield place, _cells(place, element)
        return
    with source.open() as file:
        text = io.TextIOWrapper(file, encoding=mapping.encoding, errors="replace", newline="")
        yield from _lines(source.name, csv.reader(text, delimiter=mapping.delimiter), mapping)


def _cells(place: str, element: object) -> Cells | Fault:
    if not isinstance(element, dict):
        return Fault(place, "it is not an object")
    return {
        str(name): value if isinstance(value, str) else "" if value is None else str(value)
        for name, value in element.items()
    }


def _lines(name: str, reader: Reader, mapping: Mapping) -> Iterator[tuple[str, Cells | Fault]]:
    """Yield the rows of a table below its heading; a line that breaks the form of the table is a fault."""
    header: list[str] | None = None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            place = f"{name} line {reader.line_num}"
            yield place, Fault(place, f"it breaks the form of the table: {error}")
            continue
        if header is None:
            header = row
            _refuse_missing(name, header, mapping)
        elif row:
            place = f"{name} line {reader.line_num}"
            yield place, dict(zip(header, row, strict=False))


def _refuse_missing(name: str, header: list[str], mapping: Mapping) -> None:
    for column in mapping.columns.values():
        if column not in header:
            raise UnreadableFile(name, f"line 1: there is no column “{column}”")
