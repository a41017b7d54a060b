"""A claim's whole history as one self-contained JSON bundle that `python -m claims.verify` checks offline.

Shape: `{"format", "log", "claim", "exported_at", "head", "entries", "document"}`. Each entry holds `leaf` (the
exact text that was hashed), `leaf_hash` (hex) and `disclosures` (RFC 9901 §4.2.1) of the values that were not
redacted. `document` is the public document, its addresses absolute.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from claims.history.canonical import disclosure, moment_text
from claims.history.leaves import erasable_values
from claims.history.state import State
from claims.models import HistoryEntry, LedgerRow

FORMAT = "factcheck-bundle/1"


def bundle_of(
    state: State, document: dict[str, Any], *, log: str, exported_at: datetime
) -> dict[str, Any]:
    """Return the bundle of a published claim in `state`."""
    rows = _rows_by_number(state)
    head = state.entries[-1]
    return {
        "format": FORMAT,
        "log": log,
        "claim": state.claim.public_id,
        "exported_at": moment_text(exported_at),
        "head": {"number": head.number, "leaf_hash": bytes(head.leaf_hash).hex()},
        "entries": [_entry(entry, rows[entry.number]) for entry in state.entries],
        "document": document,
    }


def _rows_by_number(state: State) -> dict[int, list[LedgerRow]]:
    rows: dict[int, list[LedgerRow]] = defaultdict(list)
    for wording in state.wordings:
        rows[wording.entry.number].append(wording)
    for number, place in state.appearances.items():
        rows[number].append(place.row)
    for number, piece in state.evidence.items():
        rows[number].append(piece.row)
    for number, contact in state.contacts.items():
        rows[number].append(contact.row)
    for number, verdict in state.verdicts.items():
        rows[number].append(verdict.row)
    return rows


def _entry(entry: HistoryEntry, rows: list[LedgerRow]) -> dict[str, Any]:
    return {
        "number": entry.number,
        "leaf": bytes(entry.leaf).decode(),
        "leaf_hash": bytes(entry.leaf_hash).hex(),
        "disclosures": [
            disclosure(salt, name, value) for name, value, salt in erasable_values(entry, rows)
        ],
    }
