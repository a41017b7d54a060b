"""A register while it is being rebuilt: broken off, beside a sealer or a second process, and what is set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from claims.exports.writing import Export
from claims.history.sealing import seal
from claims.models import Restoration, Unsealed
from claims.workflow import restoring, restoring_ahead
from claims.workflow.checking import check_register
from tests import factories
from tests.management.rebuilding import exported, files, rebuilt


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each claim come in by a transaction of its own."""
    monkeypatch.setattr(restoring_ahead, "AT_ONCE", 1)
    monkeypatch.setattr(restoring, "BATCHES", 1)


def test_what_was_broken_off_is_gone_on_with(
    first: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one(monkeypatch)
    write, calls = restoring._write, []

    def dying(ready: Any) -> None:
        calls.append(ready)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(ready)

    monkeypatch.setattr(restoring, "_write", dying)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(first.folder)
    monkeypatch.setattr(restoring, "_write", write)
    assert Restoration.objects.get().ended_at is None
    rebuilt(first.folder)
    assert files(exported(tmp_path / "again")) == files(first)
    assert list(check_register()) == []


def test_a_sealer_beside_it_gives_no_places(
    first: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Claims come in one by one, and the log goes over all of them: places given early would be the wrong ones."""
    one_by_one(monkeypatch)
    write, beside = restoring._write, []

    def then_sealed(ready: Any) -> None:
        write(ready)
        beside.append((Unsealed.objects.exists(), seal()))

    monkeypatch.setattr(restoring, "_write", then_sealed)
    rebuilt(first.folder)
    assert set(beside) == {(True, 0)}
    assert files(exported(tmp_path / "again")) == files(first)
    factories.published_claim()
    seal()
    assert not Unsealed.objects.exists()


def test_of_two_that_rebuild_from_the_same_export_one_gives_way(
    first: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is begun while the other is at its second claim; it goes on to the end, and the other says why not."""
    one_by_one(monkeypatch)
    write = restoring._write
    calls: list[Any] = []
    said: list[str] = []

    def beside(ready: Any) -> None:
        write(ready)
        calls.append(ready)

    def meanwhile(batches: Any, named: Any, terms: Any, done: Any) -> bool:
        if len(calls) == 1:
            monkeypatch.setattr(restoring, "_written", written)
            said.append(rebuilt(first.folder))
        return written(batches, named, terms, done)

    written = restoring._written
    monkeypatch.setattr(restoring, "_write", beside)
    monkeypatch.setattr(restoring, "_written", meanwhile)
    with pytest.raises(CommandError, match="Another process rebuilds this register"):
        rebuilt(first.folder)
    assert len(calls) == first.manifest.claims
    assert f"from the export with digest {first.digest}" in said[0]
    assert files(exported(tmp_path / "again")) == files(first)


def test_a_rebuilding_under_way_is_a_finding(
    first: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    finish = vars(restoring)["finish"]
    monkeypatch.setattr(restoring, "finish", stopped)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(first.folder)
    found = [str(one) for one in check_register()]
    assert f"not whole yet: rebuilding it from the export with digest {first.digest}" in found[0]
    monkeypatch.setattr(restoring, "finish", finish)
    rebuilt(first.folder)
    assert list(check_register()) == []


def indexes() -> dict[str, str]:
    """Return the indexes of the tables that are filled, with what the database says of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            if connection.vendor == "postgresql"
            else "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
        )
        return dict(cursor.fetchall())


def test_indexes_set_aside_come_back_as_they_were(
    first: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, during = indexes(), {}
    write = restoring._write

    def looking(ready: Any) -> None:
        during.update(indexes())
        write(ready)

    monkeypatch.setattr(restoring, "_write", looking)
    rebuilt(first.folder)
    assert indexes() == before
    gone = before.keys() - during.keys()
    assert {"claim_newest", "entry_by_act", "evidence_of_publisher"} <= gone
    assert ("claims_search_words" in gone) == (connection.vendor == "postgresql")
    assert not any(name.startswith("sqlite_autoindex") or name.endswith("_pkey") for name in gone)
