"""The picture of a claim's life on both clocks: two bars on one scale, joined act by act, and a mark for the rest.

The upper bar shows what held in the world's time, the lower one what this register said; beneath it stand evidence in
and out, rewordings and the like. Places are percentages of the picture's width, so that the template can draw it at
any size without a script or an inline style.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims.layout.timescale import (
    OPEN_END,
    ROOM_FOR_WORDS,
    Date,
    Places,
    dates_of,
    places_of,
)
from claims.layout.words import STATUSES, WITHDRAWN
from claims.vocabulary import Act, Cause, Stance

MARKS: dict[str, str] = {
    Act.CLAIM_RECORDED: "recorded",
    Act.APPEARANCE_ADDED: "place",
    Act.APPEARANCE_WITHDRAWN: "out",
    Act.EVIDENCE_WITHDRAWN: "out",
    Act.CLAIM_REWORDED: "wording",
}


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
        """The status in words, in the language spoken."""
        return str(STATUSES[self.status])

    @property
    def was_taken_back(self) -> bool:
        """Whether a later act withdrew the verdict that this one gave."""
        return not self.in_force and self.status != WITHDRAWN


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long a status held, from `x` on for `width` percent of the picture."""

    x: float
    width: float
    status: str

    @property
    def label(self) -> str:
        """The status in words, where they fit over the bar."""
        return str(STATUSES[self.status]) if self.width >= ROOM_FOR_WORDS else ""


@dataclass(frozen=True, slots=True)
class Joint:
    """The line that joins an act's place in the world's time with its place in the register's."""

    above: float
    below: float
    status: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One act that set no status, or a correction, at its place in the register's time."""

    x: float
    kind: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the picture shows."""

    acts: list[StatusAct]
    world: list[Stretch]
    register: list[Stretch]
    joints: list[Joint]
    marks: list[Mark]
    dates: list[Date]
    first: datetime
    last: datetime

    @property
    def two_clocks(self) -> bool:
        """Whether any act took effect at another time than it was recorded."""
        return any(act.effective.date() != act.recorded.date() for act in self.acts)

    @property
    def statuses(self) -> list[str]:
        """Each status that a bar shows, in the order of their first appearance."""
        return list(dict.fromkeys(one.status for one in (*self.world, *self.register)))

    @property
    def kinds(self) -> list[str]:
        """Each kind of mark that stands beneath the bars."""
        return list(dict.fromkeys(mark.kind for mark in self.marks))


def timeline_of(
    history: Sequence[dict[str, Any]],
    *,
    said_on: str | None = None,
    stances: Mapping[int, str] | None = None,
) -> Timeline | None:
    """Return the picture of a document's history; None where no verdict was ever given.

    `said_on` is the day the claim was made, `stances` says of each entry that brought evidence which way it points.
    """
    acts = status_acts(history)
    if not acts:
        return None
    said = _start_of(said_on) if said_on else None
    recorded = [datetime.fromisoformat(entry["recorded_at"]) for entry in history]
    moments = [*recorded, *(act.effective for act in acts), *([said] if said else [])]
    places = places_of(moments)
    world = sorted(
        (act for act in acts if act.status != WITHDRAWN), key=lambda a: (a.effective, a.number)
    )
    turns = [moment for act in acts for moment in (act.effective, act.recorded)]
    return Timeline(
        acts=acts,
        world=_in_the_world([(places[act.effective], act) for act in world]),
        register=_stretches([(places[act.recorded], act.status) for act in acts]),
        joints=[_joint(act, places) for act in world if act.in_force],
        marks=[
            *([Mark(places[said], "said")] if said else []),
            *_marks(history, places, stances or {}),
        ],
        dates=dates_of(places, [min(moments), *turns]),
        first=min(moments),
        last=max(moments),
    )


def status_acts(history: Sequence[dict[str, Any]]) -> list[StatusAct]:
    """Return the acts of a document's history that set a status or took one back, in order."""
    voided = {entry["about"] for entry in history if entry["act"] == Act.VERDICT_VOIDED}
    return [_status_act(entry, voided) for entry in history if "status" in entry]


def mark_of(entry: Mapping[str, Any], stances: Mapping[int, str]) -> str:
    """Return the kind of mark that stands for an entry; nothing for an act that only set the status."""
    if entry["act"] == Act.EVIDENCE_ADDED:
        return stances.get(entry["number"], Stance.CONTEXT)
    if entry.get("cause") == Cause.CORRECTION:
        return "correction"
    return "" if "status" in entry else MARKS.get(entry["act"], "other")


def _marks(
    history: Sequence[dict[str, Any]], places: Places, stances: Mapping[int, str]
) -> list[Mark]:
    found = [
        Mark(places[datetime.fromisoformat(entry["recorded_at"])], mark_of(entry, stances))
        for entry in history
    ]
    return [mark for mark in found if mark.kind]


def _start_of(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _status_act(entry: dict[str, Any], voided: set[int]) -> StatusAct:
    recorded = datetime.fromisoformat(entry["recorded_at"])
    day = entry["effective_on"]
    return StatusAct(
        number=entry["number"],
        status=entry["status"] or WITHDRAWN,
        recorded=recorded,
        effective=_start_of(day) if day else recorded,
        in_force=entry["number"] not in voided and entry["status"] is not None,
        entry=entry,
    )


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


def _joint(act: StatusAct, places: Places) -> Joint:
    return Joint(places[act.effective], places[act.recorded], act.status)
