"""A claim's bundle: every entry with its exact bytes, every value that was not erased, the document."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from claims import documents, verify
from claims.history.canonical import moment_text
from claims.history.replay import replay
from claims.interop.bundle import FORMAT, bundle_of
from claims.models import Claim, HistoryEntry
from tests.management.eventful import eventful_claim

EXPORTED_AT = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def eventful(db: None) -> Claim:
    return eventful_claim()


def bundle(claim: Claim) -> dict[str, Any]:
    state = replay(claim)
    document = documents.absolute(documents.build(state), "https://register.example")
    return bundle_of(state, document, log="register.example", exported_at=EXPORTED_AT)


def test_a_bundle_has_the_members_that_its_format_names(eventful: Claim) -> None:
    made = bundle(eventful)
    assert list(made) == [
        "format",
        "log",
        "claim",
        "exported_at",
        "head",
        "entries",
        "document",
    ]
    assert made["format"] == FORMAT == verify.FORMAT
    assert made["exported_at"] == moment_text(EXPORTED_AT) == "2026-01-02T03:04:05.000006Z"


def test_every_entry_stands_there_in_the_bytes_that_were_hashed(eventful: Claim) -> None:
    stored = list(HistoryEntry.objects.filter(claim=eventful).in_order())
    entries = bundle(eventful)["entries"]
    assert [entry["number"] for entry in entries] == [row.number for row in stored]
    for entry, row in zip(entries, stored, strict=True):
        assert entry["leaf"].encode() == bytes(row.leaf)
        hashed = hashlib.sha256(b"\x00" + entry["leaf"].encode()).hexdigest()
        assert entry["leaf_hash"] == hashed == bytes(row.leaf_hash).hex()


def test_each_digest_is_disclosed_or_buried(eventful: Claim) -> None:
    entries = bundle(eventful)["entries"]
    leaves = [json.loads(entry["leaf"]) for entry in entries]
    buried = {digest for leaf in leaves for digest in leaf.get("redacts", ())}
    promised = {digest for leaf in leaves for digest in leaf["digests"]}
    assert len(buried) == 2
    assert buried < promised
    assert sum(len(entry["disclosures"]) for entry in entries) == len(promised) - len(buried)


def test_a_bundle_is_plain_json(eventful: Claim) -> None:
    made = bundle(eventful)
    assert json.loads(json.dumps(made)) == made


def test_the_leaves_hold_no_text_and_no_name(eventful: Claim) -> None:
    made = bundle(eventful)
    leaves = "".join(entry["leaf"] for entry in made["entries"])
    values = [
        verify.parse(verify.unbase64url(one).decode())[2]
        for entry in made["entries"]
        for one in entry["disclosures"]
    ]
    assert len(values) > 40
    assert [value for value in values if len(value) > 5 and value in leaves] == []
