"""The queue's own jobs: putting back what dead workers left, and clearing away what is long done."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from claims.models import BackgroundTask
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic
from claims.tasks.queue import put_back_lost
from claims.workflow.api_writes import prune_writes
from claims.workflow.manners import prune_drafts

DRAFTS_KEPT = timedelta(days=30)
SUCCEEDED_KEPT, FAILED_KEPT = timedelta(days=7), timedelta(days=90)


@periodic(every=timedelta(minutes=1), unqueued=True)
@background(retries=0)
def reap_stuck_tasks() -> None:
    """Put back the tasks whose worker is gone."""
    put_back_lost()


@periodic(every=timedelta(days=1))
@background(limit=timedelta(minutes=10))
def prune_finished_tasks() -> None:
    """Clear away what succeeded a week ago, and what failed 90 days ago."""
    now = timezone.now()
    BackgroundTask.objects.outlived(
        succeeded_before=now - SUCCEEDED_KEPT, failed_before=now - FAILED_KEPT
    ).delete()


@periodic(every=timedelta(days=1))
@background()
def prune_old_drafts() -> None:
    """Throw away drafts that nobody touched for a month."""
    prune_drafts(kept=DRAFTS_KEPT)


@periodic(every=timedelta(days=1))
@background()
def prune_api_writes() -> None:
    """Forget the answers of the API that are promised no longer."""
    prune_writes(timezone.now())
