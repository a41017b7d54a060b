"""Reading the pages that people want to cite, and forgetting the readings that nobody used."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims.fetching import Fetcher, FetchFailed, FetchRefused
from claims.models import SourceReading
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic
from claims.workflow.readings import (
    begin_reading,
    fail_reading,
    fill_reading,
    forget_outlived,
    give_up_stuck,
)


@background(retries=3, limit=timedelta(minutes=2))
def read_source_page(reading_id: int) -> None:
    """Fetch the page of a reading and note what it says, or why it cannot be read."""
    reading = SourceReading.objects.select_related("claim", "by").filter(pk=reading_id).first()
    try:
        if reading is not None and begin_reading(reading, by=reading.by):
            _read(reading)
    except PermissionDenied:
        return  # whoever asked for it has left the desk: nobody waits


def _read(reading: SourceReading) -> None:
    try:
        fetched = fetcher().fetch(reading.url)
    except (FetchRefused, FetchFailed) as error:
        fail_reading(reading, error.trouble, detail=error.reason, by=reading.by)
    else:
        fill_reading(reading, fetched, by=reading.by)


def fetcher() -> Fetcher:
    """Return the guarded fetcher, with its usual limits."""
    return Fetcher()


@periodic(every=timedelta(minutes=5))
@background()
def tend_readings() -> None:
    """Give up the readings of pages that are stuck, and forget those whose time is over."""
    now = timezone.now()
    give_up_stuck(now)
    forget_outlived(now)
