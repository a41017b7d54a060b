"""`manage.py run_job`: the jobs are listed, done, asked for, and unknown ones named."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import BackgroundTask, PeriodicJob
from claims.tasks.periodic import jobs
from tests import factories

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("run_job", *arguments, stdout=out)
    return out.getvalue()


def test_every_job_is_listed_with_its_purpose_and_when_it_was_asked_for() -> None:
    assert "never asked for yet" in run("--list")
    run("prune_finished_tasks")
    told = run("--list")
    assert all(job.name in told and job.purpose in told for job in jobs())
    assert "last asked for 20" in told


def test_a_job_is_done_at_once_and_counts_as_asked_for() -> None:
    done = factories.failed_task()
    BackgroundTask.objects.filter(pk=done.pk).update(finished_at="2020-01-01T00:00Z")
    run("prune_finished_tasks")
    assert not BackgroundTask.objects.filter(pk=done.pk).exists()
    assert "prune_finished_tasks" in PeriodicJob.objects.last_asked_for()


def test_what_is_due_is_asked_for_once() -> None:
    assert "prune_finished_tasks" in run("--due")
    assert run("--due") == "Nothing is due.\n"
    assert BackgroundTask.objects.filter(status="READY").exists()


def test_a_job_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"no job tidy\. There are: .*prune_finished_tasks"):
        run("tidy")


def test_one_of_three_must_be_chosen() -> None:
    with pytest.raises(CommandError, match="required"):
        run()
