"""Disclosures in an export: taken in one spelling only, the register's own, by a quicker way that is as strict."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from json.encoder import encode_basestring

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.history import exported
from claims.history.canonical import (
    base64url,
    decoded64,
    disclosure,
    strictly_decoded64,
)
from claims.history.exported import Proved, Unsound

SALT = bytes(range(16))


def taken(*disclosures: str) -> dict[str, tuple[bytes, str]]:
    """Return the values of an entry with a wording whose leaf holds the digests of these disclosures."""
    digests = {base64url(hashlib.sha256(one.encode()).digest()) for one in disclosures}
    entry = Proved({"wording": {}}, b"", b"", 1, None, digests)
    exported._disclose(entry, list(disclosures))
    assert entry.missing == set()
    return entry.values


def spelled(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(st.text(min_size=1), st.binary(min_size=16, max_size=16))
def test_what_the_register_writes_is_taken(value: str, salt: bytes) -> None:
    if "\0" in value:
        return
    try:
        one = disclosure(salt, "wording.text", value)
    except UnicodeEncodeError:
        return  # half a pair is written nowhere
    assert taken(one) == {"wording.text": (salt, value)}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_orjson_spells_texts_as_disclosures_do(value: str) -> None:
    assert orjson.dumps(value).decode() == encode_basestring(value)


def test_both_spell_every_single_character_alike() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x11000)):
        assert orjson.dumps(chr(code)).decode() == encode_basestring(chr(code))


@given(st.binary())
def test_base64url_is_read_in_one_spelling(data: bytes) -> None:
    text = base64url(data)
    assert strictly_decoded64(text.encode()) == decoded64(text.encode()) == data


@given(st.text(st.sampled_from("AQgwxyz-_+/=\n ."), max_size=9))
def test_every_other_spelling_is_refused(text: str) -> None:
    try:
        data = strictly_decoded64(text.encode())
    except ValueError:
        return
    assert base64url(data) == text


SALTED = base64url(SALT)


@pytest.mark.parametrize(
    "text",
    [
        f'["{SALTED}","wording.text","no spaces"]',
        f'["{SALTED}", "wording.text", "more", "parts"]',
        f'["{SALTED}", "wording.text", "\\u0041 needless escape"]',
        f'["{SALTED}", "wording.text", "a\\/b"]',
        f'["{SALTED}", "wording.text", 7]',
        f'["{SALTED}", "wording.text", ""]',
        f'["{SALTED}", "wording.text", "\\u0000"]',
        f'["{SALTED}", "wording.text", "x"] ',
        f'["{SALTED[:-1]}B", "wording.text", "salt with odd bits"]',
        f'["{SALTED}AA", "wording.text", "longer salt"]',
        f'["{SALTED}", "wording.nothing", "x"]',
        f'["{SALTED}", "evidence.url", "of a row that is not there"]',
    ],
)
def test_another_spelling_or_value_is_refused(text: str) -> None:
    with pytest.raises((Unsound, ValueError)):
        taken(spelled(text))


def test_a_value_told_twice_is_refused() -> None:
    one, other = (disclosure(SALT, "wording.text", text) for text in ("one", "other"))
    with pytest.raises(Unsound, match="twice"):
        taken(one, other)
