"""What a test sees on a page: its text, its refusals, and the token that says what was looked at."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client


def text_of(response: Any) -> str:
    """Return the words of a page, tags left out."""
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def seen(client: Client, url: str) -> str:
    """Open a page and return the token of what it showed."""
    found = re.search(r'name="seen" value="([^"]*)"', client.get(url).content.decode())
    assert found, f"{url} shows no form"
    return found[1]


def submit(client: Client, url: str, /, **fields: Any) -> Any:
    """Open a page, fill its form in and send it; the answer to the redirect, if any, is followed."""
    return client.post(url, {"seen": seen(client, url), **fields}, follow=True)


def shown_in(response: Any) -> str:
    """Return the token of the result that a page shows before it is confirmed, or nothing."""
    found = re.search(r'name="shown" value="([^"]+)"', response.content.decode())
    return found[1] if found else ""


def said(response: Any) -> list[str]:
    """Return the messages a page shows."""
    return [str(message) for message in response.context["messages"]]


def links_in(response: Any) -> list[str]:
    """Return where the links of a page lead."""
    return re.findall(r'href="([^"]+)"', response.content.decode())
