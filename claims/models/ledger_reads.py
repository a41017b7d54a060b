"""Reads that evidence, appearances and verdicts have in common: those of claims that readers can see, now and then."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.db import models

from claims.models.claim import Claim
from claims.models.entry import HistoryEntry, LedgerRow
from claims.models.few_rows import WritesFewRows
from claims.models.written import Written
from claims.vocabulary import Act

R = TypeVar("R", bound=LedgerRow)
Place = tuple[int, str, int, int]


class OfClaimsQuerySet(WritesFewRows, models.QuerySet[R]):
    """What belongs to claims, each with the entry that brought it."""

    ENDED_BY: ClassVar[Act]  # the act that takes such a thing back, about the entry that brought it

    def of_published(self) -> Self:
        """Those of claims that readers can see, be they merged into others since."""
        return self.filter(claim__published_at__isnull=False, claim__document__isnull=False)

    def of_listed(self) -> Self:
        """Those of claims that public lists show."""
        return self.of_published().exclude(claim__merged_into__isnull=False)

    def known_by(self, moment: datetime) -> Self:
        """Those that readers could see at `moment`, be their claims merged into others by then."""
        seen = self.of_published().filter(claim__published_at__lte=moment)
        return seen.filter(entry__recorded_at__lte=moment)

    def listed_by(self, moment: datetime) -> Self:
        """Those that readers could see at `moment` of claims that public lists showed then."""
        merged = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"), act=Act.CLAIM_MERGED, recorded_at__lte=moment
        )
        gone = models.Q(claim__merged_into__isnull=False) & models.Exists(merged)
        return self.known_by(moment).exclude(gone)

    def seen(self, until: datetime | None = None) -> Self:
        """Those that readers can see, or could see at a moment, looked up one by one: of few rows, a few among many.

        A join would lure SQLite into reading all claims, or all entries, for each of those few.
        """
        claims = Claim.objects.filter(pk=models.OuterRef("claim")).order_by()
        if until is None:
            return self.filter(models.Exists(claims.published()))
        known = self.filter(models.Exists(claims.filter(published_at__lte=until)))
        entries = HistoryEntry.objects.filter(pk=models.OuterRef("pk")).order_by()
        return known.filter(models.Exists(entries.recorded_until(until)))

    def standing_at(self, moment: datetime) -> Self:
        """Those that had been recorded by `moment` and were not taken back by then."""
        found = self.filter(entry__recorded_at__lte=moment)
        return found.exclude(models.Exists(self._ends(moment)))

    def left(self, *, taken_back: bool, until: datetime | None = None) -> Self:
        """Those that were taken back, by `until` where that is given, or those that were not."""
        if not taken_back:
            return self.exclude(models.Exists(self._ends(until)))
        # The few acts that take back are found by their index, and what they are about by its number.
        ends = HistoryEntry.objects.filter(
            act=Written(self.ENDED_BY), claim__entries__number=models.F("about")
        )
        ends = ends.recorded_until(until) if until else ends
        return self.filter(pk__in=ends.order_by().values("claim__entries"))

    def _ends(self, until: datetime | None) -> models.QuerySet[HistoryEntry]:
        ends = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"),
            act=self.ENDED_BY,
            about=models.OuterRef("entry__number"),
        )
        return ends.recorded_until(until) if until else ends

    def on_claim(self, public_id: str) -> Self:
        """Those of the claim with that public id."""
        return self.filter(claim__public_id=public_id)

    def numbered(self, number: int) -> Self:
        """Those that the entries of that number brought."""
        return self.filter(entry__number=number)

    def places(self) -> models.QuerySet[R, Place]:
        """The key of each, the public id of its claim, the number of its entry, and the key of its claim."""
        return self.values_list("pk", "claim__public_id", "entry__number", "claim")
