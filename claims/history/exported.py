"""One claim's history as an export holds it, proved line by line: every digest, every link, every value, every member.

What comes out is what the leaves say. Nothing is taken over that was not hashed but the name of a field that a
tombstone erased, and each entry's places in the register and in the log. `claims.verify` asks the same of a bundle
without any of this code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

from claims.history.canonical import base64url, decoded64, hash_of_leaf, strictly_decoded64
from claims.history.leaves import LEAF_VERSION
from claims.history.recorder import ROW_ORDER
from claims.models import NO_HASH, HistoryEntry, LedgerRow
from claims.models.fields import PUBLIC_ID_ALPHABET
from claims.vocabulary import Act, RedactionReason

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
PUBLIC_ID = re.compile(f"[{PUBLIC_ID_ALPHABET}]{{1,16}}", re.ASCII)
MALFORMED = (KeyError, TypeError, AttributeError, IndexError, ValueError, RecursionError)
ROWS: dict[str, type[LedgerRow]] = {model.KEY: model for model in ROW_ORDER}
# Of each erasable value, as it is spelled in a disclosure: its name, and the key of the row that it belongs to, if any.
NAMES: dict[bytes, tuple[str, str]] = {
    **{name.encode(): (name, "") for name in HistoryEntry.ERASABLE},
    **{
        f"{key}.{name}".encode(): (f"{key}.{name}", key)
        for key, model in ROWS.items()
        for name in model.ERASABLE
    },
}
NOBODYS = ("", "")
ERASABLE = frozenset(name for name, _ in NAMES.values())
# [salt, name, value] as `disclosure` writes it; 22 characters of which the last fits hold the 16 bytes of a salt. Most
# values need no escape, and so no parser: there the fourth group holds them, in the others all of them with the quotes.
DISCLOSED = re.compile(
    rb'\["([\w-]{21}[AQgw])", "([a-z0-9_.]+)", ("(?:([^"\\\x00-\x1f]+)|.*)")\]', re.DOTALL
)
MISSPELLED = "a disclosure is not [salt, name, value] as this register writes it"
PLACED = ("v", "log", "claim", "seq", "kind", "recorded_at", "prev", "digests")
OPTIONAL = ("effective_on", "about", "other_claim", "reason", "redacts")
MEMBERS = {*PLACED, *OPTIONAL, *ROWS}
# What each act brings; one that is not named here brings no row.
BRINGS: dict[str, set[str]] = {
    Act.CLAIM_RECORDED: {"wording"},
    Act.CLAIM_REWORDED: {"wording"},
    Act.APPEARANCE_ADDED: {"appearance"},
    Act.EVIDENCE_ADDED: {"evidence"},
    Act.VERDICT_GIVEN: {"verdict"},
    Act.VERDICT_OVERRIDE: {"verdict"},
    Act.VERDICT_IMPORTED: {"verdict"},
    Act.CLAIMANT_CONTACTED: {"contact"},
}
NOTHING: set[str] = set()
ACTS, GROUNDS = frozenset(Act.values), frozenset(RedactionReason.values)
Value = tuple[bytes, str]  # the salt and the value


class Unsound(Exception):
    """Something in an export is not what it must be."""


@dataclass(slots=True)
class Proved:
    """One entry: its leaf, read and as it was hashed, and its values by name."""

    leaf: dict[str, Any]
    data: bytes
    leaf_hash: bytes
    place: int
    index: int | None
    missing: set[str]
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def rows(self) -> list[str]:
        """The keys of the rows it brought."""
        return [key for key in ROWS if key in self.leaf]


@dataclass(slots=True)
class Erased:
    """One tombstone: the numbers of its entry and of the entry it erased a value of, the field, the digest."""

    entry: int
    target: int
    field: str
    digest: bytes


@dataclass(slots=True)
class ExportedClaim:
    """One claim of an export, proved as far as that is possible without the register."""

    public_id: str
    created_at: str
    entries: list[Proved]
    erased: list[Erased]
    topics: list[str]
    others: dict[str, int | None]
    document: bytes | None
    sha256: str | None

    def named(self, key: str, fact: str) -> set[str]:
        """Return the ids that rows of one kind name in one of their facts."""
        found = {one.leaf[key].get(fact) for one in self.entries if key in one.leaf}
        return found - {None}


def demand(holds: object, otherwise: str) -> None:
    """Raise Unsound unless it holds."""
    if not holds:
        raise Unsound(otherwise)


def proved(line: bytes, *, origin: str) -> ExportedClaim:
    """Return the claim of one line. Raises Unsound at the first thing that does not hold."""
    try:
        told = orjson.loads(line)
        bundle, public_id = told["bundle"], told["bundle"]["claim"]
        demand(PUBLIC_ID.fullmatch(public_id), "the claim's id is none")
        demand(bundle["log"] == origin, f"it is of the log {bundle['log']!r}, not {origin!r}")
        demand(MOMENT.fullmatch(told["created_at"]), "created_at is not a moment")
        entries = _entries(bundle, zip(told["places"], told["indices"], strict=True), origin)
        erased = [_erased(one) for one in told["erased"]]
        _bury(entries, erased)
        head = {"number": len(entries), "leaf_hash": entries[-1].leaf_hash.hex()}
        demand(bundle["head"] == head, "the head is not the last entry")
        topics = told["topics"]
        demand(all(type(one) is str for one in topics), "a topic is not a slug")
        others = _others(told["others"], entries)
        document, sha256 = bundle["document"], told["sha256"]
        data = None if document is None else orjson.dumps(document)
    except MALFORMED as error:
        raise Unsound(f"malformed: {type(error).__name__}: {error}") from error
    return ExportedClaim(
        public_id, told["created_at"], entries, erased, topics, others, data, sha256
    )


def _others(told: dict[str, Any], entries: list[Proved]) -> dict[str, int | None]:
    named = {one.leaf["other_claim"] for one in entries if "other_claim" in one.leaf}
    demand(told.keys() == named, "others are not the claims that its entries name")
    for public_id, line in told.items():
        demand(PUBLIC_ID.fullmatch(public_id), f"{public_id!r} is no id of a claim")
        demand(line is None or (type(line) is int and line > 0), "others holds no line")
    return told


def _entries(bundle: dict[str, Any], places: Iterable[Any], origin: str) -> list[Proved]:
    entries: list[Proved] = []
    previous, moment = NO_HASH, ""
    wanted = {"v": LEAF_VERSION, "log": origin, "claim": bundle["claim"]}
    for number, (raw, place) in enumerate(zip(bundle["entries"], places, strict=True), start=1):
        try:
            wanted["seq"] = number
            one = _entry(raw, place, wanted)
            demand(one.leaf["prev"] == base64url(previous), "prev is not the hash before it")
            demand(one.leaf["recorded_at"] > moment, "recorded_at does not go forward")
            _disclose(one, raw["disclosures"])
        except (Unsound, *MALFORMED) as error:
            raise Unsound(f"entry {number}: {error}") from error
        previous, moment = one.leaf_hash, one.leaf["recorded_at"]
        entries.append(one)
    demand(entries, "it has no history")
    return entries


def _entry(raw: dict[str, Any], places: tuple[Any, Any], wanted: dict[str, Any]) -> Proved:
    place, index = places
    data = raw["leaf"].encode()
    leaf = orjson.loads(data)
    demand(orjson.dumps(leaf, option=orjson.OPT_SORT_KEYS) == data, "the leaf is not canonical")
    leaf_hash = hash_of_leaf(data)
    demand(raw["leaf_hash"] == leaf_hash.hex(), "leaf_hash is not the hash of the leaf")
    demand(raw["number"] == wanted["seq"], "its number is another")
    if not wanted.items() <= leaf.items():
        name = next(name for name, value in wanted.items() if leaf[name] != value)
        raise Unsound(f"{name} is {leaf[name]!r}, not {wanted[name]!r}")
    demand(type(place) is int and place > 0, "its place is not a number above 0")
    demand(index is None or (type(index) is int and index >= 0), "its index is no number")
    demand(leaf.keys() <= MEMBERS, "the leaf has unknown members")
    demand(MOMENT.fullmatch(leaf["recorded_at"]), "recorded_at is not a moment")
    _check_act(leaf)
    digests = leaf["digests"]
    demand(digests == sorted(set(digests)), "the digests are not in order, or one stands twice")
    return Proved(leaf, data, leaf_hash, place, index, set(digests))


def _check_act(leaf: dict[str, Any]) -> None:
    kind = leaf["kind"]
    demand(kind in ACTS, "kind is not an act")
    brought, wanted = leaf.keys() & ROWS.keys(), BRINGS.get(kind, NOTHING)
    if kind == Act.CLAIM_RECORDED:
        brought.discard("appearance")
    if brought != wanted:
        raise Unsound(f"{kind} brings {sorted(brought)}, not {sorted(wanted)}")
    if "about" in leaf:
        earlier = type(leaf["about"]) is int and 1 <= leaf["about"] < leaf["seq"]
        demand(earlier, "it is about something else than an earlier entry")
    redacts = kind == Act.TEXT_REDACTED
    demand(redacts == ("redacts" in leaf) == ("reason" in leaf), "only a redaction redacts")
    demand(not redacts or leaf["reason"] in GROUNDS, "the reason is not a ground")


def _disclose(entry: Proved, disclosures: list[str]) -> None:
    """Take in the values that are shown: each one that was hashed, spelled as this register spells it."""
    missing, values, leaf = entry.missing, entry.values, entry.leaf
    for one in disclosures:
        text = one.encode("ascii")
        digest = base64url(sha256(text).digest())
        if digest not in missing:
            raise Unsound("a disclosed value is not one that was hashed")
        missing.discard(digest)
        told = DISCLOSED.fullmatch(strictly_decoded64(text))
        if told is None:
            raise Unsound(MISSPELLED)
        salt, named, spelled, plain = told.groups()
        name, key = NAMES.get(named, NOBODYS)
        if not name or (key and key not in leaf):
            raise Unsound(f"{named.decode()!r} is no value of this entry")
        value = plain.decode() if plain else _unescaped(spelled)
        if name in values:
            raise Unsound(f"{name} is disclosed twice")
        values[name] = decoded64(salt), value


def _unescaped(spelled: bytes) -> str:
    value: str = orjson.loads(spelled)
    if orjson.dumps(value) != spelled:
        raise Unsound(MISSPELLED)
    demand(value and "\0" not in value, "a value is no text")
    return value


def _erased(told: dict[str, Any]) -> Erased:
    one = Erased(told["entry"], told["target"], told["field"], bytes.fromhex(told["digest"]))
    demand(type(one.entry) is int and type(one.target) is int, "a tombstone has no entry")
    demand(one.field in ERASABLE, f"{one.field!r} is no value of the history")
    return one


def _bury(entries: list[Proved], erased: list[Erased]) -> None:
    """Raise Unsound unless a redaction erased every value that is missing, and each redaction is told whole."""
    redacted: dict[int, list[str]] = {}
    for one in erased:
        demand(1 <= one.target < one.entry <= len(entries), "a tombstone is of no entry")
        target = entries[one.target - 1]
        digest = base64url(one.digest)
        demand(digest in target.missing, f"the value {one.field} is not missing")
        target.missing.discard(digest)
        key, _, _ = one.field.rpartition(".")
        demand(not key or key in target.leaf, f"{one.field} has no row")
        demand(one.field not in target.values, f"{one.field} was erased but is there")
        demand(entries[one.entry - 1].leaf.get("about") == one.target, "it is about another entry")
        redacted.setdefault(one.entry, []).append(digest)
    for number, entry in enumerate(entries, start=1):
        demand(not entry.missing, f"entry {number}: a value is missing without a tombstone")
        told = sorted(redacted.get(number, []))
        demand(entry.leaf.get("redacts", []) == told, f"entry {number}: redacts something else")
