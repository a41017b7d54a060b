"""Entries cannot be moved, dropped, repeated or borrowed; what is not proved is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from claims import verify
from tests.verify.forging import (
    Bundle,
    leaf_of,
    rechained,
    refusal,
    with_leaf,
)

pytestmark = pytest.mark.django_db  # else pytest-django makes no database for the bundles


SHUFFLES: dict[str, Callable[[list[Any]], Any]] = {
    "first entry dropped": lambda entries: entries.pop(0),
    "middle entry dropped": lambda entries: entries.pop(4),
    "last entry dropped": lambda entries: entries.pop(),
    "two entries swapped": lambda entries: entries.insert(2, entries.pop(3)),
    "order reversed": lambda entries: entries.reverse(),
    "an entry twice": lambda entries: entries.insert(3, entries[3]),
    "last entry twice": lambda entries: entries.append(entries[-1]),
    "no entries": lambda entries: entries.clear(),
    "an entry of null": lambda entries: entries.append(None),
}


@pytest.mark.parametrize("name", SHUFFLES)
def test_entries_cannot_be_moved_dropped_or_repeated(bundle: Bundle, name: str) -> None:
    SHUFFLES[name](bundle["entries"])
    assert refusal(bundle)


@pytest.mark.parametrize("name", list(SHUFFLES)[:-2])
def test_nor_when_every_hash_is_made_to_fit(bundle: Bundle, name: str) -> None:
    SHUFFLES[name](bundle["entries"])
    assert refusal(rechained(bundle))


def test_an_entry_of_another_claim_is_refused_even_rechained(
    bundle: Bundle, texts: dict[str, str]
) -> None:
    bundle["entries"][2] = json.loads(texts["simple"])["entries"][2]
    assert "entry 3" in refusal(bundle)
    assert "entry 3" in refusal(rechained(bundle))


def test_a_leaf_must_hold_the_hash_of_the_one_before(bundle: Bundle) -> None:
    """Everything but the link is made to fit: the leaf's own hash, the head, the document."""
    entry, leaf = bundle["entries"][-1], leaf_of(bundle, len(bundle["entries"]))
    leaf["prev"] = leaf_of(bundle, 2)["prev"]
    entry["leaf"] = json.dumps(leaf, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    entry["leaf_hash"] = hashlib.sha256(b"\x00" + entry["leaf"].encode()).hexdigest()
    for shown in (bundle["head"], bundle["document"]["head"], bundle["document"]["history"][-1]):
        shown["leaf_hash"] = entry["leaf_hash"]
    assert "prev is not the hash before it" in refusal(bundle)


@pytest.mark.parametrize("name", ["log", "claim"])
def test_a_bundle_cannot_pass_for_one_of_another_log_or_claim(bundle: Bundle, name: str) -> None:
    assert f"leaf.{name}" in refusal({**bundle, name: "other.example"})


def test_another_format_is_refused(bundle: Bundle) -> None:
    assert "format" in refusal({**bundle, "format": "factcheck-bundle/2"})


def test_disclosures_cannot_change_places(bundle: Bundle) -> None:
    one, other = bundle["entries"][0]["disclosures"], bundle["entries"][1]["disclosures"]
    one[0], other[0] = other[0], one[0]
    assert "is not one that was hashed" in refusal(bundle)


def test_a_disclosure_twice_is_refused(bundle: Bundle) -> None:
    disclosures = bundle["entries"][0]["disclosures"]
    disclosures.append(disclosures[0])
    assert "is not one that was hashed" in refusal(bundle)


def test_a_value_missing_without_a_tombstone_is_refused(bundle: Bundle) -> None:
    del bundle["entries"][0]["disclosures"][0]
    assert refusal(bundle) == "entry 1: a value is missing without a tombstone"


# What it does not prove, said in docs/history.md


def test_a_tail_cut_off_with_everything_adjusted_verifies_and_says_it_is_not_proved(
    texts: dict[str, str],
) -> None:
    bundle = json.loads(texts["simple"])
    cut = bundle["entries"].pop()
    assert json.loads(cut["leaf"])["kind"] == "verdict_given"
    document = bundle["document"]
    document["history"].pop()
    document |= {"status": None, "status_label": "Withdrawn", "status_since": None}
    document |= {"verdict": None, "published_at": None}
    lines = verify.verify(json.dumps(rechained(bundle)))
    assert verify.NOT_PROVED in lines


def test_a_history_made_up_from_the_start_has_another_head(bundle: Bundle) -> None:
    before = bundle["head"]["leaf_hash"]
    moment = leaf_of(bundle, 1)["recorded_at"].replace("2", "1", 1)
    forged = with_leaf(bundle, 1, recorded_at=moment)
    assert before not in json.dumps(forged)
