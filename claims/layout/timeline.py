"""The picture of a claim's verdicts on both clocks: two bars on one scale, joined act by act.

The upper bar shows what held in the world's time, the lower one what this register said. Places are percentages of
the picture's width, so that the template can draw it at any size without a script or an inline style.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims.layout.words import WITHDRAWN
from claims.vocabulary import WITHDRAWN_LABEL, Act, VerificationStatus

LEFT, RIGHT, OPEN_END = 0.0, 94.0, 100.0
TICKS_FROM, TICKS_UNTIL, MOST_TICKS = 20.0, 72.0, 6


@dataclass(frozen=True, slots=True)
class StatusAct:
    """One act that set or took back the status."""

    number: int
    status: str
    recorded: datetime
    effective: datetime
    in_force: bool
    entry: dict[str, Any]

    @property
    def label(self) -> str:
        """The status in words."""
        return str(
            WITHDRAWN_LABEL if self.status == WITHDRAWN else VerificationStatus(self.status).label
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long a status held, from `x` on for `width` percent of the picture."""

    x: float
    width: float
    status: str


@dataclass(frozen=True, slots=True)
class Joint:
    """The line that joins an act's place in the world's time with its place in the register's."""

    above: float
    below: float
    status: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a year begins."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the picture shows, and the acts that its table lists."""

    acts: list[StatusAct]
    world: list[Stretch]
    register: list[Stretch]
    joints: list[Joint]
    ticks: list[Tick]
    first: datetime
    last: datetime

    @property
    def two_clocks(self) -> bool:
        """Whether any act took effect at another time than it was recorded."""
        return any(act.effective.date() != act.recorded.date() for act in self.acts)


def timeline_of(history: Sequence[dict[str, Any]]) -> Timeline | None:
    """Return the picture of a document's history; None where one act is all there is to tell."""
    acts = status_acts(history)
    if not acts:
        return None
    moments = [moment for act in acts for moment in (act.effective, act.recorded)]
    first, last = min(moments), max(moments)
    world = sorted(
        (act for act in acts if act.status != WITHDRAWN), key=lambda a: (a.effective, a.number)
    )
    timeline = Timeline(
        acts=acts,
        world=_in_the_world([(_place(a.effective, first, last), a) for a in world]),
        register=_stretches([(_place(a.recorded, first, last), a.status) for a in acts]),
        joints=[_joint(act, first, last) for act in world if act.in_force],
        ticks=_ticks(first, last),
        first=first,
        last=last,
    )
    return timeline if len(acts) > 1 or timeline.two_clocks else None


def status_acts(history: Sequence[dict[str, Any]]) -> list[StatusAct]:
    """Return the acts of a document's history that set a status or took one back, in order."""
    voided = {entry["about"] for entry in history if entry["act"] == Act.VERDICT_VOIDED}
    return [_status_act(entry, voided) for entry in history if "status" in entry]


def _status_act(entry: dict[str, Any], voided: set[int]) -> StatusAct:
    recorded = datetime.fromisoformat(entry["recorded_at"])
    day = entry["effective_on"]
    return StatusAct(
        number=entry["number"],
        status=entry["status"] or WITHDRAWN,
        recorded=recorded,
        effective=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else recorded,
        in_force=entry["number"] not in voided and entry["status"] is not None,
        entry=entry,
    )


def _place(moment: datetime, first: datetime, last: datetime) -> float:
    span = (last - first).total_seconds()
    share = (moment - first).total_seconds() / span if span else 0.0
    return round(LEFT + share * (RIGHT - LEFT), 2)


def _stretches(starts: list[tuple[float, str]]) -> list[Stretch]:
    edges = [*(x for x, _ in starts), OPEN_END]
    return [
        Stretch(x, round(end - x, 2), status)
        for (x, status), end in zip(starts, edges[1:], strict=True)
        if end > x
    ]


def _in_the_world(starts: list[tuple[float, StatusAct]]) -> list[Stretch]:
    """Return what held in the world's time; a verdict that was taken back leaves a gap."""
    stretches = _stretches([(x, act.status if act.in_force else WITHDRAWN) for x, act in starts])
    return [stretch for stretch in stretches if stretch.status != WITHDRAWN]


def _joint(act: StatusAct, first: datetime, last: datetime) -> Joint:
    return Joint(_place(act.effective, first, last), _place(act.recorded, first, last), act.status)


def _ticks(first: datetime, last: datetime) -> list[Tick]:
    """Return the beginnings of years, as many as there is room for between the two dates at the ends."""
    starts = (datetime(year, 1, 1, tzinfo=UTC) for year in range(first.year + 1, last.year + 1))
    ticks = [Tick(_place(start, first, last), start.year) for start in starts]
    fitting = [tick for tick in ticks if TICKS_FROM < tick.x < TICKS_UNTIL]
    return fitting[:: 1 + len(fitting) // MOST_TICKS]
