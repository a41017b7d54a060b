"""`check_snapshots` names every copy that is missing or altered, and every file that belongs to none."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from claims import workflow
from claims.models import Claim, Snapshot, User
from claims.snapshots.storage import CrashSafeStorage
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft
from tests import factories
from tests.workflow.fetching_of import ADDRESS, read_reading


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claim: Claim, contributor: User) -> Path:
    """The file of evidence's copy, in a storage of the test's own."""
    monkeypatch.setitem(storages._storages, "snapshots", CrashSafeStorage(tmp_path / "kept"))  # type: ignore[attr-defined]
    draft = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.NEWS_REPORT, url=ADDRESS)
    reading = read_reading(claim, contributor)
    sha256 = workflow.add_read_evidence(reading, draft, by=contributor).snapshot or ""
    return tmp_path / "kept" / sha256[:2] / sha256[2:4] / sha256


def check(*options: str) -> tuple[int, str]:
    """Return how the command ends and what it says."""
    out = io.StringIO()
    try:
        call_command("check_snapshots", *options, stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.usefixtures("file")
def test_sound_copies_are_counted() -> None:
    assert check() == (0, "1 stored copies: all sound\n")


def test_a_missing_file_is_named(file: Path) -> None:
    file.unlink()
    status, said = check()
    assert status == 1
    assert f"DIFFERENCE copy {file.name}: the file is missing" in said


def test_one_flipped_bit_is_named(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[10] ^= 1
    file.write_bytes(bytes(data))
    assert "the file was altered" in check()[1]


def test_a_file_that_cannot_be_read_is_named(file: Path) -> None:
    file.unlink()
    file.mkdir()
    status, said = check()
    assert status == 1
    assert "cannot be read" in said


def test_evidence_that_names_an_unknown_copy_is_named(file: Path, contributor: User) -> None:
    other = factories.EvidenceFactory(snapshot="0a" * 32, by=contributor)
    said = check()[1]
    assert (
        f"claim {other.claim.public_id} entry {other.entry.number}: names copy {'0a' * 32}" in said
    )


def test_a_size_that_is_not_the_files_is_named(file: Path) -> None:
    Snapshot.objects.update(size=1)
    assert "the size is noted as 1" in check()[1]


def test_old_files_that_belong_to_no_copy_are_named_and_can_be_removed(file: Path) -> None:
    stray, fresh = file.parent / ".unfinished-x", file.parent / ".unfinished-y"
    for one in (stray, fresh):
        one.write_bytes(b"half a fi")
    long_ago = time.time() - 7_200
    os.utime(stray, (long_ago, long_ago))
    status, said = check()
    assert status == 1
    assert said.count("belongs to no copy") == 1
    status, said = check("--remove-strays")
    assert (status, "removed" in said) == (0, True)
    assert not stray.exists()
    assert fresh.exists()
    assert file.exists()
