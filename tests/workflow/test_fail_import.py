"""fail_import: an import that cannot go on says why, and what was sent is cleared away."""

from __future__ import annotations

import pytest

from claims.models import User
from claims.vocabulary import Role
from claims.workflow import fail_import
from tests import factories
from tests.workflow.importing import ended, sent
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_it_says_why(importer: User) -> None:
    run = fail_import(sent(importer), "a\x00is no JSON", by=importer)
    assert (run.state, run.trouble, run.data) == ("failed", "a is no JSON", None)
    assert stale_columns(run) == []


def test_what_has_ended_does_not_fail(importer: User) -> None:
    run = ended(importer)
    with refused("Done"):
        fail_import(run, "x", by=importer)
