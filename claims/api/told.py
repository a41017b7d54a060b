"""Acts of the log as followers are told them: from bare values, because they come by the hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims import addresses
from claims.document_parts import Part
from claims.history.canonical import fact_of, moment_text
from claims.models import HistoryEntry, LogLeaf, Redaction
from claims.models.entry import STATUS_ACTS

KNOWN_BYTES = 8


@dataclass(frozen=True, slots=True)
class Followed:
    """How far somebody has followed the log: how many acts they know, and how the hash of the last one begins."""

    acts: int = 0
    last: str = ""

    @property
    def index(self) -> int:
        """The place from which to read, so that the last known act is met again."""
        return max(self.acts - 1, 0)

    def agrees(self, row: tuple[Any, ...]) -> bool:
        """Whether that row of the log is the last act they know."""
        index, leaf_hash = row[0], bytes(row[-2])
        return (index + 1, leaf_hash[:KNOWN_BYTES].hex()) == (self.acts, self.last)

    @classmethod
    def to(cls, index: int, leaf_hash: bytes) -> Followed:
        """Return the place after the act of that index and hash."""
        return cls(index + 1, bytes(leaf_hash)[:KNOWN_BYTES].hex())


@dataclass(frozen=True, slots=True)
class Reading:
    """Some acts in a row, how far the log is known with them, and whether it goes on."""

    parts: list[Part]
    known: Followed
    more: bool


def read_on(known: Followed, *, limit: int, base: str) -> Reading | None:
    """Return the next acts after `known`, at most `limit`; None where its last act is not in the log. Three queries.

    1: the acts; 2: what was erased of them; 3: the status that claims had before.
    """
    rows = list(LogLeaf.objects.from_index(known.index).told()[: limit + 2])
    if known.acts:
        if not rows or not known.agrees(rows[0]):
            return None
        del rows[0]
    more, rows = len(rows) > limit, rows[:limit]
    if not rows:
        return Reading([], known, more=False)
    last = rows[-1]
    return Reading(list(_parts(rows, base)), Followed.to(last[0], last[-2]), more=more)


def _parts(rows: Sequence[tuple[Any, ...]], base: str) -> Iterator[Part]:
    erased = _erased([row[1] for row in rows])
    statuses = _statuses_before(rows)
    for row in rows:
        claim, act, status = row[2], row[6], row[15]
        if act in STATUS_ACTS:
            statuses[claim] = status
        yield _part(row, statuses.get(claim), erased.get(row[1], {}), base)


def _part(row: tuple[Any, ...], status: str | None, erased: Part, base: str) -> Part:
    index, _, _, public_id, wording, number, act, recorded_at, effective_on = row[:9]
    by, reason, about, reason_code, other, other_since, _, leaf_hash, leaf = row[9:]
    claim_api = f"{base}{addresses.claim_api(public_id)}"
    return {
        "log_index": index,
        "claim": {
            "id": public_id,
            "url": claim_api,
            "html_url": f"{base}{addresses.claim_short(public_id)}",
            "history_url": f"{claim_api}history/",
            "wording": wording or None,
        },
        "number": number,
        "act": act,
        "recorded_at": moment_text(recorded_at),
        "effective_on": fact_of(effective_on),
        "by": by,
        "reason": reason,
        "about": about,
        "other_claim": other if other_since else None,
        "reason_code": reason_code or None,
        "status": status,
        "leaf_hash": bytes(leaf_hash).hex(),
        "redacted": erased,
        "leaf": bytes(leaf).decode(),
    }


def _erased(entries: Sequence[int]) -> dict[int, Part]:
    """Return, by the key of an entry, which values of the act were erased, why and when.

    The values of its rows, such as "evidence.excerpt", are named in full.
    """
    found: dict[int, Part] = defaultdict(dict)
    for entry, name, reason, moment in Redaction.objects.told(entries):
        found[entry][name] = {"reason": reason, "recorded_at": moment_text(moment)}
    return found


def _statuses_before(rows: Sequence[tuple[Any, ...]]) -> dict[int, str | None]:
    """Return, by the key of a claim, the status it had before the first of its acts among `rows`."""
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(row[2], row[5])
    found: dict[int, str | None] = {}
    for claim, number, status in HistoryEntry.objects.statuses(first):
        if number < first[claim]:
            found[claim] = status
    return found
