"""Private addresses: what stands in them is secret, and what is kept opens none of them without the server's key.

A row keeps a random seed and the digest of its secret. The secret is the seed's HMAC under the server's key: so a mail
can carry it at any time, and whoever reads the database alone can open nothing.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

SEED_BYTES = 32


def new_seed() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(SEED_BYTES)


def key_of(seed: str, *, purpose: str) -> bytes:
    """Return the 256 bits that belong to `seed`, others for each purpose."""
    key: bytes = salted_hmac(f"claims.{purpose}", seed, algorithm="sha256").digest()
    return key


def secret_of(seed: str, *, purpose: str) -> str:
    """Return the secret (256 bits, as it stands in an address) that belongs to `seed`, another one for each purpose."""
    return base64.urlsafe_b64encode(key_of(seed, purpose=purpose)).rstrip(b"=").decode()


def token_digest(token: str) -> str:
    """Return what is kept of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
