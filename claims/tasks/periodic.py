"""Jobs that are done again and again: declared beside their task, asked for by whoever looks first when due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from claims.models import BackgroundTask, PeriodicJob
from claims.tasks.declaring import enqueue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A task without arguments, how often it is to be done, and whether it must not wait in the queue."""

    task: Task[[], None]
    every: timedelta
    unqueued: bool = False

    @property
    def name(self) -> str:
        """The task's name, which is also what operators type."""
        return self.task.name

    @property
    def purpose(self) -> str:
        """The first line of what the task says of itself."""
        return (self.task.func.__doc__ or "").strip().partition("\n")[0]


_jobs: dict[str, Job] = {}


def periodic(
    *, every: timedelta, unqueued: bool = False
) -> Callable[[Task[[], None]], Task[[], None]]:
    """Declare a task as a job to be done `every` so often.

    An `unqueued` job is done by the worker on the spot: what repairs the queue must not wait in it.
    Raises ValueError for a second job of one name.
    """

    def declare(task: Task[[], None]) -> Task[[], None]:
        job = Job(task, every, unqueued)
        if job.name in _jobs:
            raise ValueError(f"There is a periodic job {job.name} already.")
        _jobs[job.name] = job
        return task

    return declare


def jobs() -> list[Job]:
    """Return every job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def due(now: datetime | None = None) -> Iterator[Job]:
    """Yield the jobs whose time has come."""
    now = now or timezone.now()
    asked_for = PeriodicJob.objects.last_asked_for()
    for job in jobs():
        last = asked_for.get(job.name)
        if last is None or last <= now - job.every:
            yield job


def do_what_is_due() -> list[str]:
    """Ask for every job whose time has come, and do the unqueued ones; return their names.

    Any number of workers and cron lines may do so at once: each job is asked for once. One that still waits or
    runs since the last time is not asked for again.
    """
    return [job.name for job in due() if _take_turn(job)]


def _take_turn(job: Job) -> bool:
    if job.unqueued:
        if not PeriodicJob.objects.take_turn(job.name, every=job.every):
            return False
        _do(job)
        return True
    with transaction.atomic():
        if BackgroundTask.objects.unfinished(job.task.module_path).exists():
            return False
        if not PeriodicJob.objects.take_turn(job.name, every=job.every):
            return False
        enqueue(job.task)
        return True


def _do(job: Job) -> None:
    """Do a job on the spot; its trouble is its own, not that of the tasks that wait."""
    try:
        job.task.func()
    except Exception:
        logger.exception("The job %s failed; it is tried again in %s.", job.name, job.every)


def do_now(job: Job) -> None:
    """Do a job at once, as an operator asks for it. Raises whatever it raises."""
    PeriodicJob.objects.take_turn(job.name, every=timedelta())
    job.task.func()
