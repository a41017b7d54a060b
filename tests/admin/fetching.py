"""Asking the desk as its own scripts do."""

from __future__ import annotations

from typing import Any

from django.test import Client

ASKED = {"X-Requested-With": "fetch"}


def fetched(client: Client, url: str, fields: dict[str, Any] | None = None) -> Any:
    """Ask for a part of a page or, given `fields`, send a form; the answer is not HTML that people see."""
    if fields is None:
        return client.get(url, headers=ASKED)
    return client.post(url, fields, headers=ASKED)
