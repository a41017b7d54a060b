"""Counting what the page of statistics shows, before anybody asks for it."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from claims.layout import counted
from claims.models import Count
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic


@periodic(every=timedelta(minutes=5))
@background(limit=timedelta(minutes=30), retries=0)
def count_statistics() -> None:
    """Count what the page of statistics shows; the longer that takes, the more seldom."""
    at, last = timezone.now(), counted.last_counted()
    if last is not None and last.stands(at):
        return
    began = time.monotonic()
    numbers = counted.written(counted.count())
    took = timedelta(seconds=time.monotonic() - began)
    Count.objects.replace(counted.NAME, counted.SHAPE, numbers, at=at, took=took)
