"""Lines of the tables of `serving.py`: what was reached, what was missed, and how it is shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import Any

from _workloads import Targets

NONE = "-"
SLOWEST = 0.2  # of the plain register's 99th percentile, at most
FIGURES = (
    *("ours/s", "anew/s", "plain/s", "limit/s"),
    *("x plain", "anew x", "of limit", "p99 ms", "of plain"),
)
HEAD = ("work", "conn", *FIGURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: rates in a second of what is counted, the slowest hundredth in ms, answers that failed.

    `ours` is what default settings reach, where answers are kept until something is written; `anew` what is reached
    where each is made anew.
    """

    engine: str
    key: str
    name: str
    connections: int
    ours: float
    plain: float
    anew: float | None = None
    limit: float | None = None
    p99: float | None = None
    anew_p99: float | None = None
    plain_p99: float | None = None
    failed: int = 0

    @property
    def title(self) -> str:
        """Return what was measured."""
        return f"{self.key} {self.name}"

    @property
    def times(self) -> float:
        """Return how many times the plain register's rate this is."""
        return self.ours / self.plain if self.plain else float("inf")

    @property
    def anew_times(self) -> float | None:
        """Return how many times the plain register's rate is reached where each answer is made anew."""
        return self.anew / self.plain if self.anew and self.plain else None

    @property
    def share(self) -> float | None:
        """Return which share of the limit this is."""
        return self.ours / self.limit if self.limit else None

    @property
    def tail(self) -> float | None:
        """Return the slowest hundredth beside that of the plain register."""
        return self.p99 / self.plain_p99 if self.p99 and self.plain_p99 else None

    def cells(self) -> list[str]:
        """Return what the table shows."""
        return [self.title, str(self.connections), *self.figures()]

    def figures(self) -> list[str]:
        """Return the figures of the table, those of FIGURES."""
        rates = (self.ours, self.anew, self.plain, self.limit)
        return [
            *(_shown(rate, ",.0f") for rate in rates),
            *(_shown(times, ".1f") for times in (self.times, self.anew_times)),
            _shown(self.share, ".2f"),
            _shown(self.p99, ".1f"),
            _shown(self.tail, ".2f"),
        ]

    def missed(self, targets: Targets) -> Iterator[str]:
        """Yield each target that was missed."""
        name, share, tail = f"{self.engine} {self.key}", self.share, self.tail
        if self.failed:
            yield f"{name} {self.failed} answers failed"
        if self.times < targets.plain:
            yield f"{name} {self.times:.1f}x of {targets.plain:g}x"
        if share is not None and share < targets.limit:
            yield f"{name} {share:.2f} of {targets.limit:g} of the limit"
        if tail is not None and tail > SLOWEST:
            yield f"{name} p99 {tail:.2f} of {SLOWEST}"


def _shown(figure: float | None, form: str) -> str:
    return NONE if figure is None else format(figure, form)


def as_data(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return lines as JSON holds them."""
    derived = ("times", "anew_times", "share", "tail")
    return [asdict(one) | {name: getattr(one, name) for name in derived} for one in lines]


def show(cells: Sequence[str]) -> None:
    """Print one line of the table."""
    print(f"{cells[0]:24}{cells[1]:>5}" + "".join(f"{cell:>9}" for cell in cells[2:]), flush=True)


def compact(lines: Sequence[Line]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table with one row for each kind of work, its connections side by side."""
    rows = []
    for name, some in itertools.groupby(lines, attrgetter("title")):
        kind = list(some)
        figures = zip(*(one.figures() for one in kind), strict=True)
        rows.append([name, _beside([str(one.connections) for one in kind]), *map(_beside, figures)])
    return list(HEAD), rows


def _beside(cells: Sequence[str]) -> str:
    """Return figures side by side; once, where none of them has any."""
    return NONE if set(cells) == {NONE} else " / ".join(cells)
