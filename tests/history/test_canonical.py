"""The bytes that are hashed, against the RFCs and against independent implementations."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import orjson
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from claims.documents import encode
from claims.history.canonical import (
    base64url,
    canonical,
    decoded64,
    digest_of,
    disclosure,
    fact_of,
    hash_of_leaf,
    moment_text,
)
from claims.models import Claim

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E))
SCALARS = TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20
)


@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_canonical_bytes_can_be_read_back_and_written_again(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_canonical_escapes_only_what_the_rfc_escapes() -> None:
    text = '\x00\b\t\n\f\r"\\/\x1f\x7f\u2028€😀'
    expected = '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\\u001f\x7f\u2028€😀"'
    assert canonical(text) == rfc8785.dumps(text) == expected.encode()


def test_the_example_of_rfc_9901() -> None:
    salt = base64.urlsafe_b64decode("_26bc4LT-ac6q2KI6cBW5es=")
    example = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert disclosure(salt, "family_name", "Möbius") == example
    digest = digest_of(salt, "family_name", "Möbius")
    assert base64url(digest) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


@given(st.binary(min_size=16, max_size=16), KEYS, TEXTS)
def test_a_disclosure_can_be_opened_by_anybody(salt: bytes, name: str, value: str) -> None:
    text = disclosure(salt, name, value)
    padded = text + "=" * (-len(text) % 4)
    opened_salt, opened_name, opened_value = json.loads(base64.urlsafe_b64decode(padded))
    assert (opened_salt, opened_name, opened_value) == (base64url(salt), name, value)
    assert digest_of(salt, name, value) == hashlib.sha256(text.encode()).digest()


def test_another_salt_another_name_or_another_value_is_another_digest() -> None:
    digests = {
        digest_of(salt, name, value)
        for salt in (bytes(16), bytes(15) + b"\x01")
        for name in ("note", "by_name")
        for value in ("a", "b", "")
    }
    assert len(digests) == 12


def test_base64url_has_neither_padding_nor_signs_of_its_own() -> None:
    assert base64url(b"\xfb\xff") == "-_8"
    assert base64url(b"") == ""


def test_a_leaf_is_hashed_behind_a_zero_byte() -> None:
    empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"  # RFC 6962
    assert hash_of_leaf(b"").hex() == empty_leaf
    assert hash_of_leaf(b"leaf") == hashlib.sha256(b"\x00leaf").digest()


def test_a_moment_has_one_form() -> None:
    summer = timezone(timedelta(hours=2))
    assert moment_text(datetime(2024, 11, 4, 1, 2, 3, tzinfo=summer)) == (
        "2024-11-03T23:02:03.000000Z"
    )
    assert moment_text(datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == (
        "2024-01-02T03:04:05.000006Z"
    )


def test_facts_are_dates_ids_and_plain_values() -> None:
    claim = Claim(public_id="abc")
    facts = [date(2024, 11, 4), claim, "x", 3, True, None]
    assert [fact_of(fact) for fact in facts] == ["2024-11-04", "abc", "x", 3, True, None]


@given(VALUES)
def test_the_quick_encoder_that_leaves_are_compared_by_gives_the_same_bytes(value: Any) -> None:
    assert orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == rfc8785.dumps(value)


@given(VALUES)
def test_documents_are_written_as_compact_json_in_the_order_of_their_keys(value: Any) -> None:
    wanted = json.dumps({"it": value}, ensure_ascii=False, separators=(",", ":"))
    assert encode({"it": value}) == wanted


@given(st.binary())
def test_base64url_is_read_back(data: bytes) -> None:
    assert decoded64(base64url(data).encode()) == data
    assert base64url(data) == base64.urlsafe_b64encode(data).decode().rstrip("=")


@given(st.binary(min_size=16, max_size=16), TEXTS, TEXTS)
def test_a_disclosure_is_the_json_array_as_json_writes_it(
    salt: bytes, name: str, value: str
) -> None:
    array = json.dumps([base64url(salt), name, value], ensure_ascii=False)
    assert disclosure(salt, name, value) == base64url(array.encode())
