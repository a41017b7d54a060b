"""discard_import: an import ends before anything came in; undecided ones end by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import ImportRow, ImportRun, User
from claims.vocabulary import Role
from claims.workflow import discard_import
from claims.workflow.import_runs import prune_imports
from tests import factories
from tests.workflow.importing import ended, shown
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def aged(run: ImportRun, days: int) -> ImportRun:
    then = timezone.now() - timedelta(days=days)
    ImportRun.objects.filter(pk=run.pk).update(changed_at=then)
    return run


def test_file_and_rows_are_cleared_away(importer: User) -> None:
    run = discard_import(shown(importer), by=importer)
    assert (run.state, run.data, ImportRow.objects.count()) == ("discarded", None, 0)
    assert stale_columns(run) == []


def test_what_came_in_cannot_be_discarded(importer: User) -> None:
    run = ended(importer)
    with refused("Done"):
        discard_import(run, by=importer)


def test_a_file_that_nobody_decided_on_for_a_week_is_cleared_away(importer: User) -> None:
    old, young = aged(shown(importer), 8), aged(shown(importer), 6)
    prune_imports()
    for run in (old, young):
        run.refresh_from_db()
    assert (old.state, old.data, young.state) == ("failed", None, "ready")


def test_a_report_is_forgotten_after_a_year(importer: User) -> None:
    kept = aged(ended(importer), 364)
    aged(ended(importer), 366)
    prune_imports()
    assert list(ImportRun.objects.all()) == [kept]
    assert ImportRow.objects.exclude(run=kept).count() == 0
