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
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import verify, workflow
from claims.exports.writing import Export
from claims.history import bulk
from claims.models import (
    NO_HASH,
    Claim,
    Claimant,
    HistoryEntry,
    LogLeaf,
    Restoration,
    User,
)
from claims.search.public import find_published
from claims.vocabulary import Act, Role
from claims.workflow import restoring
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


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite neither counts nor packs")
def test_postgresql_knows_what_came_in_and_unpacks_it_quickly(first: Export) -> None:
    """Where the server was built with lz4, as those of the distributions are."""
    rebuilt(first.folder)
    packed = "SELECT DISTINCT pg_column_compression(body) FROM claims_claimdocument"
    counted = "SELECT reltuples FROM pg_class WHERE oid = 'claims_historyentry'::regclass"
    offered = (
        "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
    )
    with connection.cursor() as cursor:
        cursor.execute(counted)
        assert cursor.fetchall() == [(HistoryEntry.objects.count(),)]
        cursor.execute(packed)
        kinds = cursor.fetchall()
        cursor.execute(offered)
        assert kinds == [("lz4" if cursor.fetchone()[0] else "pglz",)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not count")
def test_what_came_in_is_counted_before_the_log_is_numbered(first: Export) -> None:
    with CaptureQueriesContext(connection) as asked:
        rebuilt(first.folder)
    told = [query["sql"] for query in asked.captured_queries]
    counted = next(
        at for at, sql in enumerate(told) if "ANALYZE" in sql and "claims_verdict" in sql
    )
    numbered = next(at for at, sql in enumerate(told) if 'INTO claims_logleaf ("index"' in sql)
    assert counted < numbered


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


# The guards


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
