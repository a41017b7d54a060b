"""The log: every public act over all claims in one order, and what waits to be taken into it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models

from claims.models.entry import HistoryEntry
from claims.models.few_rows import WritesFewRows
from claims.models.restoration import Restoration

Hashed = bytes | memoryview  # as SQLite and as PostgreSQL give it
# What the log tells of an act, in the order in which `told` gives it.
TOLD = (
    "index",
    "entry",
    "entry__claim__public_id",
    "entry__claim__wording",
    "entry__number",
    "entry__act",
    "entry__effective_on",
    "entry__by_name",
    "entry__note",
    "entry__about",
    "entry__other_claim__public_id",
    "entry__other_claim__published_at",
    "entry__reason_code",
    "entry__verdict__status",
    "entry__leaf_hash",
    "entry__leaf",
)


class LogLeafQuerySet(WritesFewRows, models.QuerySet["LogLeaf"]):
    """Reads of the log."""

    def in_order(self) -> Self:
        """From the first public act to the last."""
        return self.order_by("index")

    def last_first(self) -> Self:
        """From the last public act to the first."""
        return self.order_by("-index")

    def from_index(self, index: int) -> Self:
        """What has this place in the log, and everything after it."""
        return self.filter(index__gte=index)

    def told(self) -> models.QuerySet[LogLeaf, tuple[Any, ...]]:
        """What each act in the log says of itself, as bare values: a follower reads hundreds at a time."""
        return self.in_order().values_list(*TOLD)

    def statuses(self, *entries: int) -> models.QuerySet[LogLeaf, tuple[int, str | None]]:
        """Which status the claims of these entries had with them, by the entries' keys; None where they had none, or
        where their verdict had been taken back.
        """
        acts = HistoryEntry.objects.filter(
            claim=models.OuterRef("entry__claim"), number__lte=models.OuterRef("entry__number")
        )
        status = models.Subquery(acts.last_verdict_first().values("verdict__status")[:1])
        return self.filter(entry__in=entries).values_list("entry", status)

    def heads(self) -> models.QuerySet[LogLeaf, tuple[int, Hashed, datetime]]:
        """Each act in the log by its place, its hash and its moment, the last one first."""
        return self.last_first().values_list("index", "entry__leaf_hash", "entry__recorded_at")

    def size(self) -> int:
        """Return how many acts the log holds. It has no gaps, so the last one tells."""
        last = self.last_first().values_list("index", flat=True).first()
        return 0 if last is None else last + 1


class LogLeaf(models.Model):
    """The place of one public act in the log: counted from 0 without a gap, as in RFC 6962 (§3.5).

    An entry gets its place once its claim is public, so that walking the log misses nothing and shows nothing early.
    """

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(HistoryEntry, on_delete=models.PROTECT, related_name="log_leaf")

    objects = LogLeafQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["index"]
        constraints = [
            models.CheckConstraint(name="log_counts_from_0", condition=models.Q(index__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.index)


class UnsealedQuerySet(WritesFewRows, models.QuerySet["Unsealed"]):
    """Reads of what waits."""

    def in_order(self) -> Self:
        """Of each claim the earlier act first."""
        return self.order_by("pk")

    def to_seal(self) -> Self:
        """What may get its place now, in order: nothing while the register is being rebuilt, which gives the places."""
        return self.in_order().filter(~models.Exists(Restoration.objects.begun()))

    def with_leaf(self) -> models.QuerySet[Unsealed, tuple[int, int, Hashed, Hashed]]:
        """Each by its key and that of its entry, with the entry's hashed bytes and their hash."""
        return self.values_list("pk", "entry", "entry__leaf", "entry__leaf_hash")


class Unsealed(models.Model):
    """A public act that has no place in the log yet: written with it, gone when it has one.

    Without this table, finding the few that wait would mean looking through all entries there ever were.
    """

    entry = models.OneToOneField(HistoryEntry, on_delete=models.PROTECT, related_name="unsealed")

    objects = UnsealedQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.entry_id)
