"""confirm_import: a file comes in when a person has seen what it would bring."""

from __future__ import annotations

import pytest

from claims.models import User
from claims.vocabulary import Role
from claims.workflow import confirm_import
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


def test_what_nobody_has_seen_is_not_confirmed(importer: User) -> None:
    run = sent(importer)
    with refused("Waiting for a worker"):
        confirm_import(run, by=importer)


def test_it_is_confirmed_once(importer: User) -> None:
    run = confirm_import(shown(importer), by=importer)
    with refused("Waiting to be brought in"):
        confirm_import(run, by=importer)
