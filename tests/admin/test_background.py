"""Background work on the desk: who sees what of it, and a failed task is run again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from claims.models import BackgroundTask, User
from claims.tasks import enqueue
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, submit, text_of
from tests.tasks import samples

LIST = "/admin/claims/backgroundtask/"


@pytest.fixture
def failed(db: None) -> BackgroundTask:
    """A task that was given up."""
    return factories.failed_task()


def page_of(task: BackgroundTask) -> str:
    return reverse("admin:claims_backgroundtask_run-again", args=[task.pk])


def test_the_list_says_what_failed_and_how_often_it_was_tried(
    sign_in: SignIn, editor: User, failed: BackgroundTask
) -> None:
    enqueue(samples.record_name, "Gazette")
    told = " ".join(text_of(sign_in(editor).get(LIST)).split())
    assert "task Failed 1 of 1" in told
    assert "No module named 'claims.tasks.gone'" in told
    assert "record name Waits 0 of 3" in told


def test_the_list_can_be_narrowed_to_what_failed(
    sign_in: SignIn, editor: User, failed: BackgroundTask
) -> None:
    enqueue(samples.record_name, "Gazette")
    page = sign_in(editor).get(LIST, {"state": "FAILED"})
    assert "record name" not in text_of(page)
    assert page_of(failed) in page.content.decode()


def test_the_periodic_jobs_stand_below(sign_in: SignIn, editor: User) -> None:
    told = " ".join(text_of(sign_in(editor).get(LIST)).split())
    assert "prune_finished_tasks" in told
    assert "1 d never yet" in told
    assert "1 min never yet" in told


def test_an_editor_runs_a_failed_task_again(
    sign_in: SignIn, editor: User, failed: BackgroundTask
) -> None:
    page = submit(sign_in(editor), page_of(failed))
    assert said(page) == ["The task is run again."]
    failed.refresh_from_db()
    assert failed.status == "READY"


def test_looking_at_a_task_runs_nothing(
    sign_in: SignIn, editor: User, failed: BackgroundTask
) -> None:
    client = sign_in(editor)
    client.get(page_of(failed))
    client.get(f"{LIST}{failed.pk}/change/", follow=True)
    failed.refresh_from_db()
    assert failed.status == "FAILED"


def test_a_second_press_is_refused_in_words(
    sign_in: SignIn, editor: User, failed: BackgroundTask
) -> None:
    client = sign_in(editor)
    submit(client, page_of(failed))
    page = client.post(page_of(failed), {"seen": ""})
    assert "Only a task that failed is run again" in text_of(page)


def test_a_task_that_did_not_fail_offers_no_button(sign_in: SignIn, editor: User) -> None:
    enqueue(samples.record_name, "Gazette")
    page = sign_in(editor).get(page_of(BackgroundTask.objects.get()))
    assert 'type="submit">Run again' not in page.content.decode()


def test_the_traceback_is_for_superusers(
    sign_in: SignIn, editor: User, boss: User, failed: BackgroundTask
) -> None:
    assert "Traceback (most recent call last)" in text_of(sign_in(boss).get(page_of(failed)))
    assert "Traceback" not in text_of(sign_in(editor).get(page_of(failed)))


def test_nobody_below_an_editor_sees_it(
    sign_in: SignIn, reviewer: User, failed: BackgroundTask
) -> None:
    client = sign_in(reviewer)
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(failed)).status_code == 403
    assert client.post(page_of(failed)).status_code == 403
    assert "Background work" not in text_of(client.get("/admin/"))


@pytest.mark.parametrize("key", ["00000000-0000-0000-0000-000000000000", "1", "x"])
def test_a_task_there_is_not_is_not_found(sign_in: SignIn, editor: User, key: str) -> None:
    assert sign_in(editor).get(f"{LIST}{key}/run-again/", follow=True).status_code in (200, 404)


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_takes_seven_queries(
    sign_in: SignIn, editor: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        enqueue(samples.record_name, f"Gazette {number}")
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; how many, the rows, the jobs
    with django_assert_num_queries(7):
        client.get(LIST)


def test_a_tasks_page_takes_five_queries(
    sign_in: SignIn, editor: User, failed: BackgroundTask, django_assert_num_queries
) -> None:
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; the task
    with django_assert_num_queries(5):
        client.get(page_of(failed))
