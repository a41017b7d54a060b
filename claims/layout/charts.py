"""Small charts of counts: stacked bars, one below the other or one for each stretch of time. Axes begin at nought.

Widths are percentages of the picture and heights are pixels, so that a template can draw them without a script or an
inline style. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HEIGHT = 120
MOST_PERIODS = 24
MOST_LABELS = 6
FEWEST = 8  # as many columns have room at least, so that a single one is no wall
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: the series it belongs to, how many it stands for, and where it is drawn."""

    series: str
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    total: int
    segments: tuple[Segment, ...]
    middle: float = 0.0
    is_labelled: bool = True


def bars_of(rows: Sequence[tuple[str, Counts]], series: Sequence[str]) -> list[Bar]:
    """Return bars that lie one below the other, the longest as wide as the picture."""
    longest = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    return [
        Bar(label, sum(counts.values()), _along(counts, series, longest)) for label, counts in rows
    ]


def _along(counts: Counts, series: Sequence[str], longest: int) -> tuple[Segment, ...]:
    segments, x = [], 0.0
    for name in series:
        number = counts.get(name, 0)
        width = round(100 * number / longest, 2)
        if number:
            segments.append(Segment(name, number, round(x, 2), 0, width, 16))
        x += width
    return tuple(segments)


def columns_of(rows: Sequence[tuple[str, Counts]], series: Sequence[str]) -> list[Bar]:
    """Return bars that stand side by side, the highest as high as the picture."""
    highest = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    step = 100 / max(len(rows), FEWEST)
    every = 1 + (len(rows) - 1) // MOST_LABELS
    return [
        Bar(
            label,
            sum(counts.values()),
            _upwards(
                counts, series, highest, round(place * step + step / 8, 2), round(step * 3 / 4, 2)
            ),
            middle=round(place * step + step / 2, 2),
            is_labelled=place % every == 0,
        )
        for place, (label, counts) in enumerate(rows)
    ]


def _upwards(
    counts: Counts, series: Sequence[str], highest: int, x: float, width: float
) -> tuple[Segment, ...]:
    segments, below = [], float(HEIGHT)
    for name in series:
        number = counts.get(name, 0)
        height = round(HEIGHT * number / highest, 2)
        below = round(below - height, 2)
        if number:
            segments.append(Segment(name, number, x, below, width, height))
    return tuple(segments)


def by_period(counted: Iterable[tuple[date, str, int]]) -> list[tuple[str, dict[str, int]]]:
    """Return counts by month, or by quarter or year where these are too many, with the empty stretches between."""
    found = list(counted)
    if not found:
        return []
    first, last = min(row[0] for row in found), max(row[0] for row in found)
    months = [date(n // 12, n % 12 + 1, 1) for n in range(_number(first), _number(last) + 1)]
    for name in (_month, _quarter, _year):
        labels = dict.fromkeys(name(month) for month in months)
        if len(labels) <= MOST_PERIODS or name is _year:
            break
    periods: dict[str, dict[str, int]] = {label: {} for label in labels}
    for day, series, number in found:
        counts = periods[name(day)]
        counts[series] = counts.get(series, 0) + number
    return list(periods.items())


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def _year(day: date) -> str:
    return str(day.year)
