"""What a forger can do to a bundle, from one character to a chain hashed anew."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from claims import verify

Bundle = dict[str, Any]
Place = tuple[str | int, ...]


def refusal(bundle: Any) -> str:
    """Return why a bundle is refused."""
    with pytest.raises(verify.Refused) as caught:
        verify.verify(bundle if isinstance(bundle, str) else json.dumps(bundle))
    return str(caught.value)


def leaf_of(bundle: Bundle, number: int) -> dict[str, Any]:
    return json.loads(bundle["entries"][number - 1]["leaf"])  # type: ignore[no-any-return]


def numbers(bundle: Bundle, kind: str) -> list[int]:
    """Return the numbers of the entries of one kind."""
    count = len(bundle["entries"])
    return [n for n in range(1, count + 1) if leaf_of(bundle, n)["kind"] == kind]


def rechained(bundle: Bundle) -> Bundle:
    """Hash and chain the leaves anew, as a forger would who has the whole bundle to himself."""
    previous = bytes(32)
    for entry in bundle["entries"]:
        leaf = json.loads(entry["leaf"])
        leaf["prev"] = base64.urlsafe_b64encode(previous).rstrip(b"=").decode()
        text = json.dumps(leaf, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        previous = hashlib.sha256(b"\x00" + text.encode()).digest()
        entry |= {"leaf": text, "leaf_hash": previous.hex()}
    document, last = bundle["document"], bundle["entries"][-1]
    bundle["head"] = document["head"] = {"number": last["number"], "leaf_hash": previous.hex()}
    for line, entry in zip(document["history"], bundle["entries"], strict=False):
        line["leaf_hash"] = entry["leaf_hash"]
    return bundle


def with_leaf(bundle: Bundle, number: int, **changes: Any) -> Bundle:
    """Change a leaf and everything that hangs on its hash; None takes a member away."""
    leaf = {**leaf_of(bundle, number), **changes}
    kept = {name: value for name, value in leaf.items() if value is not None}
    bundle["entries"][number - 1]["leaf"] = json.dumps(kept)
    return rechained(bundle)


def positions(value: Any, path: Place = ()) -> Iterator[Place]:
    """Yield the path of every value that holds no others."""
    members: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        members = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value))
    if not members:
        yield path
    for key, member in members:
        yield from positions(member, (*path, key))


def changed(value: Any) -> Any:
    """Return another value, of the same type where it has one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return "something else" if value is None or isinstance(value, str) else {"x": "y"}


def altered(bundle: Bundle, path: Place, value: Any) -> Bundle:
    spoilt = copy.deepcopy(bundle)
    home: Any = spoilt
    for key in path[:-1]:
        home = home[key]
    home[path[-1]] = value
    return spoilt


def forged_disclosure(array: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(array).encode()).rstrip(b"=").decode()


def forged_digest(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


HOSTILE = {
    "empty": "",
    "null": "null",
    "a list": "[]",
    "a number": "7",
    "not JSON": "{",
    "NaN": '{"format": NaN}',
    "Infinity": '{"format": -Infinity}',
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "a long number": "9" * 5_000,
    "a byte order mark": "\ufeff{}",
}
