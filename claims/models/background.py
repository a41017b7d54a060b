"""Background work: the queue of tasks as the desk sees it, and when each periodic job was last asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

# The one that is made every night, and the one that is made when words were erased.
NIGHTLY_EXPORT = "export_nightly"
EXPORTING = tuple(f"claims.tasks.exporting.{name}" for name in (NIGHTLY_EXPORT, "export_again"))


class BackgroundTaskQuerySet(DBTaskResultQuerySet):
    """Reads of the queue."""

    def newest_first(self) -> Self:
        """In the order they were asked for, the latest first."""
        return self.order_by("-enqueued_at", "-pk")

    def unfinished(self, *paths: str) -> Self:
        """Those of these tasks that wait or run."""
        return self.filter(
            task_path__in=paths, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
        )

    def last_export(self) -> BackgroundTask | None:
        """The one that was asked for last to write the register to files for readers."""
        row = self.filter(task_path__in=EXPORTING).newest_first().first()
        return row if isinstance(row, BackgroundTask) else None

    def running_since_before(self, moment: datetime) -> Self:
        """Those taken up before a moment and not ended since."""
        return self.filter(status=TaskResultStatus.RUNNING, started_at__lt=moment)

    def outlived(self, *, succeeded_before: datetime, failed_before: datetime) -> Self:
        """Those that finished so long ago that nobody asks for them any more."""
        succeeded = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=succeeded_before)
        failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=failed_before)
        return self.filter(succeeded | failed)


class BackgroundTask(DBTaskResult[..., Any]):
    """One task of the queue in the register's own database. The workers alone change it, but for `retry_task`."""

    objects: ClassVar[Any] = BackgroundTaskQuerySet.as_manager()

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("background task")
        verbose_name_plural = _("background tasks")

    def __str__(self) -> str:
        return f"{self.short_name} {self.pk}"

    @property
    def short_name(self) -> str:
        """The task's own name, without where it lives."""
        return str(self.task_path).rpartition(".")[2]

    @property
    def attempts(self) -> int:
        """How often a worker took it up since it was last asked for."""
        return len(self.worker_ids)

    @property
    def trouble(self) -> str:
        """What went wrong at the last attempt: the last line of its traceback."""
        return (self.traceback.strip().splitlines() or [""])[-1]

    def put_back(self, *, run_after: datetime) -> bool:
        """Let it be taken up again from a moment on; say whether it was still as this instance knows it."""
        same = BackgroundTask.objects.filter(
            pk=self.pk, status=self.status, started_at=self.started_at
        )
        return same.update(status=TaskResultStatus.READY, run_after=run_after) == 1

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING)

    @property
    def took(self) -> timedelta | None:
        """How long the last attempt lasted, once it has ended."""
        if self.started_at is None or self.finished_at is None:
            return None
        return max(self.finished_at - self.started_at, timedelta())


class PeriodicJobQuerySet(models.QuerySet["PeriodicJob"]):
    """Reads of periodic jobs, and the one write that decides whose turn it is."""

    def last_asked_for(self) -> dict[str, datetime]:
        """Return when each job was last asked for, by its name."""
        return dict(self.values_list("name", "asked_for_at"))

    @transaction.atomic
    def take_turn(self, name: str, *, every: timedelta, now: datetime | None = None) -> bool:
        """Note that a job is asked for now, if it is due: of several that ask at once, one is told yes."""
        now = now or timezone.now()
        _, first = self.get_or_create(name=name, defaults={"asked_for_at": now})
        due = self.filter(name=name, asked_for_at__lte=now - every)
        return first or due.update(asked_for_at=now) == 1


class PeriodicJob(models.Model):
    """When a job that is run again and again was last asked for. How often that is to be, the code says."""

    name = models.CharField(max_length=80, unique=True)
    asked_for_at = models.DateTimeField()

    objects = PeriodicJobQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
