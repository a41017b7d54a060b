"""Which rows were found to be one and the same, however many mergers lie between them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models


def merged_with(model: type[models.Model], keys: Iterable[int]) -> set[int]:
    """Return the keys of all rows that are the same as one of `keys`, be it by way of others.

    Takes a query for each step of the longest chain of mergers; one where there was none.
    """
    same = set(keys)
    fresh = set(same)
    while fresh:
        near = models.Q(pk__in=fresh) | models.Q(merged_into__in=fresh)
        rows = model._default_manager.filter(near).order_by().values_list("pk", "merged_into")
        fresh = {key for row in rows for key in row if key is not None} - same
        same |= fresh
    return same
