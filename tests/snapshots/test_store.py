"""Copies are kept once, whole or not at all, under names that nobody chose."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from claims.snapshots import store
from claims.snapshots.storage import CrashSafeStorage

DATA = b"It snowed in the night."
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A storage of the test's own."""
    monkeypatch.setitem(storages._storages, "snapshots", CrashSafeStorage(tmp_path / "snapshots"))  # type: ignore[attr-defined]
    return tmp_path / "snapshots"


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_copy_is_found_by_its_digest_in_folders_made_of_it(folder: Path) -> None:
    assert store.keep(DATA) == SHA
    assert files(folder) == [f"{SHA[:2]}/{SHA[2:4]}/{SHA}"]
    assert store.read(SHA) == DATA


def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    store.keep(DATA)
    kept = (folder / SHA[:2] / SHA[2:4] / SHA).stat()
    store.keep(DATA)
    assert (folder / SHA[:2] / SHA[2:4] / SHA).stat().st_ino == kept.st_ino


def test_others_on_the_machine_cannot_read_a_copy(folder: Path) -> None:
    store.keep(DATA)
    assert (folder / SHA[:2] / SHA[2:4] / SHA).stat().st_mode & 0o777 == 0o640
    assert (folder / SHA[:2]).stat().st_mode & 0o007 == 0


def test_what_is_missing_or_altered_is_said(folder: Path) -> None:
    with pytest.raises(store.CopyMissing):
        store.read(SHA)
    store.keep(DATA)
    (folder / SHA[:2] / SHA[2:4] / SHA).write_bytes(b"It rained in the night.")
    with pytest.raises(store.CopyAltered):
        store.read(SHA)


def test_an_altered_copy_is_mended_when_its_bytes_come_again(folder: Path) -> None:
    store.keep(DATA)
    (folder / SHA[:2] / SHA[2:4] / SHA).write_bytes(b"")
    store.keep(DATA)
    assert store.read(SHA) == DATA


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", SHA.upper(), SHA[:-1], f"{SHA}/", f"{SHA}\n"]
)
def test_only_a_digest_leads_to_a_file(name: str) -> None:
    with pytest.raises(store.CopyMissing):
        store.read(name)


def test_a_copy_can_be_removed_and_is_not_missed(folder: Path) -> None:
    store.keep(DATA)
    store.remove(SHA)
    store.remove(SHA)
    assert files(folder) == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_crash_while_writing_leaves_nothing_of_the_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="disk full"):
        store.keep(DATA)
    assert files(folder) == []


def test_what_is_written_is_on_the_disk_before_it_has_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []

    def noted(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(*arguments: object) -> object:
            done.append(name)
            return real(*arguments)

        return call

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name))
    store.keep(DATA)
    assert done[:2] == ["fsync", "replace"]
    assert done[2:] == ["fsync"] * 3


def test_every_file_has_a_name_and_strangers_are_told(folder: Path) -> None:
    assert list(store.names()) == []
    store.keep(DATA)
    for name in ("note.txt", f"{SHA[:2]}/{SHA}", f"{SHA[:2]}/{SHA[2:4]}/.unfinished-x"):
        (folder / name).write_bytes(b"x")
    names = list(store.names())
    assert len(names) == 4
    assert [store.digest_of(name) for name in names if store.digest_of(name)] == [SHA]
    store.remove_file("note.txt")
    assert "note.txt" not in list(store.names())


def test_the_storage_of_the_settings_is_the_crash_safe_one(settings) -> None:
    assert settings.STORAGES["snapshots"]["BACKEND"].endswith("CrashSafeStorage")
    assert settings.STORAGES["snapshots"]["OPTIONS"]["location"].name == "snapshots"


def test_a_storage_keeps_to_the_name_it_is_given(tmp_path: Path) -> None:
    storage = CrashSafeStorage(tmp_path)
    assert storage.save("a/b", ContentFile(b"x")) == storage.save("a/b", ContentFile(b"x")) == "a/b"
