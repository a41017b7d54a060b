"""retry_task: a task that was given up is tried again, once, with all its attempts."""

from __future__ import annotations

import pytest

from claims.models import BackgroundTask, User
from claims.tasks.queue import carry_out, take_next
from claims.workflow import retry_task
from tests import factories
from tests.workflow.observing import everything, refused, stale_columns


@pytest.fixture
def failed(db: None) -> BackgroundTask:
    """A task that was given up."""
    return factories.failed_task()


def test_it_waits_again_with_all_its_attempts_before_it(
    failed: BackgroundTask, editor: User
) -> None:
    assert (failed.status, failed.attempts) == ("FAILED", 1)
    retry_task(failed, by=editor)
    assert (failed.status, failed.attempts, failed.finished_at) == ("READY", 0, None)
    assert stale_columns(failed) == []
    assert take_next("the next") == failed


def test_what_went_wrong_stays_known_until_the_next_attempt(
    failed: BackgroundTask, editor: User
) -> None:
    retry_task(failed, by=editor)
    assert "No module named" in failed.trouble


def test_a_task_is_run_again_once_however_often_it_is_asked(
    failed: BackgroundTask, editor: User, second_editor: User
) -> None:
    again = BackgroundTask.objects.get(pk=failed.pk)
    retry_task(failed, by=editor)
    with refused("Only a task that failed"):
        retry_task(again, by=second_editor)


def test_a_task_that_fails_anew_can_be_run_again_anew(failed: BackgroundTask, editor: User) -> None:
    retry_task(failed, by=editor)
    row = take_next("the next")
    assert row is not None
    carry_out(row)
    assert retry_task(row, by=editor).status == "READY"


def test_it_touches_nothing_of_the_register(failed: BackgroundTask, editor: User) -> None:
    before = everything()
    retry_task(failed, by=editor)
    after = everything()
    changed = [label for label in after if after[label] != before[label]]
    assert changed == ["claims.BackgroundTask"]
