"""Acts of the log as followers are told them: from bare values, because they come by the hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from claims import addresses
from claims.document_parts import Part
from claims.history.canonical import moment_text
from claims.models import LogLeaf, Redaction
from claims.models.compiled import Compiled

LIMITS = 100  # that many are remembered
KNOWN_BYTES = 8
NOTHING: Part = {}
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """How far somebody has followed the log: how many acts they know, and how the hash of the last one begins."""

    acts: int = 0
    last: str = ""

    @property
    def index(self) -> int:
        """The place from which to read, so that the last known act is met again."""
        return max(self.acts - 1, 0)

    def agrees(self, row: Row) -> bool:
        """Whether that row of the log is the last act they know."""
        index, leaf_hash = row[0], bytes(row[-2])
        return (index + 1, leaf_hash[:KNOWN_BYTES].hex()) == (self.acts, self.last)

    @classmethod
    def to(cls, index: int, leaf_hash: bytes | memoryview) -> Followed:
        """Return the place after the act of that index and hash."""
        return cls(index + 1, bytes(leaf_hash)[:KNOWN_BYTES].hex())


@dataclass(frozen=True, slots=True)
class Reading:
    """Some acts in a row, how far the log is known with them, and whether it goes on."""

    parts: list[Part]
    known: Followed
    more: bool


def read_on(known: Followed, *, limit: int, base: str) -> Reading | None:
    """Return the next acts after `known`, at most `limit`; None where its last act is not in the log.

    Queries, 1: the acts; 2: what was erased of them.
    """
    rows = list(_acts(limit + 2).unconverted(known.index))
    if known.acts:
        if not rows or not known.agrees(rows[0]):
            return None
        del rows[0]
    more, rows = len(rows) > limit, rows[:limit]
    if not rows:
        return Reading([], known, more=False)
    last = rows[-1]
    return Reading(list(_parts(rows, base)), Followed.to(last[0], last[-2]), more=more)


@lru_cache(LIMITS)
def _acts(most: int) -> Compiled[Row]:
    """Return the read of so many acts from a place on."""
    read = LogLeaf.objects.from_index
    return Compiled(LogLeaf, lambda index: read(index).told()[:most], kinds=(int,))


erasures: Compiled[Row] = Compiled(Redaction, Redaction.objects.told, kinds=(int, int))


def _parts(rows: Sequence[Row], base: str) -> Iterator[Part]:
    erased = _erased(rows)
    claims: dict[str, Part] = {}
    for row in rows:
        leaf = orjson.loads(row[-1])
        public_id = leaf["claim"]
        if public_id not in claims:  # several acts of a page are on the same claim
            claims[public_id] = _claim(public_id, row[3], base)
        yield _part(row, leaf, claims[public_id], erased.get(row[1], NOTHING))


def _claim(public_id: str, wording: str, base: str) -> Part:
    url = base + addresses.claim_api(public_id)
    return {
        "id": public_id,
        "url": url,
        "html_url": base + addresses.claim_short(public_id),
        "history_url": f"{url}history/",
        "wording": wording or None,
    }


def _part(row: Row, leaf: Part, claim: Part, erased: Part) -> Part:
    """What stands in the leaf is told from there: it is the very text that was hashed."""
    index, _, status, _, by, reason, other_since, leaf_hash, text = row
    said = leaf.get
    return {
        "log_index": index,
        "claim": claim,
        "number": leaf["seq"],
        "act": leaf["kind"],
        "recorded_at": leaf["recorded_at"],
        "effective_on": said("effective_on"),
        "by": by,
        "reason": reason,
        "about": said("about"),
        "other_claim": said("other_claim") if other_since else None,
        "reason_code": said("reason"),
        "status": status,
        "leaf_hash": bytes(leaf_hash).hex(),
        "redacted": erased,
        "leaf": bytes(text).decode(),
    }


def _erased(rows: Sequence[Row]) -> dict[int, Part]:
    """Return, by the key of an entry, which values of the act were erased, why and when.

    The values of its rows, such as "evidence.excerpt", are named in full.
    """
    found: dict[int, Part] = defaultdict(dict)
    for entry, name, reason, moment in erasures.rows(rows[0][0], rows[-1][0]):
        found[entry][name] = {"reason": reason, "recorded_at": moment_text(moment)}
    return found
