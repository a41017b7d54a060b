"""Periodic jobs: asked for when due, once, whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.models import BackgroundTask, PeriodicJob
from claims.tasks import housekeeping, periodic
from claims.tasks.periodic import do_what_is_due, due, jobs

pytestmark = pytest.mark.django_db
PRUNE = "claims.tasks.housekeeping.prune_finished_tasks"


def asked_for(path: str = PRUNE) -> int:
    return BackgroundTask.objects.filter(task_path=path).count()


def test_a_job_is_asked_for_when_it_never_was() -> None:
    assert "prune_finished_tasks" in do_what_is_due()
    assert asked_for() == 1


def test_a_job_is_not_asked_for_again_before_its_time(
    work: Callable[[], list[BackgroundTask]],
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        do_what_is_due()
        work()
        clock.shift(timedelta(hours=23))
        assert "prune_finished_tasks" not in do_what_is_due()
        clock.shift(timedelta(hours=1))
        assert "prune_finished_tasks" in do_what_is_due()


def test_a_job_that_still_waits_is_not_asked_for_twice() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        do_what_is_due()
        clock.shift(timedelta(days=30))
        do_what_is_due()
    assert asked_for() == 1


def test_of_two_workers_that_look_at_once_one_takes_the_turn() -> None:
    every, now = timedelta(hours=1), timezone.now()
    assert PeriodicJob.objects.take_turn("digest", every=every, now=now)
    assert not PeriodicJob.objects.take_turn("digest", every=every, now=now)
    later = now + every
    assert PeriodicJob.objects.take_turn("digest", every=every, now=later)
    assert not PeriodicJob.objects.take_turn("digest", every=every, now=later)


def test_what_repairs_the_queue_does_not_wait_in_it() -> None:
    assert "reap_stuck_tasks" in do_what_is_due()
    assert asked_for("claims.tasks.housekeeping.reap_stuck_tasks") == 0


def test_a_job_done_on_the_spot_keeps_its_trouble_to_itself(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> int:
        raise RuntimeError("no")

    monkeypatch.setattr(housekeeping, "put_back_lost", broken)
    assert "prune_finished_tasks" in do_what_is_due()
    assert "The job reap_stuck_tasks failed" in caplog.text


def test_looking_costs_one_query_when_nothing_is_due(django_assert_num_queries) -> None:
    do_what_is_due()
    with django_assert_num_queries(1):  # when each was last asked for
        assert list(due()) == []


def test_two_jobs_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="prune_finished_tasks already"):
        periodic(every=timedelta(days=1))(housekeeping.prune_finished_tasks)


def test_every_job_says_what_it_is_for() -> None:
    assert all(job.purpose.endswith(".") for job in jobs())
