"""The mapping file of a table: which column is what, what holds for all rows, how dates and ratings are written.

YAML or JSON. Everything that is wrong with it is named before the table is opened.
"""

from __future__ import annotations

import io
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from claims.languages import canonical_tag
from claims.vocabulary import RatedAs

FIELDS = (
    "claim",
    "claimant",
    "said_on",
    "rating",
    "url",
    "archived_url",
    "title",
    "outlet",
    "checked_on",
    "excerpt",
    "remark",
    "language",
    "id",
)
PARTS = ("columns", "constants", "dates", "labels", "delimiter", "encoding")
LONGEST_MAPPING = 200_000


class BadMapping(Exception):
    """A mapping file that says nothing usable, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says. `columns` go from field to column; `dates` are formats of strptime."""

    columns: MappingOf[str, str]
    constants: MappingOf[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    labels: MappingOf[str, RatedAs | None] = field(default_factory=dict)
    delimiter: str = ","
    encoding: str = "utf-8-sig"

    def day(self, written: str) -> date:
        """Return a date as the table writes it. Raises ValueError when it is none."""
        for form in self.dates:
            try:
                return datetime.strptime(written, form).date()
            except ValueError:
                continue
        raise ValueError(f"“{written:.40}” is no date ({' or '.join(self.dates)})")


def read_mapping(text: str) -> Mapping:
    """Return what a mapping file says. Raises BadMapping naming the line or the part at fault."""
    if len(text) > LONGEST_MAPPING:
        raise BadMapping("the mapping file is too long to be one")
    import yaml  # large

    try:
        told = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadMapping(f"the mapping file is neither YAML nor JSON: {_where(error)}") from error
    if not isinstance(told, dict):
        raise BadMapping("the mapping file must hold an object with “columns”")
    for name in told:
        if name not in PARTS:
            raise BadMapping(f"“{name}” is none of: {', '.join(PARTS)}")
    columns, constants = _texts(told, "columns"), _texts(told, "constants")
    _refuse_unknown(columns, constants)
    if "language" in constants and not canonical_tag(constants["language"]):
        raise BadMapping(f"constants: language: “{constants['language']}” is no language tag")
    return Mapping(
        columns=columns,
        constants=constants,
        dates=_dates(told.get("dates", "%Y-%m-%d")),
        labels=_labels(told.get("labels", {})),
        delimiter=_delimiter(told.get("delimiter", ",")),
        encoding=_encoding(told.get("encoding", "utf-8-sig")),
    )


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or type(error).__name__
    return f"line {mark.line + 1}: {said}" if mark else str(said)


def _texts(told: dict[Any, Any], part: str) -> dict[str, str]:
    given = told.get(part, {})
    if not isinstance(given, dict):
        raise BadMapping(f"“{part}” must be an object")
    for name, value in given.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise BadMapping(
                f"{part}: {name!s:.60}: write names and values as text, in quotation marks"
            )
    return given


def _refuse_unknown(columns: dict[str, str], constants: dict[str, str]) -> None:
    for part, given in (("columns", columns), ("constants", constants)):
        for name in given:
            if name not in FIELDS:
                raise BadMapping(f"{part}: “{name}” is none of: {', '.join(FIELDS)}")
    for name in ("claim", "rating"):
        if name not in columns:
            raise BadMapping(f"columns: “{name}” is missing: no claim comes in without it")
    if not {"outlet"} & (columns.keys() | constants.keys()):
        raise BadMapping("“outlet” is missing: give it as a column or a constant")


def _dates(given: Any) -> tuple[str, ...]:
    forms = given if isinstance(given, list) else [given]
    if not forms or not all(isinstance(form, str) and "%" in form for form in forms):
        raise BadMapping("dates: give a format such as %d-%m-%Y, or a list of them")
    for form in forms:
        try:
            datetime.strptime(datetime(2001, 2, 3).strftime(form), form)
        except ValueError as error:
            raise BadMapping(f"dates: “{form}” is no format of a date") from error
    return tuple(forms)


def _labels(given: Any) -> dict[str, RatedAs | None]:
    if not isinstance(given, dict):
        raise BadMapping("“labels” must be an object")
    labels: dict[str, RatedAs | None] = {}
    for label, meaning in given.items():
        if not isinstance(label, str):
            raise BadMapping(f"labels: {label}: write the label in quotation marks")
        meant = str(meaning).lower() if isinstance(meaning, bool) else meaning
        if meant is not None and meant not in RatedAs.values:
            raise BadMapping(f"labels: {label}: “{meant}” is none of: {', '.join(RatedAs.values)}")
        labels[label] = RatedAs(meant) if meant else None
    return labels


def _delimiter(given: Any) -> str:
    if not (isinstance(given, str) and len(given) == 1 and given not in '"\r\n\0'):
        raise BadMapping("delimiter: give one character, such as , or ;")
    return given


def _encoding(given: Any) -> str:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=given).detach()
    except (LookupError, TypeError, ValueError) as error:
        raise BadMapping(f"encoding: “{given!s:.40}” is none that can be read") from error
    return str(given)
