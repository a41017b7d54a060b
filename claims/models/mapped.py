"""Reads for the site map: what there is, cut by keys, so that a page of it stays the same however much comes after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from claims.models.claim import Claim, ClaimQuerySet

PAGE = 5_000
Row = TypeVar("Row", bound=models.Model)


def pages_of_claims() -> Mapping[int, datetime | None]:
    """Return the numbers of the pages that hold listed claims, each with the last act on one of them."""
    numbered = Claim.objects.listed().order_by().annotate(page=(models.F("pk") - 1) / PAGE)
    pages = numbered.values("page").annotate(last=models.Max("head_at")).order_by("page")
    return {row["page"] + 1: row["last"] for row in pages}


def pages_of(found: models.QuerySet[Any]) -> Mapping[int, datetime | None]:
    """Return the numbers of the pages that may hold rows of `found`; when these last changed nobody knows."""
    last = found.order_by().aggregate(last=models.Max("pk"))["last"]
    return dict.fromkeys(range(1, (last - 1) // PAGE + 2)) if last else {}


def on_page(found: models.QuerySet[Row], number: int) -> models.QuerySet[Row]:
    """Return the rows of `found` on one page of the map, in the order they came."""
    first = (number - 1) * PAGE
    return found.filter(pk__gt=first, pk__lte=first + PAGE).order_by("pk")


def first_published_since(moment: datetime, *, most: int) -> ClaimQuerySet:
    """Return the listed claims whose first verdict is no older than `moment`, the newest first."""
    found = Claim.objects.listed().filter(published_at__gte=moment).with_summary()
    return found.order_by("-published_at", "-pk")[:most]
