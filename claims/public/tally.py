"""How many claims have each status, and the small bar that draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claims.layout.words import WITHDRAWN
from claims.vocabulary import WITHDRAWN_LABEL, VerificationStatus


@dataclass(frozen=True, slots=True)
class Share:
    """One status: how many claims have it, and its place in the bar in percent."""

    status: str
    label: str
    number: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tally:
    """All the statuses of a set of claims."""

    total: int
    shares: tuple[Share, ...]


def tally_of(counts: Mapping[str | None, int]) -> Tally:
    """Return the tally of `counts`; withdrawn verdicts are named only where there are some."""
    total = sum(counts.values())
    known = [
        (status.value, str(status.label), counts.get(status.value, 0))
        for status in VerificationStatus
    ]
    if None in counts:
        known.append((WITHDRAWN, str(WITHDRAWN_LABEL), counts[None]))
    shares, x = [], 0.0
    for status, label, number in known:
        width = round(100 * number / total, 2) if total else 0.0
        shares.append(Share(status, label, number, round(x, 2), width))
        x += width
    return Tally(total, tuple(shares))
