"""What Django makes of the values that a driver returns, in fewer steps for the kinds that every row has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

Converter = Callable[[Any], Any]


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):  # what the driver knows to be one, from the column
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{value}+00:00") if isinstance(value, str) else value


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _truth(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


# By the names of Django's own, for SQLite, which stores moments in UTC and knows neither days nor truth.
QUICK: dict[str, Converter] = {
    "convert_datetimefield_value": _moment,
    "convert_datefield_value": _day,
    "convert_booleanfield_value": _truth,
}


def converter_of(connection: Any, convert: Sequence[Any], expression: Any) -> Converter:
    """Return what makes a value of what the driver returns for an expression, as these converters of Django do."""
    if len(convert) == 1 and getattr(convert[0], "__self__", None) is connection.ops:
        quick = QUICK.get(convert[0].__name__)
        if quick is not None and (quick is not _moment or connection.timezone is UTC):
            return quick

    def in_turn(value: Any) -> Any:
        for one in convert:
            value = one(value, expression, connection)
        return value

    return in_turn
