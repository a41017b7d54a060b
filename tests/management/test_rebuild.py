"""import_claims --format factcheck: an empty register becomes the one that was exported, to the byte, or not at all."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from claims import verify, workflow
from claims.exports.writing import Export
from claims.history import bulk
from claims.history.sealing import seal
from claims.models import (
    NO_HASH,
    Claim,
    Claimant,
    HistoryEntry,
    LogLeaf,
    Restoration,
    Unsealed,
    User,
)
from claims.search.public import find_published
from claims.vocabulary import Act, Role
from claims.workflow import restoring, restoring_ahead
from claims.workflow.checking import check_register
from tests import factories
from tests.management.eventful import SECRET, eventful_claim, merged_claim
from tests.management.rebuilding import (
    empty_the_register,
    exported,
    files,
    rebuilt,
    rows,
)


@pytest.fixture
def full(db: None) -> list[Claim]:
    """A register with a claim to which everything happened, a merged one, and one nobody has published."""
    return [eventful_claim(), merged_claim(), factories.ClaimFactory.create()]


@pytest.mark.parametrize("whole", [False, True])
def test_a_rebuilt_register_exports_the_same_bytes(
    full: list[Claim], tmp_path: Path, *, whole: bool
) -> None:
    first = exported(tmp_path / "first", whole=whole)
    empty_the_register()
    said = rebuilt(first.folder)
    assert f"from the export with digest {first.digest}" in said
    again = exported(tmp_path / "again", whole=whole)
    assert files(again) == files(first)
    assert list(check_register()) == []


def test_entries_come_back_with_their_bytes_moments_and_order(
    full: list[Claim], tmp_path: Path
) -> None:
    told = ("leaf", "leaf_hash", "recorded_at", "by_name", "by_name_salt")

    def entries() -> list[Any]:
        stored = HistoryEntry.objects.order_by("pk").values_list(*told)
        return [(bytes(leaf), bytes(leaf_hash), *rest) for leaf, leaf_hash, *rest in stored]

    before = entries()
    first = exported(tmp_path, whole=True)
    log = [bytes(one) for _, one, _ in LogLeaf.objects.heads()]
    empty_the_register()
    rebuilt(first.folder)
    assert [row[:-1] for row in entries()] == [row[:-1] for row in before]
    assert [bytes(row[-1]) for row in entries()] == [bytes(row[-1]) for row in before]
    assert [bytes(one) for _, one, _ in LogLeaf.objects.heads()] == log


def test_a_rebuilt_register_goes_on(full: list[Claim], tmp_path: Path) -> None:
    claim = full[0]
    first = exported(tmp_path)
    empty_the_register()
    rebuilt(first.folder)
    back = Claim.objects.get(public_id=claim.public_id)
    assert list(find_published("bridge safe")) != []
    factories.EvidenceFactory.create(claim=back)
    factories.published_claim()
    assert list(check_register()) == []


def test_every_line_holds_a_bundle_that_verifies_offline(full: list[Claim], tmp_path: Path) -> None:
    for line in rows(exported(tmp_path), "claims"):
        assert verify.verify(json.dumps(line["bundle"], ensure_ascii=False))


def test_the_restoration_is_told_for_good(full: list[Claim], tmp_path: Path) -> None:
    first = exported(tmp_path)
    empty_the_register()
    rebuilt(first.folder)
    restoration = Restoration.objects.get()
    assert restoration.manifest_sha256 == first.digest
    assert restoration.ended_at is not None
    assert restoration.as_of == HistoryEntry.objects.latest("recorded_at").recorded_at
    for change in ({"ended_at": timezone.now()}, {"manifest_sha256": "0" * 64}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Restoration.objects.update(**change)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Restoration.objects.all().delete()


def test_nothing_is_rebuilt_over_a_register(first: Export, claim: Claim) -> None:
    with pytest.raises(CommandError, match="This register is not empty"):
        rebuilt(first.folder)
    assert not Restoration.objects.exists()


def test_what_only_the_database_sees_is_refused_by_its_reason(
    first: Export, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_refuse_unless_empty", lambda: None)
    with pytest.raises(CommandError, match="the register has entries already"):
        rebuilt(first.folder)
    assert not Restoration.objects.exists()


def test_another_log_is_refused(first: Export, settings: Any) -> None:
    settings.FACTCHECK_LOG_ORIGIN = "elsewhere.example/log"
    with pytest.raises(CommandError, match=r"this register is elsewhere\.example/log"):
        rebuilt(first.folder)


def test_a_dry_run_proves_and_writes_nothing(first: Export) -> None:
    said = rebuilt(first.folder, dry_run=True)
    assert f"dry run: {first.manifest.claims} claims hold" in said
    assert not Restoration.objects.exists()


def told_of(export: Export, one: Claimant) -> tuple[Any, Any]:
    """Return whom an export tells that somebody was found to be: in the end, and by the merger."""
    (row,) = [row for row in rows(export, "claimants") if row["id"] == one.public_id]
    return row["merged_into"], row["merger"] and row["merger"]["into"]


def test_that_somebody_was_found_to_be_one_unseen_is_in_no_public_export(
    editor: User, tmp_path: Path
) -> None:
    first, second, last = (factories.ClaimantFactory(name=f"{name} Example") for name in "ABC")
    workflow.merge_claimants(first, into=second, reason="One person.", by=editor)
    factories.published_claim(claimant=first)
    public = exported(tmp_path / "public")
    assert told_of(public, first) == (None, None)
    assert second.public_id not in str([rows(public, name) for name in ("claimants", "claims")])
    whole = exported(tmp_path / "whole", whole=True)
    assert told_of(whole, first) == (second.public_id, second.public_id)

    workflow.merge_claimants(second, into=last, reason="One person.", by=editor)
    factories.published_claim(claimant=last)
    public = exported(tmp_path / "later")
    assert told_of(public, first) == (last.public_id, None)
    empty_the_register()
    rebuilt(public.folder)
    assert files(exported(tmp_path / "again")) == files(public)
    assert Claimant.objects.get(public_id=first.public_id).survivor.public_id == last.public_id


# Broken off


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
    write, calls, said = restoring._write, [], []

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

    finish = restoring.finish
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


def test_until_it_has_ended_nobody_else_can_act(first: Export) -> None:
    bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=None)
    with pytest.raises(ValidationError, match="being rebuilt"), transaction.atomic():
        factories.ClaimFactory.create(by=factories.person(Role.EDITOR))


def test_an_act_that_was_under_way_when_it_began_does_not_come_in(db: None) -> None:
    """Its moment may lie before the beginning: the database takes what was recorded until the export's last act."""
    now = timezone.now()
    Restoration.objects.create(
        manifest_sha256="a" * 64,
        origin="x",
        whole=True,
        as_of=now - timedelta(hours=1),
        begun_at=now + timedelta(seconds=3),
    )
    with pytest.raises(ValidationError, match="being rebuilt"), transaction.atomic():
        factories.ClaimFactory.create(by=factories.person(Role.EDITOR))


def test_another_export_cannot_be_gone_on_with(first: Export) -> None:
    bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=None)
    with pytest.raises(CommandError, match="being rebuilt from another export"):
        rebuilt(first.folder)


# The guards


def test_old_entries_come_in_while_it_is_open_and_never_after(first: Export) -> None:
    rebuilt(first.folder)
    bulk.reserve(10_000, "zzzzzzzzzz")
    late = HistoryEntry(
        claim_id=10_000,
        number=1,
        act=Act.CLAIM_RECORDED,
        recorded_at=timezone.now() - timedelta(days=1),
        by=User.objects.all()[0],
        prev_hash=NO_HASH,
        leaf=b"{}",
        leaf_hash=bytes(32),
    )
    with pytest.raises(IntegrityError, match="recorded_at is not now"), transaction.atomic():
        late.save(force_insert=True)
    with pytest.raises(IntegrityError, match="has entries already"), transaction.atomic():
        bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"begun_at": timezone.now() - timedelta(hours=1)}, "begun_at is not now"),
        ({"begun_at": timezone.now() + timedelta(hours=1)}, "begun_at is not now"),
        ({"ended_at": timezone.now()}, "it ends before anything came in"),
    ],
)
def test_a_restoration_begins_now_and_open(db: None, change: dict[str, Any], reason: str) -> None:
    values = {"manifest_sha256": "a" * 64, "origin": "x", "whole": True, "as_of": None}
    now = {"begun_at": timezone.now()}
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        Restoration.objects.create(**{**values, **now, **change})


def test_only_one_is_open(db: None) -> None:
    bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=None)
    values = {"manifest_sha256": "b" * 64, "origin": "x", "whole": True, "as_of": None}
    with pytest.raises(IntegrityError, match="another has begun"), transaction.atomic():
        Restoration.objects.create(**values, begun_at=timezone.now())


def test_what_was_erased_is_nowhere_in_an_export(first: Export) -> None:
    for table in ("claims", "articles", "claimants", "publishers"):
        assert SECRET not in json.dumps(rows(first, table))
