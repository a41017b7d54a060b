"""Reads by which readers choose among claims, and the counts that tell them what there is to choose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce

from claims.models.counting import CountingQuerySet
from claims.vocabulary import ACTIVE_REVIEW_STATES

if TYPE_CHECKING:
    from claims.models.claim import Claim  # noqa: F401  (what the querysets are of)
    from claims.models.publisher import Publisher


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """What facets count of a claim: its key, its status (None: withdrawn) and the key of who makes it."""

    key: int
    status: str | None
    claimant: int | None


class ChoosingQuerySet(CountingQuerySet):
    """What lists of claims are narrowed by, and counts over what is left."""

    def recorded(self) -> Self:
        """Claims that have a history: in a rebuilt register there are some of which only the id is known."""
        return self.filter(head_number__gt=0)

    def with_status(self, status: str) -> Self:
        """Claims whose last verdict says `status`."""
        return self.filter(status=status)

    def without_verdict_in_force(self) -> Self:
        """Claims whose last verdict was withdrawn, and those that never had one."""
        return self.filter(status=None)

    def being_checked(self) -> Self:
        """Claims of which a review is in progress."""
        reviewed = self.model.objects.filter(reviews__state__in=ACTIVE_REVIEW_STATES)
        return self.filter(pk__in=reviewed.order_by().values("reviews__claim"))

    def with_changed_status(self) -> Self:
        """Claims whose status is not the one they were published with, or was another in between."""
        return self.filter(status_since__gt=models.F("published_at"))

    def under_topic(self, slug: str) -> Self:
        """Claims filed under a topic."""
        return self.filter(filings__topic__slug=slug)

    def carried_by(self, publisher: Publisher) -> Self:
        """Claims that stand in an article of `publisher`: found there, and not withdrawn from it."""
        from claims.models.wording import Appearance  # which stands on the claims

        places = Appearance.objects.not_withdrawn().filter(article__publisher=publisher)
        return self.filter(pk__in=places.order_by().values("claim"))

    def status_set_from(self, day: date) -> Self:
        """Claims whose status the register set, or took back, on that day (UTC) or later."""
        return self.filter(status_since__gte=datetime.combine(day, time.min, UTC))

    def status_set_until(self, day: date) -> Self:
        """Claims whose status the register set, or took back, on that day (UTC) or earlier."""
        return self.filter(status_since__lte=datetime.combine(day, time.max, UTC))

    def older_than(self, moment: datetime, public_id: str) -> Self:
        """Claims that come after that one, last set at `moment`, in the order of `newest_first`."""
        last = self.model.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(status_since=moment, pk__lt=models.Subquery(last))
        return self.filter(models.Q(status_since__lt=moment) | same_moment)

    def newer_than(self, moment: datetime, public_id: str) -> Self:
        """Claims that come before that one, last set at `moment`, in the order of `newest_first`."""
        last = self.model.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(status_since=moment, pk__gt=models.Subquery(last))
        return self.filter(models.Q(status_since__gt=moment) | same_moment)

    def newest_first(self) -> Self:
        """Order by the moment the status was last set, the newest first."""
        return self.order_by("-status_since", "-pk")

    def oldest_first(self) -> Self:
        """Order by the moment the status was last set, the oldest first."""
        return self.order_by("status_since", "pk")

    def status_counts(self) -> dict[str | None, int]:
        """Return how many claims have each status; None counts those whose verdict was withdrawn."""
        counted = self.order_by().values_list("status").annotate(number=models.Count("pk"))
        return dict(counted)

    def newest_rows(self, most: int) -> list[ChosenRow]:
        """Return what facets count of the `most` newest claims; one query.

        Whoever was found to be another claimant counts as that other.
        """
        who = Coalesce("claimant__merged_into", "claimant")
        newest = self.order_by("-status_since", "-pk").annotate(who=who)
        rows = newest.values_list("pk", "status", "who")[:most]
        return [ChosenRow(key, status, claimant) for key, status, claimant in rows]

    def among(self, keys: Collection[int]) -> Self:
        """Claims with one of these keys."""
        return self.filter(pk__in=keys)
