"""The body of a request, read strictly: one JSON object in UTF-8, and nothing in it that no text can hold."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from django.http import HttpRequest
from rest_framework.exceptions import UnsupportedMediaType

from claims.api.problems import Refusal

JSON_TYPE = re.compile(r'application/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?', re.IGNORECASE)
DEEPEST = 20
HALF_OR_NUL = re.compile("[\x00\ud800-\udfff]")


class TooLarge(Refusal):
    """The body is larger than the address takes."""

    slug = "too-large"


class BadBody(Refusal):
    """The body is not one JSON object, or holds what no text can; `pointer` is the place, where it is known."""

    slug = "bad-body"

    def __init__(self, detail: str, *, pointer: str | None = None) -> None:
        super().__init__(f"The body {detail}.")
        if pointer is not None:
            self.errors = [{"pointer": pointer, "detail": detail}]


class BadValues(Refusal):
    """What a body says cannot be taken; `errors` points to each member at fault."""

    slug = "values-not-usable"
    default_detail = "The body says something that cannot be taken."

    def __init__(self, errors: Collection[dict[str, str]]) -> None:
        super().__init__()
        self.errors = list(errors)


def read_body(request: HttpRequest, *, most: int) -> tuple[dict[str, Any], bytes]:
    """Return the members of a body of at most `most` bytes, and its bytes as they came.

    Raises UnsupportedMediaType (415), TooLarge (413) or BadBody (400).
    """
    media_type = request.headers.get("Content-Type", "")
    if not JSON_TYPE.fullmatch(media_type) or request.headers.get("Content-Encoding"):
        raise UnsupportedMediaType(media_type[:100], "Bodies are taken as application/json alone.")
    data = request.read(most + 1)
    if len(data) > most:
        raise TooLarge(f"The body is larger than {most:,} bytes.")
    return _object_of(data), data


def _object_of(data: bytes) -> dict[str, Any]:
    try:
        given = json.loads(data.decode(), object_pairs_hook=_once_each, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadBody("is not UTF-8") from None
    except RecursionError:
        raise BadBody("is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise BadBody(f"is not JSON, from character {error.pos} on: {error.msg}") from None
    except ValueError:  # a whole number of thousands of digits
        raise BadBody("holds a number that is too long") from None
    if not isinstance(given, dict):
        raise BadBody("is not a JSON object")
    for pointer, text in _texts(given, "", 0):
        if found := HALF_OR_NUL.search(text):
            raise BadBody(
                f"holds a character that no text has: U+{ord(found[0]):04X}", pointer=pointer
            )
    return given


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadBody(f"names a member twice: {twice[:100]!a}")
    return found


def _no_number(name: str) -> NoReturn:
    raise BadBody(f"holds {name}, which is no number of JSON")


def _texts(value: Any, pointer: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield every text in a value with the place it stands at, names of members included."""
    if depth > DEEPEST:
        raise BadBody("is nested too deeply")
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield pointer, name
            yield from _texts(part, f"{pointer}/{escaped(name)}", depth + 1)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, f"{pointer}/{number}", depth + 1)


def escaped(name: str) -> str:
    """Return the name of a member as it stands in a JSON pointer (RFC 6901, 3)."""
    return name.replace("~", "~0").replace("/", "~1")
