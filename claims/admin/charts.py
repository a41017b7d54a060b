"""Small honest charts: the geometry of an inline SVG, and the table that says the same. Axes begin at nought.

Coordinates are SVG user units. What a bar stands for is also told by its pattern class, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDTH = 560
GUTTER = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, the series it belongs to, and its number in words."""

    x: float
    y: float
    width: float
    height: float
    series: str
    told: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside the bars."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its table: `head` names the columns, `rows` hold a name and a number for each series."""

    key: str
    title: str
    height: int
    bars: list[Bar] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    head: Sequence[str] = ()
    rows: Sequence[tuple[str, Sequence[int]]] = ()
    legend: Sequence[tuple[str, str]] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.bars

    @property
    def width(self) -> int:
        """How wide every chart is."""
        return WIDTH


Table = Sequence[tuple[str, Mapping[str, int]]]


def columns(key: str, title: str, table: Table, series: Mapping[str, str]) -> Chart:
    """Return stacked columns, one for each row of `table`, left to right; `series` says each key in words."""
    height, foot, top = 150, 22, 14
    most = max((sum(numbers.values()) for _, numbers in table), default=0)
    step = WIDTH / max(len(table), 1)
    bars, labels = [], []
    for at, (name, numbers) in enumerate(table):
        x, base = at * step, float(height - foot)
        for one, words in series.items():
            if number := numbers.get(one, 0):
                tall = (height - foot - top) * number / most
                base -= tall
                told = f"{name}, {words}: {number}"
                bars.append(
                    Bar(
                        round(x + 2, 1),
                        round(base, 1),
                        round(step - 4, 1),
                        round(tall, 1),
                        one,
                        told,
                    )
                )
        labels.append(Label(round(x + step / 2, 1), height - 7, name, "middle"))
        if total := sum(numbers.values()):
            labels.append(Label(round(x + step / 2, 1), round(base - 3, 1), str(total), "middle"))
    return _chart(key, title, height, bars, labels, table, series)


def lines(
    key: str, title: str, table: Table, series: Mapping[str, str], *, name_width: int = 150
) -> Chart:
    """Return stacked bars, one below the other for each row of `table`."""
    pitch, thick = 26, 16
    most = max((sum(numbers.values()) for _, numbers in table), default=0)
    room = WIDTH - name_width - 40
    bars, labels = [], []
    for at, (name, numbers) in enumerate(table):
        x, y = float(name_width), at * pitch + 5
        labels.append(Label(name_width - GUTTER, y + 12, shortened(name), "end"))
        for one, words in series.items():
            if number := numbers.get(one, 0):
                wide = room * number / most
                told = f"{name}, {words}: {number}" if words else f"{name}: {number}"
                bars.append(Bar(round(x, 1), y, round(wide, 1), thick, one, told))
                x += wide
        labels.append(Label(round(x + GUTTER, 1), y + 12, str(sum(numbers.values()))))
    return _chart(key, title, len(table) * pitch + 6, bars, labels, table, series)


def shortened(name: str, most: int = 22) -> str:
    """Return a name that fits beside its bar; the table has it whole."""
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _chart(
    key: str,
    title: str,
    height: int,
    bars: list[Bar],
    labels: list[Label],
    table: Table,
    series: Mapping[str, str],
) -> Chart:
    rows = [(name, [numbers.get(one, 0) for one in series]) for name, numbers in table]
    legend = list(series.items()) if len(series) > 1 else []
    head = list(series.values())
    return Chart(key, title, height, bars, labels, head, rows, legend)
