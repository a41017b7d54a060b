"""Column types of the register: public ids, and values that can be erased without breaking the history."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10
PUBLIC_ID_PATTERN = f"[{PUBLIC_ID_ALPHABET}]{{{PUBLIC_ID_LENGTH}}}"  # of a regular expression
SALT_BYTES = 16


def new_public_id() -> str:
    """Return a fresh public id: 50 random bits in Crockford's base 32, lower case."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def new_salt() -> bytes:
    """Return a fresh 128-bit salt (RFC 9901 §4.2.1 asks for that much)."""
    return secrets.token_bytes(SALT_BYTES)


class PublicIdField(models.CharField[str, str]):
    """A short, opaque, stable id that stands in public addresses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {
            "max_length": 16,
            "unique": True,
            "editable": False,
            "default": new_public_id,
        }
        super().__init__(*args, **kwargs)


class ErasableTextField(models.TextField[str | None, str | None]):
    """A value of the history that may one day have to be erased.

    NULL means "there was none" or "erased by a redaction"; the history says which. The column of the
    same name with `_salt` behind it holds the salt of the value's digest, and goes with the value.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"null": True, "blank": True}
        super().__init__(*args, **kwargs)


class SaltField(models.BinaryField[bytes | None, bytes | None]):
    """The salt of the erasable value beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"null": True, "editable": False, "max_length": SALT_BYTES}
        super().__init__(*args, **kwargs)


def paired_with_salt(table: str, *names: str) -> list[models.BaseConstraint]:
    """Return one constraint per erasable column: value and salt are there together or not at all."""
    return [
        models.CheckConstraint(
            name=f"{table}_{name}_salted",
            condition=models.Q(**{f"{name}__isnull": True, f"{name}_salt__isnull": True})
            | models.Q(**{f"{name}__isnull": False, f"{name}_salt__isnull": False}),
        )
        for name in names
    ]


def known_value(
    name: str, field: str, choices: type[models.TextChoices], *, blank: bool = False
) -> models.CheckConstraint:
    """Return the constraint that a column holds a word of its vocabulary, or nothing where `blank` says so."""
    words = sorted([*choices.values, *([""] if blank else [])])
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__in": words}))
