"""How a key of the API is written: `fc_`, a public prefix, a secret, and a checksum over both.

The checksum tells a mistyped key from a wrong one without asking the database, and lets programs that look for leaked
secrets find ours without false alarms.
"""

from __future__ import annotations

import re
import secrets
from typing import NamedTuple
from zlib import crc32

from claims.models.fields import PUBLIC_ID_ALPHABET

PREFIX_LENGTH, SECRET_LENGTH, CHECK_LENGTH = 8, 32, 7  # 5 bits a character: 160 of them are secret
LETTER = "[0-9a-hjkmnp-tv-z]"
PATTERN = re.compile(
    rf"fc_({LETTER}{{{PREFIX_LENGTH}}})_({LETTER}{{{SECRET_LENGTH}}})({LETTER}{{{CHECK_LENGTH}}})"
)


class KeyText(NamedTuple):
    """The two parts of a key: the one that is shown in lists, and the one that nobody may learn."""

    prefix: str
    secret: str

    def __str__(self) -> str:
        return f"fc_{self.prefix}_{self.secret}{_checksum(self.prefix, self.secret)}"


def new_key_text() -> KeyText:
    """Return a new key: 40 random bits to find it by, 160 to prove it by."""
    return KeyText(_random(PREFIX_LENGTH), _random(SECRET_LENGTH))


def read_key_text(text: str) -> KeyText | None:
    """Return the parts of a key as it was sent; None where it is mistyped or no key at all."""
    match = PATTERN.fullmatch(text)
    if match is None or match[3] != _checksum(match[1], match[2]):
        return None
    return KeyText(match[1], match[2])


def _random(length: int) -> str:
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(length))


def _checksum(prefix: str, secret: str) -> str:
    """Return the CRC-32 of both parts in the letters of the key, the highest bits first."""
    rest, letters = crc32(f"{prefix}_{secret}".encode()), ""
    for _ in range(CHECK_LENGTH):
        rest, digit = divmod(rest, len(PUBLIC_ID_ALPHABET))
        letters = PUBLIC_ID_ALPHABET[digit] + letters
    return letters
