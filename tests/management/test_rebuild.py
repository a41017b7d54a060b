"""import_claims --format factcheck: an empty register becomes the one that was exported, to the byte, or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims import verify
from claims.exports.writing import Export
from claims.history import bulk
from claims.models import Claim, Claimant, HistoryEntry, LogLeaf, Restoration
from claims.search.public import find_published
from claims.vocabulary import Role
from claims.workflow import restoring
from claims.workflow.checking import check_register
from tests import factories
from tests.management.eventful import SECRET, eventful_claim, merged_claim
from tests.management.rebuilding import (
    Line,
    empty_the_register,
    exported,
    files,
    rebuilt,
    rows,
    tampered,
    with_file,
)

MADE: list[Export] = []


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
    log = [bytes(one) for _, one, _ in LogLeaf.objects.heads()]
    first = exported(tmp_path, whole=True)
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


def test_another_log_is_refused(first: Export, settings: Any) -> None:
    settings.FACTCHECK_LOG_ORIGIN = "elsewhere.example/log"
    with pytest.raises(CommandError, match=r"this register is elsewhere\.example/log"):
        rebuilt(first.folder)


def test_a_dry_run_proves_and_writes_nothing(first: Export) -> None:
    said = rebuilt(first.folder, dry_run=True)
    assert f"dry run: {first.manifest.claims} claims hold" in said
    assert not Restoration.objects.exists()


@pytest.fixture
def first(db: None, tmp_path: Path) -> Export:
    """An export of such a register, made once, in front of an empty one."""
    if not MADE:
        with transaction.atomic():
            eventful_claim(), merged_claim(), factories.ClaimFactory.create()
            MADE.append(exported(Path(tempfile.mkdtemp()), whole=False))
            transaction.set_rollback(True)
    folder = tmp_path / MADE[0].folder.name
    shutil.copytree(MADE[0].folder, folder)
    return replace(MADE[0], folder=folder)


# Broken off


def test_what_was_broken_off_is_gone_on_with(
    first: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "AT_ONCE", 1)
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


def test_until_it_has_ended_nobody_else_can_act(first: Export) -> None:
    bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=None)
    with pytest.raises(ValidationError, match="being rebuilt"), transaction.atomic():
        factories.ClaimFactory.create(by=factories.person(Role.EDITOR))


def test_another_export_cannot_be_gone_on_with(first: Export) -> None:
    bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=None)
    with pytest.raises(CommandError, match="being rebuilt from another export"):
        rebuilt(first.folder)


# The guards


def test_old_entries_come_in_while_it_is_open_and_never_after(first: Export) -> None:
    rebuilt(first.folder)
    entry = HistoryEntry.objects.order_by("claim", "-number")[0]
    late = HistoryEntry(
        claim=entry.claim,
        number=entry.number + 1,
        act=entry.act,
        recorded_at=entry.recorded_at + timedelta(microseconds=1),
        by=entry.by,
        prev_hash=bytes(entry.leaf_hash),
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


# What was tampered with


def other_leaf(told: list[Line]) -> None:
    entry = told[0]["bundle"]["entries"][0]
    entry["leaf"] = entry["leaf"].replace("claim_recorded", "claim_reworded")


def other_value(told: list[Line]) -> None:
    entry = told[0]["bundle"]["entries"][0]
    entry["disclosures"][0] = entry["disclosures"][0][:-2] + "AA"


def value_gone(told: list[Line]) -> None:
    told[0]["bundle"]["entries"][0]["disclosures"].pop()


def entry_gone(told: list[Line]) -> None:
    for name in ("places", "indices"):
        told[0][name].pop(1)
    told[0]["bundle"]["entries"].pop(1)


def tombstone_gone(told: list[Line]) -> None:
    told[0]["erased"].pop()


def other_document(told: list[Line]) -> None:
    told[0]["bundle"]["document"]["status"] = "disputed_by_nobody"


def other_place(told: list[Line]) -> None:
    told[0]["places"][0] = told[0]["places"][1]


def gap_in_log(told: list[Line]) -> None:
    told[0]["indices"][0] = None


def number_for_text(told: list[Line]) -> None:
    told[0]["bundle"]["entries"][0]["leaf"] = 7


def twice(told: list[Line]) -> None:
    told.append(told[0])


def unknown_topic(told: list[Line]) -> None:
    told[0]["topics"] = ["nowhere"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (other_leaf, "line 1: entry 1: leaf_hash is not the hash of the leaf"),
        (other_value, "line 1: entry 1: "),
        (value_gone, "line 1: entry 1: a value is missing without a tombstone"),
        (entry_gone, "line 1: entry 2: "),
        (tombstone_gone, "line 1: entry .*(missing without a tombstone|redacts something else)"),
        (other_document, "its document is not what its history gives"),
        (other_place, "lines 1 to .*: the database refuses them"),
        (gap_in_log, "the log has a gap"),
        (number_for_text, "line 1: .*malformed|line 1: entry 1: "),
        (twice, "the database refuses them|line .*"),
        (unknown_topic, "filed under a topic that is not there"),
    ],
)
def test_tampered_lines_are_refused_by_name(first: Export, change: Any, reason: str) -> None:
    folder = tampered(first, change)
    with pytest.raises(CommandError, match=reason):
        rebuilt(folder)
    assert not Restoration.objects.completed().exists()


@pytest.mark.parametrize(
    "text",
    [
        b"not JSON\n",
        b"[]\n",
        b"{}\n",
        b'{"bundle": {"claim": "\\ud800"}}\n',
        b'{"bundle": ' + b"[" * 5000 + b"\n",
        b"\xff\xfe\n",
    ],
)
def test_lines_that_are_none_are_refused_by_name(first: Export, text: bytes) -> None:
    folder = with_file(first, "claims", text)
    with pytest.raises(CommandError, match=r"claims\.ndjson\.gz, line 1: malformed"):
        rebuilt(folder)
    assert Claim.objects.count() == 0


def nameless(told: list[Line]) -> None:
    told[0]["name"] = ["a", "list"]


def of_no_kind(told: list[Line]) -> None:
    told[0]["kind"] = "rumour"


def merged_into_nobody(told: list[Line]) -> None:
    told[0]["merged_into"] = "nosuchid"


@pytest.mark.parametrize("change", [nameless, of_no_kind, merged_into_nobody])
def test_tampered_claimants_are_refused_and_nothing_is_left(first: Export, change: Any) -> None:
    folder = tampered(first, change, "claimants")
    with pytest.raises(CommandError, match=r"claimants\.ndjson\.gz, line 1: "):
        rebuilt(folder)
    assert not Restoration.objects.exists()
    assert not Claimant.objects.exists()


def test_a_file_with_another_digest_is_refused(first: Export) -> None:
    path = first.folder / "topics.ndjson.gz"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(CommandError, match=r"topics\.ndjson\.gz: its digest is not the one"):
        rebuilt(first.folder)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": "other/1"}, "the format is 'other/1'"),
        ({"claims": "many"}, "claims is 'many'"),
        ({"files": []}, "it names no articles"),
        (
            {"files": [{"name": "../x", "sha256": "", "bytes": 1, "rows": 1}]},
            "no file of an export",
        ),
        ({"more": 1}, "its members are"),
    ],
)
def test_a_manifest_that_is_none_is_refused(
    first: Export, change: dict[str, Any], reason: str
) -> None:
    path = first.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(CommandError, match=reason):
        rebuilt(path)


def test_what_was_erased_is_nowhere_in_an_export(first: Export) -> None:
    for table in ("claims", "articles", "claimants", "publishers"):
        assert SECRET not in json.dumps(rows(first, table))
