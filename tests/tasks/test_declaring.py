"""What a task must be, and when asking for one counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from claims.models import BackgroundTask, Publisher
from claims.tasks import background, enqueue
from claims.tasks.declaring import bounds_of, delay_after
from tests.tasks import samples


class ElsewhereBackend(DummyBackend):
    """Stands for Redis or Celery: a queue outside the database, with a clock."""

    supports_defer = True


DUMMY = {"default": {"BACKEND": "tests.tasks.test_declaring.ElsewhereBackend"}}
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def elsewhere() -> Iterator[Any]:
    """A queue that is not the register's own; what was asked for stands in its `results`."""
    with override_settings(TASKS=DUMMY):
        yield task_backends["default"]


def test_a_task_takes_ids_and_nothing_else() -> None:
    def takes_a_list(claims: list[int]) -> None: ...

    with pytest.raises(TypeError, match="claims is none"):
        background()(takes_a_list)


def test_a_task_says_what_its_ids_are() -> None:
    def says_nothing(claim) -> None: ...

    with pytest.raises(TypeError, match="claim is none"):
        background()(says_nothing)


def test_a_task_returns_nothing() -> None:
    def answers(claim: int) -> int:
        return claim

    with pytest.raises(TypeError, match="must return None"):
        background()(answers)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_asking_with_the_wrong_arguments_fails_where_it_is_asked() -> None:
    with pytest.raises(TypeError):
        enqueue(samples.fail_always, 1, 2)  # type: ignore[call-arg]
    assert not BackgroundTask.objects.exists()


@pytest.mark.django_db
def test_what_is_asked_for_is_rolled_back_with_the_act() -> None:
    with transaction.atomic():
        enqueue(samples.fail_always, 1)
        transaction.set_rollback(True)
    assert not BackgroundTask.objects.exists()


@pytest.mark.django_db
def test_another_system_is_asked_only_after_the_act(
    elsewhere: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(samples.fail_always, 1)
        assert elsewhere.results == []
    assert [result.args for result in elsewhere.results] == [[1]]


def test_another_system_is_asked_again_after_a_failure_until_the_bound(elsewhere: Any) -> None:
    for attempt in (1, 2, 3):
        with pytest.raises(samples.Trouble):
            samples.fail_always.call(7, attempt=attempt)  # type: ignore[call-arg]
    again = [(result.args, result.kwargs) for result in elsewhere.results]
    assert again == [([7], {"attempt": 2}), ([7], {"attempt": 3})]
    assert all(result.task.run_after for result in elsewhere.results)


@pytest.mark.django_db
@override_settings(TASKS=IMMEDIATE)
def test_tasks_may_be_carried_out_where_they_are_asked_for(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(samples.record_name, "Gazette")
        enqueue(samples.fail_always, 1)
    assert Publisher.objects.get().name == "Gazette"


def test_each_attempt_waits_twice_as_long_and_never_over_an_hour() -> None:
    waits = [delay_after(attempt).total_seconds() for attempt in (1, 2, 3, 9, 10, 99)]
    assert waits == [10, 20, 40, 2560, 3600, 3600]


def test_a_task_nobody_declared_has_bounds_too() -> None:
    assert bounds_of("somewhere.else").retries == 0
    assert bounds_of("somewhere.else").limit == timedelta(hours=1)
    assert bounds_of("tests.tasks.samples.fail_always").retries == 2
