"""Where moments stand on a picture's width: to scale, but what happened close together is drawn apart.

A year of silence and ten acts of one morning share a line that must stay readable on the narrowest screen, so each
step from one moment to the next has a least width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise

LEFT, RIGHT, OPEN_END = 0.0, 84.0, 100.0
LEAST_STEP, ALL_LEAST_STEPS = 4.0, 42.0
# What a word or a date takes of the narrowest picture: 288 pixels.
ROOM_FOR_WORDS = 30.0

Places = dict[datetime, float]


@dataclass(frozen=True, slots=True)
class Date:
    """A day written under the picture, and which end of the words stands at its place."""

    x: float
    moment: datetime
    anchor: str


def places_of(moments: Iterable[datetime]) -> Places:
    """Return the place of each moment in percent of the width; the time after the last stays open."""
    ordered = sorted(set(moments))
    steps = [(later - earlier).total_seconds() for earlier, later in pairwise(ordered)]
    if not steps:
        return dict.fromkeys(ordered, LEFT)
    least = min(LEAST_STEP, ALL_LEAST_STEPS / len(steps))
    share = (RIGHT - LEFT - least * len(steps)) / sum(steps)
    found = accumulate((least + share * step for step in steps), initial=LEFT)
    return dict(zip(ordered, (round(x, 2) for x in found), strict=True))


def dates_of(places: Places, wanted: Iterable[datetime]) -> list[Date]:
    """Return the days to write down: the last first, then the first, then others in order while there is room."""
    ordered = sorted(set(wanted))
    chosen: list[datetime] = []
    for moment in [*ordered[-1:], *ordered[:-1]]:
        is_apart = all(abs(places[moment] - places[one]) >= ROOM_FOR_WORDS for one in chosen)
        if is_apart and moment.date() not in {one.date() for one in chosen}:
            chosen.append(moment)
    return [Date(places[one], one, _anchor(places[one])) for one in sorted(chosen)]


def _anchor(x: float) -> str:
    """Return which end of words keeps them inside the picture."""
    half = ROOM_FOR_WORDS / 2
    return "start" if x < half else "end" if x > OPEN_END - half else "middle"
