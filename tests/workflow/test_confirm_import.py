"""confirm_import: a file comes in when a person has seen what it would bring."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import ImportRun, User
from claims.vocabulary import Role
from claims.workflow import carry_out_import, confirm_import
from tests import factories
from tests.workflow.importing import sent, shown
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_it_waits_to_be_brought_in(importer: User) -> None:
    run = confirm_import(shown(importer), by=importer)
    assert (run.state, run.is_under_way) == ("confirmed", True)
    assert stale_columns(run) == []


def test_who_confirms_it_is_written_down_and_when(importer: User) -> None:
    run = shown(importer)
    assert (run.confirmed_by, run.confirmed_at) == (None, None)
    other, before = factories.person(Role.IMPORTER), timezone.now()
    confirm_import(run, by=other)
    carried = carry_out_import(ImportRun.objects.get(), by=importer)
    carried.refresh_from_db()
    assert (carried.by, carried.confirmed_by) == (importer, other)
    assert carried.confirmed_at is not None
    assert before <= carried.confirmed_at <= timezone.now()


def test_whoever_may_not_import_confirms_nothing(importer: User, editor: User) -> None:
    run = shown(importer)
    with pytest.raises(PermissionDenied):
        confirm_import(run, by=editor)
    run.refresh_from_db()
    assert (run.state, run.confirmed_by) == ("ready", None)


def test_a_moment_without_a_person_is_refused_by_the_database(importer: User) -> None:
    shown(importer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.update(confirmed_at=timezone.now())


def test_what_nobody_has_seen_is_not_confirmed(importer: User) -> None:
    run = sent(importer)
    with refused("Waiting for a worker"):
        confirm_import(run, by=importer)


def test_it_is_confirmed_once(importer: User) -> None:
    run = confirm_import(shown(importer), by=importer)
    with refused("Waiting to be brought in"):
        confirm_import(run, by=importer)
