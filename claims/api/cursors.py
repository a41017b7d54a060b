"""Cursors: opaque, signed places in a list, good only for the list and the filters they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from claims.api.problems import BadParameters
from claims.api.reasons import Reason

MAX_LENGTH = 500
REFUSAL = "is not a cursor of this list with these filters"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a row, or before it when `backwards`; `key` is what the list is ordered by."""

    key: tuple[Any, ...]
    backwards: bool = False


def _signer(bound_to: str) -> Signer:
    return Signer(salt=f"claims.api.cursor:{bound_to}", sep=".")


def write(cursor: Cursor, *, bound_to: str) -> str:
    """Return a cursor as text that cannot be altered or used elsewhere."""
    return _signer(bound_to).sign_object([int(cursor.backwards), *cursor.key])


def read(text: str, *, bound_to: str, parameter: str = "cursor") -> Cursor:
    """Return the cursor that `write` wrote; raise BadParameters for any other text in that parameter."""
    try:
        backwards, *key = _signer(bound_to).unsign_object(text[:MAX_LENGTH])
    except (BadSignature, ValueError):
        told = {"parameter": parameter, "detail": REFUSAL, "reason": Reason.CURSOR.value}
        raise BadParameters([told]) from None
    return Cursor(tuple(key), backwards=bool(backwards))
