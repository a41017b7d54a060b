"""`manage.py run_worker`: does what is due and ready; waits out a database that is away; knows its own queue."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from claims.models import BackgroundTask, Publisher
from claims.tasks import enqueue, worker
from claims.tasks.worker import Worker
from tests.tasks import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """Give the test process back the handlers it had."""
    before = {number: signal.getsignal(number) for number in worker.STOPPING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_until_idle_it_does_what_is_ready_and_due_and_ends() -> None:
    enqueue(samples.record_name, "Gazette")
    call_command("run_worker", "--until-idle", verbosity=0)
    assert Publisher.objects.get().name == "Gazette"
    states = dict(BackgroundTask.objects.values_list("task_path", "status"))
    assert states["claims.tasks.housekeeping.prune_finished_tasks"] == "SUCCESSFUL"


def test_trouble_with_the_database_is_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Worker(interval=0)
    looks: list[int] = []

    def away(name: str) -> None:
        looks.append(len(looks))
        one.stopping = len(looks) == 3
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(worker, "take_next", away)
    one.run()
    assert len(looks) == 3


def test_cron_is_told_of_trouble_with_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(name: str) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(worker, "take_next", away)
    with pytest.raises(OperationalError):
        Worker().run(until_idle=True)


def test_an_idle_look_costs_one_query(django_assert_num_queries) -> None:
    one = Worker()
    one.run(until_idle=True)
    with django_assert_num_queries(1):  # whether anything is ready
        one.run(until_idle=True)


def test_it_leaves_another_systems_queue_alone(settings) -> None:
    settings.FACTCHECK_TASKS = "redis"
    with pytest.raises(CommandError, match="FACTCHECK_TASKS is redis"):
        call_command("run_worker")
