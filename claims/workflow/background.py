"""The one verb on background work: retry_task."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus

from claims.models import BackgroundTask, User
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
