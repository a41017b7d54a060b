"""Reads by which readers choose among claims, and the counts that tell them what there is to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from claims.models.publisher import Publisher
    from claims.models.wording import AppearanceQuerySet


class ChoosingQuerySet(models.QuerySet["Claim"]):
    """What lists of claims are narrowed by, and counts over what is left."""

    def with_status(self, status: str) -> Self:
        """Claims whose last verdict says `status`."""
        return self.filter(status=status)

    def under_topic(self, slug: str) -> Self:
        """Claims filed under a topic."""
        return self.filter(filings__topic__slug=slug)

    def carried_by(self, publisher: Publisher) -> Self:
        """Claims that stand in an article of `publisher`: found there, and not withdrawn from it."""
        places = _standing_places().filter(article__publisher=publisher)
        return self.filter(pk__in=places.values("claim"))

    def status_counts(self) -> dict[str | None, int]:
        """Return how many claims have each status; None counts those whose verdict was withdrawn."""
        counted = self.order_by().values_list("status").annotate(number=models.Count("pk"))
        return dict(counted)


def _standing_places() -> AppearanceQuerySet:
    from claims.models.wording import Appearance  # which stands on the claims

    return Appearance.objects.standing().order_by()
