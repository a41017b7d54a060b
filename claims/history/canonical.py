"""The bytes that are hashed: canonical JSON, salted digests, leaf hashes.

Sources: RFC 8785 (canonical JSON), RFC 9901 §4.2 (disclosures and their digests), RFC 6962 §2.1 (0x00 before
a leaf). `claims.verify` repeats these few lines on purpose: a verifier that imported the program it checks
would prove nothing.
"""

from __future__ import annotations

import hashlib
from binascii import a2b_base64, b2a_base64
from datetime import UTC, date, datetime
from json.encoder import encode_basestring
from typing import Any

import orjson

LEAF_PREFIX = b"\x00"
PADDING = (b"", b"===", b"==", b"=")
_URLSAFE, _PLAIN = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of `value`.

    Leaves hold strings, integers below 2**53, booleans, lists and objects with ASCII keys only; for those the
    encoder gives the bytes of the RFC (a test compares it with rfc8785 on generated values).
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def base64url(data: bytes) -> str:
    """Return base64url without padding (RFC 4648 §5)."""
    return b2a_base64(data, newline=False).translate(_URLSAFE, b"=").decode()


def decoded64(text: bytes) -> bytes:
    """Return the bytes of base64url without padding, however carelessly spelled. Raises ValueError where it is none."""
    return a2b_base64(text.translate(_PLAIN) + PADDING[len(text) % 4])


def strictly_decoded64(text: bytes) -> bytes:
    """Return the bytes of base64url without padding. Raises ValueError for any spelling but the one of `base64url`."""
    data = decoded64(text)
    if b2a_base64(data, newline=False).translate(_URLSAFE, b"=") != text:
        raise ValueError("not base64url as it is written here")
    return data


def disclosure(salt: bytes, name: str, value: str) -> str:
    """Return the disclosure of one value: base64url of the JSON array salt, name, value (RFC 9901 §4.2.1)."""
    array = f'["{base64url(salt)}", {encode_basestring(name)}, {encode_basestring(value)}]'
    return base64url(array.encode())


def digest_of(salt: bytes, name: str, value: str) -> bytes:
    """Return the SHA-256 of a value's disclosure (RFC 9901 §4.2.3)."""
    return hashlib.sha256(disclosure(salt, name, value).encode("ascii")).digest()


def hash_of_leaf(leaf: bytes) -> bytes:
    """Return the hash that the next entry and the outside world know this leaf by."""
    return hashlib.sha256(LEAF_PREFIX + leaf).digest()


def moment_text(moment: datetime) -> str:
    """Return a moment in the one form that stands in leaves and documents: UTC, six digits, Z."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")[:-6] + "Z"


def fact_of(value: Any) -> Any:
    """Return a column's value as it stands in a leaf: dates as ISO text, rows by their public id."""
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "public_id", value)
