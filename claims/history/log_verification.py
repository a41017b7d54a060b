"""Checking the log: every public act stands in it once or waits for it, in the order of its claim, without a gap."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from claims.history.verification import Finding
from claims.models import HistoryEntry, LogLeaf


def check_log() -> Iterator[Finding]:
    """Yield every fault of the log and of what waits for it."""
    yield from _numbering()
    yield from check_places(HistoryEntry.objects.all())
    nowhere = HistoryEntry.objects.filter(pk=OuterRef("entry_id"))
    for index in LogLeaf.objects.exclude(Exists(nowhere)).values_list("index", flat=True):
        yield Finding(f"log index {index}", "is the place of no entry")


def _numbering() -> Iterator[Finding]:
    found = LogLeaf.objects.aggregate(first=Min("index"), last=Max("index"), held=Count("index"))
    if found["held"] and (found["first"], found["last"]) != (0, found["held"] - 1):
        yield Finding("log", "has gaps: {held} places from {first} to {last}".format_map(found))


def check_places(entries: QuerySet[HistoryEntry]) -> Iterator[Finding]:
    """Yield every fault in the places of `entries`."""
    public = entries.filter(claim__published_at__isnull=False)
    internal = entries.filter(claim__published_at__isnull=True)
    faults = {
        "is public and neither in the log nor waiting for it": public.filter(
            log_leaf__isnull=True, unsealed__isnull=True
        ),
        "is in the log and still waits for it": entries.filter(
            log_leaf__isnull=False, unsealed__isnull=False
        ),
        "is in the log, and its claim is not public": internal.filter(log_leaf__isnull=False),
        "waits for the log, and its claim is not public": internal.filter(unsealed__isnull=False),
        "has a place in the log before that of an earlier entry": _before_their_turn(entries),
    }
    for what, found in faults.items():
        rows = found.order_by("claim", "number").values_list("claim__public_id", "number")
        for public_id, number in rows:
            yield Finding(f"claim {public_id} entry {number}", what)


def _before_their_turn(entries: QuerySet[HistoryEntry]) -> QuerySet[HistoryEntry]:
    """Return entries whose predecessor on the claim has a later place, or none."""
    predecessor = HistoryEntry.objects.filter(
        claim=OuterRef("claim"), number=OuterRef("number") - 1
    )
    in_time = predecessor.filter(log_leaf__index__lt=OuterRef("log_leaf__index"))
    later = entries.filter(log_leaf__isnull=False, number__gt=1)
    return later.exclude(Exists(in_time))
