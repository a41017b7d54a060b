"""The entries of a bundle: each leaf the next link of one chain, each value one that was hashed.

Sources: RFC 8785 (canonical JSON), RFC 9901 §4.2 (disclosures), RFC 6962 §2.1 (leaf hash).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from .refusals import Refused, compare, demand

MALFORMED = (KeyError, TypeError, AttributeError, IndexError, ValueError, RecursionError)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
NO_HASH = bytes(32).hex()
SALT_BYTES = 16


@dataclass(slots=True)
class Entry:
    """One verified entry: its leaf and hash, its values by name, the digests of those that are missing."""

    leaf: dict[str, Any]
    leaf_hash: str
    missing: set[str]
    values: dict[str, str] = field(default_factory=dict)
    tombstones: list[dict[str, Any]] = field(default_factory=list)

    @property
    def number(self) -> Any:
        """Its place in the chain, from 1 on."""
        return self.leaf["seq"]

    @property
    def kind(self) -> Any:
        """The act."""
        return self.leaf["kind"]

    @property
    def recorded_at(self) -> Any:
        """When the register says it was recorded."""
        return self.leaf["recorded_at"]

    def disclose(self, disclosures: list[str]) -> None:
        """Take in the values that the bundle shows. Raises Refused unless each is one that was hashed."""
        for one in disclosures:
            sha = hashlib.sha256(one.encode("ascii"))
            digest = base64.urlsafe_b64encode(sha.digest()).decode().removesuffix("=")
            demand(digest in self.missing, "a disclosed value is not one that was hashed")
            self.missing.discard(digest)
            salt, name, value = parts = parse(unbase64url(one).decode())
            proper = type(parts) is list and all(type(part) is str for part in parts)
            long_enough = proper and len(unbase64url(salt)) >= SALT_BYTES
            demand(long_enough, "this is not [salt, name, value]")
            demand(name not in self.values, f"{name} is disclosed twice")
            self.values[name] = value

    def bury(self, digest: str, by: Entry) -> None:
        """Take in that `by` erased the value of `digest`. Raises Refused unless it is missing."""
        demand(digest in self.missing, "it redacts a value that is not missing")
        self.missing.discard(digest)
        self.tombstones.append({"reason": by.leaf["reason"], "recorded_at": by.recorded_at})


def parse(text: str) -> Any:
    """Return JSON without NaN or Infinity, in which no object has a key twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        demand(len(pairs) == len(dict(pairs)), "an object has the same key twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once, parse_constant=int)  # int("NaN") raises


def unbase64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url. Raises Refused unless `text` is their only spelling."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    same = base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text
    demand(same, "base64url that is not canonical")
    return data


def verify_entries(bundle: dict[str, Any]) -> list[Entry]:
    """Return the entries of a bundle, each proved to be the next link of one chain. Raises Refused."""
    entries: list[Entry] = []
    for position, raw in enumerate(bundle["entries"], start=1):
        try:
            entry = _linked(bundle, raw, position, entries)
            entries.append(entry)
            entry.disclose(raw["disclosures"])
            _bury_what_it_redacts(entry, entries)
        except (Refused, *MALFORMED) as error:
            raise Refused(f"entry {position}: {error!r}") from error
    for entry in entries:
        demand(not entry.missing, f"entry {entry.number}: a value is missing without a tombstone")
    return entries


def _linked(bundle: dict[str, Any], raw: Any, position: int, before: list[Entry]) -> Entry:
    """Return an entry whose leaf is canonical, of this claim, and holds the hash of the one before."""
    text, leaf = raw["leaf"].encode(), parse(raw["leaf"])
    leaf_hash = hashlib.sha256(b"\x00" + text).hexdigest()
    wanted = {"number": position, "leaf": repr, "leaf_hash": leaf_hash, "disclosures": repr}
    compare(wanted, raw, "entry")
    demand(rfc8785.dumps(leaf) == text, "the leaf is not canonical JSON")
    place = {"v": 1, "log": bundle["log"], "claim": bundle["claim"], "seq": position}
    compare(place, {name: leaf[name] for name in place}, "leaf")
    last_hash = before[-1].leaf_hash if before else NO_HASH
    last_moment = before[-1].recorded_at if before else ""
    demand(unbase64url(leaf["prev"]).hex() == last_hash, "prev is not the hash before it")
    demand(MOMENT.fullmatch(leaf["recorded_at"]), "recorded_at is not a moment")
    demand(leaf["recorded_at"] > last_moment, "recorded_at does not go forward")
    demand(len(set(leaf["digests"])) == len(leaf["digests"]), "a digest stands twice")
    return Entry(leaf, leaf_hash, missing=set(leaf["digests"]))


def _bury_what_it_redacts(entry: Entry, entries: list[Entry]) -> None:
    about = entry.leaf.get("about", 1)
    demand(type(about) is int and 1 <= about <= entry.number, f"about is {about!r}")
    for digest in entry.leaf.get("redacts", ()):
        entries[about - 1].bury(digest, entry)
