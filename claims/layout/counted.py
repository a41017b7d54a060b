"""The numbers of the page of statistics: counted, kept as text, read again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from claims.layout.statistics import Numbers
from claims.models import Claim, Count, HistoryEntry

NAME = "statistics"
# Changes with what the numbers are made of, so that one edition of the program does not read those of another.
SHAPE = hashlib.sha256(repr(Numbers.__annotations__).encode()).hexdigest()


def count() -> Numbers:
    """Return the numbers as the register has them now: eight queries that read tables from end to end."""
    listed, acts = Claim.objects.listed(), HistoryEntry.objects.all()
    waits = listed.waits()
    return Numbers(
        months=listed.published_by_month(),
        changes=acts.status_changes(),
        waits=waits.within(),
        middle_wait=waits.middle(),
        kinds=listed.by_claimant_kind(),
        topics=listed.by_topic(),
        evidence=listed.by_evidence(),
        corrections=acts.corrections().by_month_and_act(),
    )


def last_counted() -> Count | None:
    """Return what a worker counted last, if this edition of the program can read it."""
    return Count.objects.of(NAME, SHAPE)


def to_show() -> Numbers:
    """Return the numbers to show: as they are now, or where it takes long to count them, as a worker found them."""
    last = last_counted()
    return count() if last is None or last.is_brief else replace(read(last.numbers), at=last.at)


def written(numbers: Numbers) -> str:
    """Return the numbers as JSON that `read` reads."""
    return json.dumps(asdict(numbers), default=date.isoformat)


def read(text: str) -> Numbers:
    """Return the numbers that `written` wrote."""
    told: dict[str, Any] = json.loads(text)
    for name in ("months", "corrections"):
        told[name] = [(date.fromisoformat(month), *rest) for month, *rest in told[name]]
    for name in ("changes", "kinds", "topics"):
        told[name] = [tuple(row) for row in told[name]]
    for name in ("waits", "evidence"):
        told[name] = {int(key): number for key, number in told[name].items()}
    return Numbers(**told)
