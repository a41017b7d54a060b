"""Which encodings of an answer a client says that it reads (RFC 9110, 12.5.3)."""

from __future__ import annotations

import re

GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


def takes_gzip(accepted: str) -> bool:
    """Return whether gzip is among what an Accept-Encoding header names, and not forbidden there."""
    return bool(GZIP.search(accepted))
