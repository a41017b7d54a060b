"""Imports in the background: read, brought in, and never twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.models import BackgroundTask, Claim, ImportRun, User
from claims.tasks import enqueue
from claims.tasks.imports import carry_out_import_file, preview_import_file, prune_old_imports
from claims.vocabulary import Role
from claims.workflow import confirm_import, discard_import
from tests import factories
from tests.interop.checks import answer
from tests.workflow.importing import ended, sent, shown

Work = Callable[[], list[BackgroundTask]]


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_a_file_is_read_and_then_brought_in(importer: User, work: Work) -> None:
    run = sent(importer)
    enqueue(preview_import_file, run.pk)
    work()
    run.refresh_from_db()
    assert (run.state, Claim.objects.count()) == ("ready", 0)
    confirm_import(run, by=importer)
    for _ in range(2):
        enqueue(carry_out_import_file, run.pk)
    tasks = work()
    assert Claim.objects.count() == 1
    assert ImportRun.objects.get().state == "done"
    assert [task.status for task in tasks][:1] == ["SUCCESSFUL"]


def test_what_was_discarded_meanwhile_is_left_alone(importer: User, work: Work) -> None:
    run = discard_import(shown(importer), by=importer)
    enqueue(preview_import_file, run.pk)
    (task,) = work()
    assert task.status == "SUCCESSFUL"


@pytest.mark.parametrize("left", [True, False])
def test_somebody_who_has_left_or_imports_no_more_brings_nothing_in(
    importer: User, work: Work, *, left: bool
) -> None:
    unread, confirmed = sent(importer), confirm_import(shown(importer), by=importer)
    done = ended(importer, answer("Another."))
    if left:
        User.objects.filter(pk=importer.pk).update(is_active=False)
    else:
        importer.groups.clear()
    for run in (confirmed, done):
        enqueue(carry_out_import_file, run.pk)
    enqueue(preview_import_file, unread.pk)
    work()
    assert Claim.objects.get().wording == "Another."
    for run in (unread, confirmed):
        run.refresh_from_db()
        assert (run.state, run.data) == ("failed", None)
        assert run.trouble.startswith("Whoever sent it may no longer import.")
    done.refresh_from_db()
    assert done.state == "done"


def test_the_daily_job_clears_away(importer: User) -> None:
    prune_old_imports.call()
    assert not ImportRun.objects.exists()
