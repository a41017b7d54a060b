"""Counts over claims for the pages of statistics: each is one query with few rows, however many claims there are."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Coalesce, TruncMonth

from claims.models.few_rows import WritesFewRows
from claims.vocabulary import Act

if TYPE_CHECKING:
    from claims.models.claim import Claim  # noqa: F401  (the type of the rows)

WAITS = (1, 7, 30, 90, 365)
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
        same = self.model._default_manager.filter(pk=models.OuterRef("pk")).order_by()
        pieces = same.values("pk").annotate(number=models.Count("evidence")).values("number")
        whole = models.IntegerField()
        counted = self.order_by().annotate(
            pieces=Coalesce(models.Subquery(pieces, output_field=whole), 0)
        )
        return dict(counted.values_list("pieces").annotate(number=models.Count("pk")))

    def judged_here(self) -> Self:
        """Claims whose first verdict this register gave, each with how long it `waited` for it."""
        imported = self.model._default_manager.filter(
            pk=models.OuterRef("pk"),
            entries__act=Act.VERDICT_IMPORTED,
            entries__recorded_at=models.F("published_at"),
        )
        waited = models.ExpressionWrapper(
            models.F("published_at") - models.F("created_at"), models.DurationField()
        )
        return self.exclude(models.Exists(imported)).annotate(waited=waited)

    def waits(self) -> dict[int, int]:
        """Return how many claims had their first verdict within how many days; 0 counts them all."""
        within = {
            f"within_{days}": models.Count("pk", filter=models.Q(waited__lte=timedelta(days=days)))
            for days in WAITS
        }
        counts = self.judged_here().order_by().aggregate(within_0=models.Count("pk"), **within)
        return {days: counts[f"within_{days}"] for days in (0, *WAITS)}

    def middle_wait(self, of: int) -> timedelta | None:
        """Return how long the middle one of that many claims waited for its first verdict."""
        judged: Any = self.judged_here()
        waited = judged.order_by("waited").values_list("waited", flat=True)
        return waited[(of - 1) // 2] if of else None
