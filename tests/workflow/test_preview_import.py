"""preview_import: what would become of each row is known before anything comes in."""

from __future__ import annotations

import pytest

from claims.models import Claim, ImportRun, User
from claims.vocabulary import Role
from claims.workflow import discard_import, preview_import, start_import
from tests import factories
from tests.interop.checks import MAPPING, answer
from tests.workflow.importing import ended, sent, shown
from tests.workflow.observing import refused


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_every_row_is_told_of_and_nothing_comes_in(importer: User) -> None:
    run = shown(
        importer, answer(), answer("the old bridge is safe!", textualRating="Wrong"), answer("")
    )
    assert (run.state, run.done, run.total) == ("ready", 3, 3)
    assert run.rows.all().counted() == {"taken": 1, "merged": 1, "skipped": 1}
    assert not Claim.objects.exists()


def test_read_twice_it_tells_of_each_row_once(importer: User) -> None:
    run = sent(importer, answer())
    ImportRun.objects.filter(pk=run.pk).update(state="reading", done=7)
    preview_import(run, by=importer)
    assert (run.done, run.rows.count()) == (1, 1)


def test_it_knows_what_came_in_before(importer: User) -> None:
    ended(importer, answer())
    assert shown(importer, answer()).rows.all().counted() == {"known": 1}


def test_a_file_that_is_none_fails_and_is_cleared_away(importer: User) -> None:
    run = preview_import(start_import("google", b"{", file_name="a.json", by=importer), by=importer)
    assert (run.state, run.data) == ("failed", None)
    assert run.trouble.startswith("a.json is not JSON to its end")
    table = start_import("csv", b"A,B\n", file_name="a.csv", mapping=MAPPING, by=importer)
    assert "there is no column “Claim”" in preview_import(table, by=importer).trouble


def test_what_nobody_waits_for_is_not_read(importer: User) -> None:
    run = discard_import(sent(importer), by=importer)
    with refused("Discarded"):
        preview_import(run, by=importer)
