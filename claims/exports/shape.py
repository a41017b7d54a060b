"""The format of an export: which files there are, what a line of each is, and the manifest over them.

A line of `claims.ndjson.gz` is an object with `bundle` (see `claims.interop.bundle`; its document has paths in place of
addresses, exactly as it is stored), `sha256` (of that document), `created_at`, `places` (of each entry, its place in the
order in which the register took entries in, from 1 on), `erased` (of each tombstone the numbers of its entry and its
target, the field and the digest in hexadecimal), `topics` (slugs) and `others` (of each claim that its entries name the
number of its line, null where this export does not hold it). Lines of the other files are flat.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from json.encoder import encode_basestring
from typing import Any

import orjson

from claims.interop.bundle import FORMAT as BUNDLE

FORMAT = "factcheck-register/1"
MANIFEST = "manifest.json"
CLAIMS = "claims"
# In the order in which they are taken in: what names nothing first.
PARTIES = ("publishers", "claimants", "topics", "methods", "articles")
TABLES = (*PARTIES, CLAIMS, "relations")


def name_of(table: str) -> str:
    """Return the name of a table's file."""
    return f"{table}.ndjson.gz"


def table_name_of(table: str) -> str:
    """Return the name of a table's file for spreadsheets."""
    return f"{table}.csv.gz"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of an export: its name, the SHA-256 of its bytes (hexadecimal), how many bytes and rows it has."""

    name: str
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an export holds. `heads` is the SHA-256 over the head of each claim, see `Heads`."""

    log: str
    software: str
    document_shape: int
    whole: bool
    as_of: str | None
    entries: int
    claims: int
    heads: str
    files: tuple[FileEntry, ...]
    format: str = field(default=FORMAT)

    def encoded(self) -> bytes:
        """Return the bytes of `manifest.json`: the same for the same state of a register."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


class Heads:
    """The SHA-256 over the line "id number leaf_hash" of each claim, in the order of the claims in the file."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, public_id: str, number: int, leaf_hash: str) -> None:
        """Take the head of the next claim in."""
        self._sum.update(f"{public_id} {number} {leaf_hash}\n".encode())

    def hexdigest(self) -> str:
        """Return the digest so far."""
        return self._sum.hexdigest()


@dataclass(frozen=True, slots=True)
class EntryPart:
    """One entry as a line holds it."""

    number: int
    leaf: bytes
    leaf_hash: bytes
    disclosures: list[str]
    place: int

    def encoded(self) -> str:
        """Return it as the entry of a bundle."""
        disclosed = ",".join(f'"{one}"' for one in self.disclosures)
        return (
            f'{{"number":{self.number},"leaf":{encode_basestring(self.leaf.decode())},'
            f'"leaf_hash":"{self.leaf_hash.hex()}","disclosures":[{disclosed}]}}'
        )


def claim_line(
    *,
    public_id: str,
    created_at: str,
    log: str,
    as_of: str,
    entries: list[EntryPart],
    document: str | None,
    sha256: str | None,
    erased: list[dict[str, Any]],
    topics: list[str],
    others: dict[str, int | None],
) -> bytes:
    """Return the line of one claim; `document` is the stored JSON, put in as it is."""
    head = entries[-1]
    bundle = (
        f'{{"format":"{BUNDLE}","log":{encode_basestring(log)},"claim":"{public_id}",'
        f'"exported_at":"{as_of}","head":{{"number":{head.number},"leaf_hash":"{head.leaf_hash.hex()}"}},'
        f'"entries":[{",".join(one.encoded() for one in entries)}],"document":{document or "null"}}}'
    )
    rest = {
        "sha256": sha256,
        "created_at": created_at,
        "places": [one.place for one in entries],
        "erased": erased,
        "topics": topics,
        "others": others,
    }
    return f'{{"bundle":{bundle},{orjson.dumps(rest).decode()[1:]}\n'.encode()


def row_line(row: dict[str, Any]) -> bytes:
    """Return the line of any other row."""
    return orjson.dumps(row) + b"\n"
