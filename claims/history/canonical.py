"""The bytes that are hashed: canonical JSON, salted digests, leaf hashes.

Sources: RFC 8785 (canonical JSON), RFC 9901 §4.2 (disclosures and their digests), RFC 6962 §2.1 (0x00 before
a leaf). `claims.verify` repeats these few lines on purpose: a verifier that imported the program it checks
would prove nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

LEAF_PREFIX = b"\x00"


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of `value`.

    Leaves hold strings, integers below 2**53, booleans, lists and objects with ASCII keys only; for those the
    C encoder gives the bytes of the RFC (a test compares it with rfc8785 on generated values).
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def base64url(data: bytes) -> str:
    """Return base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def disclosure(salt: bytes, name: str, value: str) -> str:
    """Return the disclosure of one value: base64url of the JSON array salt, name, value (RFC 9901 §4.2.1)."""
    array = json.dumps([base64url(salt), name, value], ensure_ascii=False)
    return base64url(array.encode())


def digest_of(salt: bytes, name: str, value: str) -> bytes:
    """Return the SHA-256 of a value's disclosure (RFC 9901 §4.2.3)."""
    return hashlib.sha256(disclosure(salt, name, value).encode("ascii")).digest()


def hash_of_leaf(leaf: bytes) -> bytes:
    """Return the hash that the next entry and the outside world know this leaf by."""
    return hashlib.sha256(LEAF_PREFIX + leaf).digest()


def moment_text(moment: datetime) -> str:
    """Return a moment in the one form that stands in leaves and documents: UTC, six digits, Z."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{text}Z"


def fact_of(value: Any) -> Any:
    """Return a column's value as it stands in a leaf: dates as ISO text, rows by their public id."""
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "public_id", value)
