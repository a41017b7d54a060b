"""The limit: a WSGI application that answers any request with bytes prepared before, and does nothing else.

PREBUILT names a folder with one file for each kind of answer; `/<kind>/` is answered with its bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

BODIES = {file.name: file.read_bytes() for file in Path(os.environ["PREBUILT"]).iterdir()}
HEADERS = {
    name: [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    for name, body in BODIES.items()
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer with the bytes of one kind."""
    kind = environ["PATH_INFO"].strip("/") or next(iter(BODIES))
    start_response("200 OK", HEADERS[kind])
    return [BODIES[kind]]
