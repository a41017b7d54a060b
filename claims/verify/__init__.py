"""Verify a claim's exported history offline: `python -m claims.verify bundle.json`.

This folder needs only the standard library and rfc8785: no Django, no database, no network, none of the code it
checks. It may be copied whole to anywhere and run there: `python -m verify bundle.json`, beside the copy.
It says what it proved and what it cannot prove; `docs/history.md` says both at length.
"""

from .bundle import FORMAT, NOT_PROVED, verify
from .chain import parse, unbase64url
from .document import LABELS, OPEN
from .refusals import Refused

__all__ = ["FORMAT", "LABELS", "NOT_PROVED", "OPEN", "Refused", "parse", "unbase64url", "verify"]
