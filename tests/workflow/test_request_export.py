"""request_export: the turn of the nightly export is now, and one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import BackgroundTask, PeriodicJob, User
from claims.models.background import EXPORTING, NIGHTLY_EXPORT
from claims.tasks import enqueue
from claims.tasks.exporting import export_again, export_nightly
from claims.tasks.periodic import due
from claims.tasks.queue import take_next
from claims.workflow import request_export
from tests.workflow.observing import everything, refused


def test_the_names_are_those_of_the_tasks() -> None:
    assert export_nightly.name == NIGHTLY_EXPORT
    assert {export_nightly.module_path, export_again.module_path} == set(EXPORTING)


def test_the_next_one_of_the_night_is_a_day_later(editor: User) -> None:
    job = request_export(by=editor)
    due_at = job.asked_for_at + timedelta(days=1)
    assert export_nightly.name not in [job.name for job in due(due_at - timedelta(minutes=1))]
    assert export_nightly.name in [job.name for job in due(due_at)]


@pytest.mark.parametrize("task", [export_nightly, export_again], ids=lambda task: task.name)
def test_it_is_refused_while_one_waits_or_is_made(editor: User, task: object) -> None:
    enqueue(task)  # type: ignore[arg-type]
    with refused("An export waits or is being made"):
        request_export(by=editor)
    row = take_next("a worker")
    assert row is not None
    with refused("An export waits or is being made"):
        request_export(by=editor)
    row.set_successful(None)
    assert request_export(by=editor).name == NIGHTLY_EXPORT


def test_what_is_refused_takes_nobodys_turn(editor: User) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    PeriodicJob.objects.create(name=NIGHTLY_EXPORT, asked_for_at=long_ago)
    enqueue(export_nightly)
    with refused("An export waits"):
        request_export(by=editor)
    assert PeriodicJob.objects.get().asked_for_at == long_ago


def test_it_touches_nothing_of_the_register(editor: User) -> None:
    before = everything()
    request_export(by=editor)
    after = everything()
    assert [label for label in after if after[label] != before[label]] == ["claims.PeriodicJob"]
    assert not BackgroundTask.objects.exists()
