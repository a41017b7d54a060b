"""Reads of what the register said of claims at an earlier moment: listed, worded, ruled, found and cited by then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from claims.models.choosing import ChoosingQuerySet
from claims.vocabulary import Act

if TYPE_CHECKING:
    from claims.models.entry import HistoryEntry
    from claims.models.publisher import Publisher


class PastQuerySet(ChoosingQuerySet):
    """What lists of claims as of a moment are narrowed by."""

    def listed_at(self, moment: datetime) -> Self:
        """Claims that public lists showed at `moment`."""
        from claims.models.entry import HistoryEntry  # which stands on the claims

        acts = HistoryEntry.objects.filter(claim=models.OuterRef("pk")).recorded_until(moment)
        merged = models.Q(merged_into__isnull=False) & models.Exists(acts.of_acts(Act.CLAIM_MERGED))
        return self.filter(published_at__lte=moment).exclude(merged)

    def merged_by(self, moment: datetime) -> Self:
        """Claims that had been merged into others by `moment`."""
        act = {"entries__act": Act.CLAIM_MERGED, "entries__recorded_at__lte": moment}
        return self.filter(merged_into__isnull=False, **act)

    def worded_at(self, moment: datetime, **said: Collection[Any]) -> Self:
        """Claims whose wording in force at `moment` had, of each of these, one of the values."""
        if "claimant" in said:
            return self._worded_by_at(moment, **said)
        wordings = self.model._default_manager.filter(
            pk=models.OuterRef("pk"), wordings__entry__recorded_at__lte=moment
        ).order_by("-wordings__version")
        then = {
            f"{name}_then": models.Subquery(wordings.values(f"wordings__{name}")[:1])
            for name in said
        }
        return self.alias(**then).filter(**{f"{name}_then__in": said[name] for name in said})

    def _worded_by_at(self, moment: datetime, **said: Collection[Any]) -> Self:
        """The same where claimants are among what is asked: an index finds the wordings that name them.

        A wording is in force where none came after it. Asked for so, PostgreSQL knows how many there are, and walks
        the claims in their order for a busy claimant instead of sorting all of theirs.
        """
        from claims.models.wording import Wording  # which stands on the claims

        known = Wording.objects.filter(entry__recorded_at__lte=moment)
        later = known.filter(claim=models.OuterRef("claim"), version__gt=models.OuterRef("version"))
        asked = known.filter(**{f"{name}__in": said[name] for name in said})
        # A claimant whose name was erased since makes no claim of that time either.
        in_force = asked.filter(~models.Exists(later), claimant_name__isnull=False)
        return self.filter(pk__in=in_force.order_by().values("claim"))

    def ruled_by(self, acts: models.QuerySet[HistoryEntry], *, status: str | None = None) -> Self:
        """Claims that have one of `acts`; given a status, those whose first of `acts` brought it."""
        own = acts.filter(claim=models.OuterRef("pk"))
        if status is None:
            return self.filter(models.Exists(own))
        first = models.Subquery(own.values("verdict__status")[:1])
        return self.alias(status_then=first).filter(status_then=status)

    def withdrawn_by(self, moment: datetime) -> Self:
        """Claims whose last verdict by `moment` had been taken back and not been given anew."""
        from claims.models.entry import HistoryEntry  # which stands on the claims

        acts = HistoryEntry.objects.recorded_until(moment).filter(claim=models.OuterRef("pk"))
        last = models.Subquery(acts.last_verdict_first().values("act")[:1])
        return self.alias(last_act_then=last).filter(last_act_then=Act.VERDICT_VOIDED)

    def said_then(self, moment: datetime, first: date | None, last: date | None) -> Self:
        """Claims that by their wording in force at `moment` were made on one of the days from `first` to `last`."""
        same = self.model._default_manager.filter(
            pk=models.OuterRef("pk"), wordings__entry__recorded_at__lte=moment
        )
        day = models.Subquery(same.order_by("-wordings__version").values("wordings__said_on")[:1])
        found = self.alias(said_then=day)
        if first:
            found = found.filter(said_then__gte=first)
        return found.filter(said_then__lte=last) if last else found

    def carried_then(self, publisher: Publisher, moment: datetime) -> Self:
        """Claims that by `moment` had been found in an article of `publisher`, and not been withdrawn from it."""
        from claims.models.wording import Appearance  # which stands on the claims

        places = Appearance.objects.standing_at(moment).filter(article__publisher=publisher)
        return self.filter(pk__in=places.order_by().values("claim"))

    def evidenced_then(self, stance: str, moment: datetime) -> Self:
        """Claims that by `moment` had evidence of a stance, added by then and not withdrawn by then."""
        from claims.models.evidence import Evidence  # which stands on the claims

        pieces = Evidence.objects.standing_at(moment).filter(stance=stance)
        return self.filter(models.Exists(pieces.filter(claim=models.OuterRef("pk"))))

    def status_counts_at(self, moment: datetime) -> dict[str | None, int]:
        """Return how many claims had each status at `moment`; None counts those whose verdict had been withdrawn."""
        from claims.models.entry import HistoryEntry  # which stands on the claims

        acts = HistoryEntry.objects.recorded_until(moment).filter(claim=models.OuterRef("pk"))
        last = models.Subquery(acts.last_verdict_first().values("verdict__status")[:1])
        counted = self.order_by().annotate(status_at=last).values_list("status_at")
        return dict(counted.annotate(number=models.Count("pk")))
