"""Exports that somebody altered: each refused by file and line, and no restoration comes to its end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError

from claims.exports.writing import Export
from claims.models import Claim, Claimant, Restoration
from tests.management.rebuilding import Line, rebuilt, tampered, with_file


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
