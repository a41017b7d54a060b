"""The life of one task in the register's own queue: taken up, carried out, made again, given up, put back."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from claims.models import BackgroundTask
from claims.tasks.declaring import bounds_of, delay_after
from claims.tasks.limits import OutOfTime, within

logger = logging.getLogger(__name__)
# At its limit an attempt is stopped from inside; what runs on after this much more has no worker any longer.
GRACE = timedelta(seconds=30)


class WorkerLost(Exception):
    """The worker was gone before the task ended: killed, out of memory, or without power."""


def drop_stale_connection() -> None:
    """Have the next query connect anew where the connection was lost; never in the midst of a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def take_next(worker: str) -> BackgroundTask | None:
    """Take up the task whose turn it is; nobody else is given the same one."""
    if not BackgroundTask.objects.ready().exists():
        return None  # looked up outside a transaction: on SQLite that would keep writers waiting
    with transaction.atomic():
        row = BackgroundTask.objects.ready().get_locked()
        if not isinstance(row, BackgroundTask):
            return None
        row.claim(worker)
    return row


def carry_out(row: BackgroundTask) -> None:
    """Run a task that was taken up, and note how it ended. An interruption puts it back and is raised again."""
    logger.info("%s begins, attempt %d", row, row.attempts)
    try:
        task = row.task
        with within(bounds_of(row.task_path).limit):
            task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except (KeyboardInterrupt, SystemExit):
        drop_stale_connection()
        row.put_back(run_after=timezone.now())
        raise
    except (Exception, OutOfTime) as error:  # noqa: BLE001  (whatever it is, it is the task's)
        drop_stale_connection()
        note_failure(row, error, delay=delay_after(row.attempts))
    else:
        row.set_successful(None)
        logger.info("%s is done", row)


@transaction.atomic
def note_failure(row: BackgroundTask, error: BaseException, *, delay: timedelta) -> None:
    """Have a failed attempt made again after `delay`, or give the task up when it has had its share."""
    row.set_failed(error)
    if row.attempts > bounds_of(row.task_path).retries:
        logger.error("%s is given up after %d attempts: %s", row, row.attempts, row.trouble)
        return
    again_at = timezone.now() + delay
    row.put_back(run_after=again_at)
    logger.warning("%s failed, next attempt at %s: %s", row, again_at.isoformat(), row.trouble)


def put_back_lost() -> int:
    """Put back, or give up, what was taken up by workers that are gone; return how many tasks that were."""
    now = timezone.now()
    found = 0
    for row in BackgroundTask.objects.running_since_before(now - GRACE):
        if row.started_at < now - GRACE - bounds_of(row.task_path).limit:
            found += _put_back(row.pk, row.started_at)
    return found


@transaction.atomic
def _put_back(pk: object, started_at: object) -> bool:
    """Note that the worker of a task is gone, unless the task has moved on since."""
    lost = BackgroundTask.objects.select_for_update().filter(pk=pk, started_at=started_at)
    row = lost.running().first()
    if not isinstance(row, BackgroundTask):
        return False
    note_failure(row, WorkerLost(f"{row.worker_ids[-1]} is gone"), delay=timedelta())
    return True
