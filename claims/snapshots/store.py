"""Keeping, reading and removing copies by the SHA-256 of their bytes, whatever storage holds them.

Names are made of the digest alone (`aa/bb/aabb…`), so that nothing anybody typed ever becomes a path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone

DIGEST = re.compile(r"[0-9a-f]{64}")


class CopyMissing(Exception):
    """Raised when there is no file of a digest."""


class CopyAltered(Exception):
    """Raised when a file's bytes are not those it is named after."""


def storage() -> Storage:
    """Return where copies are kept: the storage "snapshots" of the settings."""
    return storages["snapshots"]


def keep(data: bytes) -> str:
    """Keep a copy and return its SHA-256 in hex. What is there already, and sound, is not written again."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        read(sha256)
    except (CopyMissing, CopyAltered):
        storage().save(_name(sha256), ContentFile(data))
    return sha256


def read(sha256: str) -> bytes:
    """Return the bytes of a copy. Raises CopyMissing, or CopyAltered when they are not what they were."""
    try:
        with storage().open(_name(sha256)) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise CopyMissing(sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CopyAltered(sha256)
    return data


def remove(sha256: str) -> None:
    """Remove a copy; one that is not there is not missed."""
    storage().delete(_name(sha256))


def names() -> Iterator[str]:
    """Yield the name of every file in the storage, in order: those of copies, and any other."""
    yield from _files("")


def digest_of(name: str) -> str:
    """Return the digest a file of this name must have, "" when it is no copy's name."""
    sha256 = name.rpartition("/")[2]
    return sha256 if DIGEST.fullmatch(sha256) and name == _name(sha256) else ""


def age_of(name: str) -> timedelta:
    """Return how long ago a file was written."""
    try:
        return timezone.now() - storage().get_modified_time(name)
    except FileNotFoundError:
        return timedelta()


def remove_file(name: str) -> None:
    """Remove a file that is no copy."""
    storage().delete(name)


def _name(sha256: str) -> str:
    if not DIGEST.fullmatch(sha256):
        raise CopyMissing(sha256)
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _files(folder: str) -> Iterator[str]:
    try:
        folders, files = storage().listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from _files(f"{prefix}{name}")
