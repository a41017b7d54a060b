"""JSON that is not plain: duplicates, numbers that are none, depth, spelling, shape."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from claims import verify
from tests.verify.forging import (
    HOSTILE,
    Bundle,
    forged_digest,
    forged_disclosure,
    leaf_of,
    refusal,
    with_leaf,
)

pytestmark = pytest.mark.django_db  # else pytest-django makes no database for the bundles


def duplicated(text: str) -> str:
    return text.replace('"format":', '"format": "factcheck-bundle/1", "format":', 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_refused_without_a_crash(name: str) -> None:
    assert refusal(HOSTILE[name])


def test_a_key_twice_is_refused_wherever_it_stands(texts: dict[str, str]) -> None:
    text = texts["simple"]
    assert "same key twice" in refusal(duplicated(text))
    for key in ('"wording":', '"leaf":', '"status":', '"reason":'):
        assert "same key twice" in refusal(text.replace(key, f"{key} 0, {key}", 1))


def test_a_key_twice_in_a_leaf_is_refused(bundle: Bundle) -> None:
    entry = bundle["entries"][0]
    entry["leaf"] = entry["leaf"].replace('"v":1', '"v":1,"v":1')
    entry["leaf_hash"] = hashlib.sha256(b"\x00" + entry["leaf"].encode()).hexdigest()
    assert "same key twice" in refusal(bundle)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_refused_even_where_nothing_is_compared(
    texts: dict[str, str], number: str
) -> None:
    spoilt = texts["eventful"].replace('"source_url": null', f'"source_url": {number}')
    assert spoilt != texts["eventful"]
    assert "invalid literal" in refusal(spoilt)


def test_a_leaf_that_is_not_canonical_is_refused(bundle: Bundle) -> None:
    leaf = leaf_of(bundle, 1)
    for spelling in (json.dumps(leaf), json.dumps(dict(reversed(leaf.items())))):
        entry = {**bundle["entries"][0], "leaf": spelling}
        entry["leaf_hash"] = hashlib.sha256(b"\x00" + spelling.encode()).hexdigest()
        spoilt = {**bundle, "entries": [entry, *bundle["entries"][1:]]}
        assert "not canonical JSON" in refusal(spoilt)


def test_base64_has_one_spelling() -> None:
    assert verify.unbase64url("AA") == b"\x00"
    for spelling in ("AB", "AA==", "A", "AA\n", "A A", "+/8", "AA=", "é"):
        with pytest.raises((verify.Refused, ValueError)):
            verify.unbase64url(spelling)


SALT = "A" * 22


@pytest.mark.parametrize(
    "array",
    [
        [SALT, "note"],
        [SALT, "note", "x", "y"],
        [SALT, "note", None],
        [SALT, 7, "x"],
        ["AAAA", "note", "x"],
        [SALT + "==", "note", "x"],
        {"a": 1, "b": 2, "c": 3},
        "abc",
        None,
    ],
)
def test_a_disclosure_of_another_shape_is_refused_even_when_hashed(
    bundle: Bundle, array: Any
) -> None:
    one = forged_disclosure(array)
    digest = hashlib.sha256(one.encode()).digest()
    digests = [*leaf_of(bundle, 2)["digests"], forged_digest(digest)]
    bundle["entries"][1]["disclosures"].append(one)
    assert "entry 2: " in refusal(with_leaf(bundle, 2, digests=digests))


@pytest.mark.parametrize("moment", ["2024", 7, "2999-13-99", "2024-01-01T00:00:00.000000Z\n"])
def test_a_moment_that_is_none_is_refused(bundle: Bundle, moment: Any) -> None:
    assert refusal({**bundle, "exported_at": moment})
    assert "entry 3: " in refusal(with_leaf(bundle, 3, recorded_at=moment))


def test_a_moment_before_the_entry_before_is_refused(bundle: Bundle) -> None:
    early = leaf_of(bundle, 2)["recorded_at"]
    assert "recorded_at does not go forward" in refusal(with_leaf(bundle, 3, recorded_at=early))


def test_a_name_disclosed_twice_is_refused_even_when_hashed(bundle: Bundle) -> None:
    again = [forged_disclosure([SALT, "by_name", name]) for name in ("One", "Other")]
    digests = [forged_digest(hashlib.sha256(one.encode()).digest()) for one in again]
    bundle["entries"][1]["disclosures"] += again
    spoilt = with_leaf(bundle, 2, digests=[*leaf_of(bundle, 2)["digests"], *digests])
    assert "by_name is disclosed twice" in refusal(spoilt)


def test_a_digest_twice_is_refused(bundle: Bundle) -> None:
    digests = leaf_of(bundle, 2)["digests"]
    assert "a digest stands twice" in refusal(with_leaf(bundle, 2, digests=[*digests, digests[0]]))
