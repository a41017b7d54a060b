"""The verbs on background work: retry_task, request_export."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus

from claims.models import BackgroundTask, PeriodicJob, User
from claims.models.background import EXPORTING, NIGHTLY_EXPORT
from claims.vocabulary import Verb
from claims.workflow.refusals import RuleBroken, require


def retry_task(task: BackgroundTask, *, by: User) -> BackgroundTask:
    """Have a task that was given up tried again, with all its attempts before it.

    Raises RuleBroken when it did not fail, or somebody had it tried again just now.
    """
    require(by, Verb.RETRY_TASK)
    given_up = BackgroundTask.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED)
    changed = given_up.update(
        status=TaskResultStatus.READY,
        run_after=timezone.now(),
        worker_ids=[],
        started_at=None,
        finished_at=None,
    )
    if not changed:
        raise RuleBroken(
            _("Only a task that failed is run again; this one did not, or runs already.")
        )
    task.refresh_from_db()
    return task


@transaction.atomic
def request_export(*, by: User) -> PeriodicJob:
    """Have it be the turn of the nightly export now; the next one is a day later. Whoever calls this enqueues it.

    Raises RuleBroken while an export waits or is being made.
    """
    require(by, Verb.REQUEST_EXPORT)
    # Who asks at the same moment is held here until the task of the first stands in the queue.
    PeriodicJob.objects.take_turn(NIGHTLY_EXPORT, every=timedelta())
    if BackgroundTask.objects.unfinished(*EXPORTING).exists():
        raise RuleBroken(_("An export waits or is being made already."))
    return PeriodicJob.objects.get(name=NIGHTLY_EXPORT)
