"""What the tests of readers' forms share: a form as it is shown, filled in by somebody who takes their time."""

from __future__ import annotations

import re
import time
from typing import Any
from unittest.mock import patch

from django.test import Client

from tests.public.pages import Elements, html

HIDDEN = re.compile(r'name="key" value="([^"]+)"')


def key_of(page: str) -> str:
    """Return the key of the form on a page."""
    found = HIDDEN.search(page)
    assert found, "no form with a key on the page"
    return found[1]


def opened(client: Client, path: str, *, ago: int = 30) -> str:
    """Return the key of a form that was opened so many seconds ago."""
    with patch("django.core.signing.time.time", return_value=time.time() - ago):
        return key_of(html(client, path))


def send(client: Client, path: str, *, ago: int = 30, **fields: Any) -> Any:
    """Fill a form in and send it, as a browser does."""
    key = fields.pop("key", "") or opened(client, path, ago=ago)
    return client.post(path.partition("?")[0], {"trap": "", "key": key, **fields})


def typed(page: str, name: str) -> str:
    """Return what stands in a field of a page's form."""
    for tag, attributes in Elements.of(page):
        if attributes.get("name") == name and tag == "input":
            return attributes.get("value") or ""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s?(.*?)</textarea>', page, re.DOTALL)
    assert area, f"no field {name}"
    return area[1]
