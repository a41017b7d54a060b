"""One task's life: taken up once, tried again later, given up, put back when its worker is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.models import BackgroundTask, Publisher
from claims.tasks import enqueue
from claims.tasks.housekeeping import prune_finished_tasks, reap_stuck_tasks
from claims.tasks.queue import GRACE, carry_out, take_next
from tests.tasks import samples

Work = Callable[[], list[BackgroundTask]]
pytestmark = pytest.mark.django_db


def only() -> BackgroundTask:
    return BackgroundTask.objects.get()


def test_a_task_is_carried_out(work: Work) -> None:
    enqueue(samples.record_name, "Gazette")
    (done,) = work()
    assert (done.status, done.attempts, done.trouble) == ("SUCCESSFUL", 1, "")
    assert Publisher.objects.get().name == "Gazette"
    assert done.took is not None


def test_a_task_that_is_taken_up_is_given_to_nobody_else() -> None:
    enqueue(samples.record_name, "Gazette")
    assert take_next("one") is not None
    assert take_next("two") is None


def test_a_failed_attempt_is_made_again_later_and_says_why(work: Work) -> None:
    enqueue(samples.fail_always, 7)
    before = timezone.now()
    (row,) = work()
    assert (row.status, row.attempts) == ("READY", 1)
    assert row.trouble == "tests.tasks.samples.Trouble: no 7"
    assert row.run_after >= before + timedelta(seconds=10)
    assert work() == []  # not before its time


def test_after_its_bound_of_attempts_a_task_is_given_up_with_its_traceback(work: Work) -> None:
    enqueue(samples.fail_always, 7)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            work()
            clock.shift(timedelta(hours=1))
    row = only()
    assert (row.status, row.attempts) == ("FAILED", 3)
    assert "raise Trouble" in row.traceback


def test_an_attempt_that_takes_too_long_is_stopped_even_if_it_swallows_every_exception(
    work: Work,
) -> None:
    enqueue(samples.swallow_and_go_on, 1)
    (row,) = work()
    assert row.status == "FAILED"
    assert "OutOfTime: stopped after 0.05 seconds" in row.trouble


def test_an_interrupted_task_is_ready_again_at_once() -> None:
    enqueue(samples.interrupt, 1)
    row = take_next("one")
    assert row is not None
    with pytest.raises(SystemExit):
        carry_out(row)
    assert take_next("two") == row


def test_a_task_whose_code_is_gone_fails_in_words(work: Work) -> None:
    enqueue(samples.record_name, "Gazette")
    BackgroundTask.objects.update(task_path="claims.tasks.gone.nothing")
    (row,) = work()
    assert row.status == "FAILED"
    assert "No module named" in row.trouble


def test_a_dead_workers_task_is_put_back_once_its_time_is_over(work: Work) -> None:
    enqueue(samples.record_name, "Gazette")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        take_next("the dead")
        clock.shift(timedelta(minutes=1))  # its limit, but for the grace
        reap_stuck_tasks.func()
        assert only().status == "RUNNING"
        clock.shift(GRACE + timedelta(seconds=1))
        reap_stuck_tasks.func()
        assert only().status == "READY"
        assert "WorkerLost: the dead is gone" in only().trouble
        (row,) = work()
    assert (row.status, row.attempts) == ("SUCCESSFUL", 2)


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    enqueue(samples.record_name, "Gazette")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            assert take_next("the dead") is not None
            clock.shift(timedelta(hours=1))
            reap_stuck_tasks.func()
            clock.shift(timedelta(hours=1))
        assert take_next("the next") is None
    assert (only().status, only().attempts) == ("FAILED", 3)


def test_a_task_that_moved_on_meanwhile_is_not_put_back() -> None:
    enqueue(samples.record_name, "Gazette")
    row = take_next("slow")
    assert row is not None
    carry_out(row)
    stale = BackgroundTask(pk=row.pk, status="RUNNING", started_at=row.started_at)
    assert not stale.put_back(run_after=timezone.now())
    assert only().status == "SUCCESSFUL"


def test_the_reaper_asks_two_things_of_the_database_whatever_runs(
    django_assert_num_queries,
) -> None:
    for count in (1, 19):
        for number in range(count):
            enqueue(samples.record_name, f"Gazette {number}")
            take_next("busy")
        with django_assert_num_queries(0 + 1):  # what runs for longer than the grace
            reap_stuck_tasks.func()


def test_what_is_long_done_is_cleared_away_and_failures_are_kept_longer(work: Work) -> None:
    enqueue(samples.record_name, "Gazette")
    enqueue(samples.swallow_and_go_on, 1)
    work()
    enqueue(samples.record_name, "Waits")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clock.shift(timedelta(days=6))
        prune_finished_tasks.func()
        assert BackgroundTask.objects.count() == 3
        clock.shift(timedelta(days=2))
        prune_finished_tasks.func()
        assert set(BackgroundTask.objects.values_list("status", flat=True)) == {"FAILED", "READY"}
        clock.shift(timedelta(days=90))
        prune_finished_tasks.func()
        assert only().status == "READY"
