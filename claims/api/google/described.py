"""The discovery document: what this API says of itself to clients that build themselves from it, and to our checks."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import orjson

Tree = dict[str, "Tree"]


@cache
def _read() -> dict[str, Any]:
    whole: dict[str, Any] = orjson.loads(Path(__file__).with_name("discovery.json").read_bytes())
    return whole


def discovery_document(base: str) -> dict[str, Any]:
    """Return the document of the API at `base`, an address without a slash at its end.

    No `auth` is in it: clients then need neither a key nor an account.
    """
    root = f"{base}/"
    return deepcopy(_read()) | {"rootUrl": root, "baseUrl": root}


def parameters_of(method: str) -> list[str]:
    """Return the query parameters of a method, such as `claims.search`, and those of every method."""
    resource, name = method.split(".")
    own: dict[str, Any] = _read()["resources"][resource]["methods"][name]["parameters"]
    asked = [key for key, known in own.items() if known["location"] == "query"]
    return [*asked, *_read()["parameters"]]


def fields_of(method: str) -> Tree:
    """Return the fields of a method's answer, each with the fields within it."""
    resource, name = method.split(".")
    return _fields(_read()["resources"][resource]["methods"][name]["response"])


def _fields(part: dict[str, Any]) -> Tree:
    if "items" in part:
        return _fields(part["items"])
    if "$ref" not in part:
        return {}
    properties = _read()["schemas"][part["$ref"]]["properties"]
    return {key: _fields(value) for key, value in properties.items()}
