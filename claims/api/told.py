"""Acts of the log as followers are told them: from bare values, because they come by the hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from claims import addresses
from claims.api.parameters import CHANGES_LIMIT
from claims.document_parts import Part
from claims.history.canonical import moment_text
from claims.models import LogLeaf, Redaction
from claims.models.compiled import Compiled
from claims.models.entry import STATUS_ACTS
from claims.models.log import TOLD

LIMITS = 100  # that many are remembered
KNOWN_BYTES = 8
AT_ONCE = (1, 4, 16, 64, CHANGES_LIMIT)  # acts whose statuses are asked for
NOTHING: Part = {}
RECORDED_AT = '"recorded_at":"'
# Where in a row of `LogLeaf.told` some of it stands.
ENTRY, CLAIM, WORDING, NUMBER, ACT, STATUS = map(
    TOLD.index,
    (
        "entry",
        "entry__claim__public_id",
        "entry__claim__wording",
        "entry__number",
        "entry__act",
        "entry__verdict__status",
    ),
)
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

    Queries, 1: the acts; 2: what was erased of them; 3: which status a claim had that an earlier act left it.
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
    erased, statuses = _erased(rows), _statuses(rows)
    claims: dict[str, orjson.Fragment] = {}
    for row, status in zip(rows, statuses, strict=True):
        public_id = row[CLAIM]
        if public_id not in claims:  # several acts of a page are on the same claim
            claims[public_id] = _claim(public_id, row[WORDING], base)
        yield _part(row, status, claims[public_id], erased.get(row[ENTRY], NOTHING))


def _claim(public_id: str, wording: str, base: str) -> orjson.Fragment:
    url = base + addresses.claim_api(public_id)
    told = {
        "id": public_id,
        "url": url,
        "html_url": base + addresses.claim_short(public_id),
        "history_url": f"{url}history/",
        "wording": wording or None,
    }
    return orjson.Fragment(orjson.dumps(told))


def _part(row: Row, status: str | None, claim: orjson.Fragment, erased: Part) -> Part:
    index, _, _, _, number, act, day, by, note, about, other, seen, reason, _, digest, data = row
    leaf = str(data, "utf-8")
    return {
        "log_index": index,
        "claim": claim,
        "number": number,
        "act": act,
        "recorded_at": _recorded_at(leaf),
        "effective_on": day,
        "by": by,
        "reason": note,
        "about": about,
        "other_claim": other if seen else None,
        "reason_code": reason or None,
        "status": status,
        "leaf_hash": digest.hex(),
        "redacted": erased,
        "leaf": leaf,
    }


def _recorded_at(leaf: str) -> str:
    """Return the moment in a leaf: what follows its name the last time, since the members after it hold no other.

    To have it made from the column takes longer than all else of an act.
    """
    start = leaf.rindex(RECORDED_AT) + len(RECORDED_AT)
    return leaf[start : leaf.index('"', start)]


def _statuses(rows: Sequence[Row]) -> Iterator[str | None]:
    """Yield the status that the claim of each act had after it: None where it had none, or its verdict was taken back.

    Only acts that set it change it, and they say so themselves. One query for what acts before these left behind.
    """
    status = _left_behind(rows)
    for row in rows:
        if row[ACT] in STATUS_ACTS:
            status[row[CLAIM]] = row[STATUS]
        yield status[row[CLAIM]]


def _left_behind(rows: Sequence[Row]) -> dict[str, str | None]:
    """Return which status each claim of these acts had when the first of them began."""
    status: dict[str, str | None] = {}
    asked: dict[int, str] = {}
    for row in rows:
        if row[CLAIM] not in status:
            status[row[CLAIM]] = None
            if row[NUMBER] > 1 and row[ACT] not in STATUS_ACTS:
                asked[row[ENTRY]] = row[CLAIM]
    for entry, found in _statuses_of(list(asked)):
        status[asked[entry]] = found
    return status


def _statuses_of(entries: Sequence[int]) -> Sequence[tuple[int, str | None]]:
    """Return the statuses that claims had with these acts; asked of one and another number of them, not of any."""
    if not entries:
        return []
    number = next(one for one in AT_ONCE if one >= len(entries))
    return _standing(number).rows(*entries, *[entries[-1]] * (number - len(entries)))


@lru_cache(LIMITS)
def _standing(number: int) -> Compiled[tuple[int, str | None]]:
    """Return the read of the statuses that claims had with so many acts."""
    return Compiled(LogLeaf, LogLeaf.objects.statuses, kinds=(int,) * number)


def _erased(rows: Sequence[Row]) -> dict[int, Part]:
    """Return, by the key of an entry, which values of the act were erased, why and when.

    The values of its rows, such as "evidence.excerpt", are named in full.
    """
    found: dict[int, Part] = defaultdict(dict)
    for entry, name, reason, moment in erasures.rows(rows[0][0], rows[-1][0]):
        found[entry][name] = {"reason": reason, "recorded_at": moment_text(moment)}
    return found
