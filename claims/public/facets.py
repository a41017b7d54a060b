"""What a choice of claims could be narrowed to, and how many claims each way leaves: exact counts, or said to be none.

Counting who made what is work for every claim chosen. Where more than `COUNTED` were, claimants, publishers and topics
are counted among the newest `COUNTED` of them, and the page says so. Statuses are counted among all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from claims.layout.words import WITHDRAWN
from claims.models import Appearance, Claimant, ClaimTopic, Publisher, Topic
from claims.models.choosing import ChosenRow
from claims.models.claim import ClaimQuerySet
from claims.public.choosing import STATUSES, Choice

COUNTED = 2_000
SHOWN = 8
One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to narrow a choice: what it is called, how many claims it leaves, and the query that asks for it."""

    key: str
    label: str
    number: int
    query: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """All the ways to narrow one choice; `counted` says of how many claims alone all but the statuses tell."""

    statuses: tuple[Option, ...]
    claimants: tuple[Option, ...]
    publishers: tuple[Option, ...]
    topics: tuple[Option, ...]
    total: int
    counted: int | None

    @property
    def mark(self) -> str:
        """What changes when any of it does."""
        return repr(self)


@dataclass(frozen=True, slots=True)
class Newest:
    """The claims that hold the words of a choice, and the newest of those chosen, read once for page and counts."""

    choice: Choice
    found: ClaimQuerySet
    rows: list[ChosenRow]

    @property
    def keys(self) -> list[int]:
        """The keys of the newest claims, the newest first."""
        return [row.key for row in self.rows]


def newest_of(choice: Choice) -> Newest:
    """Return the newest claims of a choice, one more than is counted; one query, and on SQLite one about the words."""
    found = choice.found()
    return Newest(choice, found, choice.narrow(found).newest_rows(COUNTED + 1))


def facets_of(newest: Newest) -> Facets:
    """Count the claims of a choice in every way; three to five queries more, however many there are."""
    choice = newest.choice
    only_newest, rows = len(newest.rows) > COUNTED, newest.rows[:COUNTED]
    if only_newest or choice.status:
        narrowed = choice.without("status").narrow(newest.found, counted=True)
        counts = narrowed.status_counts()
    else:
        counts = dict(Counter(row.status for row in rows))
    by_status = {status or WITHDRAWN: number for status, number in counts.items()}
    keys = newest.keys[:COUNTED]
    return Facets(
        statuses=_statuses(choice, by_status),
        claimants=_claimants(choice, rows),
        publishers=_publishers(choice, keys),
        topics=_topics(choice, keys),
        total=by_status.get(choice.status, 0) if choice.status else sum(by_status.values()),
        counted=COUNTED if only_newest else None,
    )


def _statuses(choice: Choice, counts: Mapping[str, int]) -> tuple[Option, ...]:
    """Return the statuses that any claim has, whichever is chosen: readers change it with one step."""
    return tuple(
        Option(
            status,
            str(label),
            counts.get(status, 0),
            choice.having(status=status).query,
            chosen=choice.status == status,
        )
        for status, label in STATUSES.items()
        if counts.get(status) or choice.status == status
    )


def _claimants(choice: Choice, rows: Iterable[ChosenRow]) -> tuple[Option, ...]:
    if choice.claimant:
        return ()
    counted = Counter(row.claimant for row in rows if row.claimant)
    numbers = dict(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:SHOWN])
    known = Claimant.objects.named_in_public().in_bulk(numbers)
    return tuple(
        Option(one.public_id, _name(one), numbers[key], choice.having(claimant=one).query)
        for key, one in _in_order(numbers, known)
    )


def _publishers(choice: Choice, keys: Collection[int]) -> tuple[Option, ...]:
    if choice.publisher:
        return ()
    numbers = Appearance.objects.in_any(keys).publisher_counts(most=SHOWN)
    known = Publisher.objects.in_bulk(numbers)
    return tuple(
        Option(one.public_id, one.name, numbers[key], choice.having(publisher=one).query)
        for key, one in _in_order(numbers, known)
    )


def _topics(choice: Choice, keys: Collection[int]) -> tuple[Option, ...]:
    if choice.topic:
        return ()
    numbers = ClaimTopic.objects.of_any(keys).topic_counts(most=SHOWN)
    known = Topic.objects.in_bulk(numbers)
    return tuple(
        Option(one.slug, one.name, numbers[key], choice.having(topic=one).query)
        for key, one in _in_order(numbers, known)
    )


def _in_order(numbers: Mapping[int, int], known: Mapping[int, One]) -> list[tuple[int, One]]:
    """Return those with the most claims first; whom readers may not be told of is left out."""
    return [(key, known[key]) for key in numbers if key in known]


def _name(claimant: Claimant) -> str:
    return str(getattr(claimant, "public_name", "") or "")
