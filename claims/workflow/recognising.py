"""Which rows of an import came in before, and which claims of the register they are about: asked for by batches.

Nothing is remembered from batch to batch, so that neither the register nor a file fills the memory. Only a dry run
remembers, for nothing of it is in the database: digests of its rows, 200 bytes or so for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from claims.interop.statements import Statement, identity, key_of, words_key
from claims.models import Claim, ImportRecord

PRETENDED = -1  # the key of a claim that a dry run does not make
MOST, MOST_OF_ONE = (
    2_000,
    100,
)  # claims that are looked at for one batch, and for one wording where there are more
Name = tuple[str, str]
Said = tuple[int, str, str | None]


@dataclass(slots=True)
class Recognising:
    """What is known of the rows of one batch. `look_up` begins the next one."""

    _keys: set[Name] = field(default_factory=set)
    _families: dict[Name, int] = field(default_factory=dict)
    _unwritten: set[Name] = field(default_factory=set)
    _claims: dict[bytes, int] = field(default_factory=dict)
    _pretended: set[bytes] = field(default_factory=set)

    def look_up(self, rows: Sequence[Statement]) -> None:
        """Find what came in before of some rows, and what of them the register says.

        One query for each source, and one for their words.
        """
        self._keys, self._families, self._unwritten = set(), {}, set()
        wanted: dict[str, set[str]] = {}
        for row in rows:
            wanted.setdefault(row.source, set()).update(filter(None, (row.key, row.family)))
        for source, keys in wanted.items():
            found = {key: PRETENDED for key in keys if _digest(source, key) in self._pretended}
            records = ImportRecord.objects.filter(source=source, key__in=keys)
            found |= dict(records.values_list("key", "claim"))
            self._keys.update((source, key) for key in found)
            self._families |= {(source, key): claim for key, claim in found.items() if claim}
        self._claims = self._said_by(rows)

    def _said_by(self, rows: Sequence[Statement]) -> dict[bytes, int]:
        wanted = {identity(row.wording, row.speaker) for row in rows}
        found: dict[bytes, int] = {}
        for pk, wording, speaker in sorted(_alike(rows)):
            same = identity(wording, speaker or "")
            if same in wanted:
                found.setdefault(same, pk)
        return dict.fromkeys(wanted & self._pretended, PRETENDED) | found

    def came_in(self, row: Statement) -> bool:
        """Whether a row, or one of this batch with its key, came in before; from now on it did."""
        name = (row.source, row.key)
        if name in self._keys:
            return True
        self._keys.add(name)
        return False

    def claim_of(self, row: Statement) -> int | None:
        """Return the claim a row is about: that of its family, else one that says the same by the same name."""
        family = (row.source, row.family)
        if row.family and family in self._families:
            return self._families[family]
        claim = self._claims.get(identity(row.wording, row.speaker))
        if row.family and claim:
            self._families[family] = claim
            self._unwritten.add(family)
        return claim

    def keys_of(self, row: Statement) -> list[str]:
        """Return what is to be written down of a row that comes onto a claim: its family too where that is new."""
        family = (row.source, row.family)
        if family not in self._unwritten:
            return [row.key]
        self._unwritten.remove(family)
        return [row.key, row.family]

    def pretend(self, row: Statement) -> None:
        """Remember a row of a dry run, which is nowhere written down."""
        self._pretended.add(identity(row.wording, row.speaker))
        names = filter(None, (row.key, row.family))
        self._pretended.update(_digest(row.source, name) for name in names)


def _alike(rows: Sequence[Statement]) -> set[Said]:
    """Return the claims that say what some rows say, by whomever.

    Where very many say the same, not all of them are looked at, but whoever has the very name of a row: the speaker of
    a row who is spelled otherwise there has a claim of their own then, and the report says what it is like.
    """
    keys = {words_key(row.wording) for row in rows}
    found = _said(Claim.objects.standing().of_words(keys), most=MOST + 1)
    if len(found) <= MOST:
        return found
    named = Q(claimant__name__in={row.speaker for row in rows}) | Q(claimant=None)
    found = _said(Claim.objects.standing().of_words(keys).filter(named), most=MOST)
    for key in keys:
        found |= _said(Claim.objects.standing().of_words({key}).order_by("pk"), most=MOST_OF_ONE)
    return found


def _said(claims: QuerySet[Claim], *, most: int) -> set[Said]:
    return set(claims.values_list("pk", "wording", "claimant__name")[:most])


def _digest(source: str, key: str) -> bytes:
    return bytes.fromhex(key_of(source, key))
