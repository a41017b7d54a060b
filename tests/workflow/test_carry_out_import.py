"""carry_out_import: what was confirmed comes in, once, however often it is begun."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claims.interop.statements import Row
from claims.models import Claim, ImportRow, ImportRun, User
from claims.vocabulary import Role
from claims.workflow import bringing_in, carry_out_import, confirm_import
from claims.workflow.bringing_in import BringingIn, Line
from claims.workflow.checking import check_register
from tests import factories
from tests.interop.checks import answer
from tests.workflow.importing import ended, shown
from tests.workflow.observing import refused

ANSWERS = [answer(f"Bridge {number} was closed.") for number in range(5)]


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_it_ends_in_a_report_and_the_file_is_cleared_away(importer: User) -> None:
    run = ImportRun.objects.get(pk=ended(importer, *ANSWERS, answer("")).pk)
    assert (run.state, run.data, run.total) == ("done", None, 6)
    assert run.rows.all().counted() == {"taken": 5, "skipped": 1}
    row = run.rows.all().in_order()[0]
    assert (row.place, row.claim) == (
        "answers.json row 0",
        Claim.objects.get(wording__contains="0"),
    )
    assert [str(one) for one in check_register()] == []


def test_interrupted_it_goes_on_where_it_was(
    importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    run = confirm_import(shown(importer, *ANSWERS), by=importer)
    whole = BringingIn._batch

    def breaks(self: BringingIn, batch: Sequence[Row]) -> list[Line]:
        lines = list(whole(self, batch))
        if Claim.objects.count() > 3:
            raise KeyboardInterrupt
        return lines

    monkeypatch.setattr(BringingIn, "_batch", breaks)
    with pytest.raises(KeyboardInterrupt):
        carry_out_import(run, by=importer)
    assert (Claim.objects.count(), ImportRow.objects.count()) == (2, 2)
    monkeypatch.setattr(BringingIn, "_batch", whole)
    carry_out_import(run, by=importer)
    assert run.rows.all().counted()["taken"] == 5
    assert (run.state, run.done, Claim.objects.count()) == ("done", 5, 5)


def test_what_is_done_is_not_done_again(importer: User) -> None:
    run = ended(importer)
    with refused("Done"):
        carry_out_import(run, by=importer)


def test_nothing_is_published_by_whoever_sends_a_file(importer: User) -> None:
    ended(importer, answer("One."))
    assert not Claim.objects.published().exists()
