"""Counts over claims for the pages of statistics: each is one query with few rows, however many claims there are."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import TruncMonth

from claims.models.few_rows import WritesFewRows
from claims.vocabulary import Act

if TYPE_CHECKING:
    from claims.models.claim import Claim  # noqa: F401  (the type of the rows)

WAITS = (1, 7, 30, 90, 365)
DAY = timedelta(days=1)
Counted = list[tuple[date, str | None, int]]


class CountOf(models.Subquery):
    """How many rows a query of each row has; a slice of it is where counting ends."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def most_counted(rows: models.QuerySet[Any], column: str, *, most: int) -> dict[int, int]:
    """Return the `most` values of a column that the most claims of `rows` have, and how many claims have each."""
    counted = rows.order_by().values_list(column)
    counted = counted.annotate(number=models.Count("claim", distinct=True))
    return dict(counted.order_by("-number", column)[:most])


@dataclass(frozen=True, slots=True)
class Waits:
    """How many claims waited how long: by the days that were over, and those that had begun."""

    waited: Counter[tuple[int, int]]

    def within(self) -> dict[int, int]:
        """Return how many waited for no more than so many days; 0 counts them all."""
        return {0: self.waited.total()} | {
            most: sum(number for (_, begun), number in self.waited.items() if begun <= most)
            for most in WAITS
        }

    def middle(self) -> int | None:
        """Return how many days the middle one waited; None where there is none."""
        left = (self.waited.total() + 1) // 2
        for (over, _), number in sorted(self.waited.items()):
            left -= number
            if left <= 0:
                return over
        return None


class CountingQuerySet(WritesFewRows, models.QuerySet["Claim"]):
    """How many claims there are of each sort."""

    def with_topics(self) -> Self:
        """Fetch along the topics that each is filed under."""
        return self.prefetch_related("filings__topic")

    def published_by_month(self) -> Counted:
        """Return, for each month in which claims had their first verdict, how many have each status today."""
        month = TruncMonth("published_at", output_field=models.DateField(), tzinfo=UTC)
        return self._by_month(month)

    def said_by_month(self) -> Counted:
        """Return, for each month in which claims were made, how many have each status today."""
        return self.filter(said_on__isnull=False)._by_month(TruncMonth("said_on"))

    def _by_month(self, month: TruncMonth) -> Counted:
        counted = self.order_by().annotate(month=month).values_list("month", "status")
        return list(counted.annotate(number=models.Count("pk")).order_by("month", "status"))

    def by_claimant_kind(self) -> list[tuple[str | None, str | None, int]]:
        """Return how many claims of each kind of claimant have each status; None is a claimant not known."""
        counted = self.order_by().values_list("claimant__kind", "status")
        rows: Any = counted.annotate(number=models.Count("pk"))
        return list(rows.order_by("claimant__kind", "status"))

    def by_topic(self) -> list[tuple[str, str, str | None, int]]:
        """Return how many claims under each topic, by slug and name, have each status."""
        filed = self.order_by().filter(filings__isnull=False)
        counted = filed.values_list("filings__topic__slug", "filings__topic__name", "status")
        rows: Any = counted.annotate(number=models.Count("pk"))
        return list(rows.order_by("filings__topic__name", "status"))

    def by_evidence(self) -> dict[int, int]:
        """Return how many claims have how many pieces of evidence, withdrawn ones included."""
        from claims.models.evidence import Evidence  # which stands on the claims

        pieces = Evidence.objects.filter(claim__in=self.order_by()).order_by().values_list("claim")
        counted = Counter(
            number for _, number in pieces.annotate(number=models.Count("pk")).iterator()
        )
        if without := self.count() - counted.total():
            counted[0] = without
        return dict(sorted(counted.items()))

    def judged_here(self) -> Self:
        """Claims whose first verdict this register gave."""
        from claims.models.entry import HistoryEntry  # which stands on the claims

        imported = HistoryEntry.objects.filter(
            claim=models.OuterRef("pk"),
            act=Act.VERDICT_IMPORTED,
            recorded_at=models.OuterRef("published_at"),
        )
        return self.exclude(models.Exists(imported))

    def waits(self) -> Waits:
        """Return how long claims waited for their first verdict; one query."""
        moments: Any = self.judged_here().order_by().values_list("created_at", "published_at")
        waited: Counter[tuple[int, int]] = Counter()
        for recorded, judged in moments.iterator():
            days = (judged - recorded) / DAY
            waited[math.floor(days), math.ceil(days)] += 1
        return Waits(waited)
