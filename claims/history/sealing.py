"""The sealer: gives every public act its place in the log, one after the other and without a gap.

It takes what it can see, so an act that is committed late gets a later place. The numbers that a database hands out
say nothing about the order of commits, and are never taken for it. Of one claim the order holds, because whoever
acts on it holds its lock until the commit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import lru_cache

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists

from claims.history import many
from claims.history.canonical import hash_of_leaf
from claims.history.postgres_guards import wait_for_turn
from claims.models import HistoryEntry, LogLeaf, Restoration, Unsealed
from claims.models.compiled import Compiled
from claims.models.compiled_rows import CompiledDelete
from claims.models.log import Hashed

logger = logging.getLogger(__name__)
BATCH = 2_000
# What one act may have to seal of what others left, so that it does not take long.
AFTER_AN_ACT = 5 * BATCH
TURN = "claims.log"
WAITING = Compiled[tuple[int]](Unsealed, lambda: Unsealed.objects.values_list("pk")[:1], kinds=())
SEALED = CompiledDelete(Unsealed, lambda key: Unsealed.objects.filter(pk=key).order_by())
LAST = Compiled[tuple[int]](
    LogLeaf, lambda: LogLeaf.objects.last_first().values_list("index")[:1], kinds=()
)
# The same, and whether anything waits, and whether the register is being rebuilt.
LOG = Compiled[tuple[int, bool, bool]](
    LogLeaf,
    lambda: LogLeaf.objects.last_first().values_list(
        "index", Exists(Unsealed.objects.all()), Exists(Restoration.objects.begun())
    )[:1],
    kinds=(),
)


@lru_cache(maxsize=8)
def _first_to_seal(size: int) -> Compiled[tuple[int, int, Hashed, Hashed]]:
    return Compiled(Unsealed, lambda: Unsealed.objects.to_seal().with_leaf()[:size], kinds=())


class SealingHaltedError(Exception):
    """What waits is not what was recorded. Acts go on; nothing more is sealed until an operator has looked."""


def await_seal(entries: Iterable[HistoryEntry]) -> None:
    """Put entries that have just become public, of each claim in their order, among what waits."""
    many.write(Unsealed, [(entry.pk,) for entry in entries], keyed=False)


def seal_act(entries: Sequence[HistoryEntry]) -> None:
    """Have entries that have just become public, of each claim in their order, sealed.

    Unless a process of its own does that (FACTCHECK_SEALING=loop): for it, they are put among what waits. On SQLite in
    the transaction of the act, because no other can be committed before it. On PostgreSQL after the commit, so that
    writers do not wait for each other; what a crash leaves is sealed with the next public act.
    """
    inline, at_once = settings.FACTCHECK_SEALING == "inline", connection.vendor == "sqlite"
    if inline and at_once and _sealed_at_once(entries):
        return
    await_seal(entries)
    if inline and at_once:
        _seal_or_report()
    elif inline:
        transaction.on_commit(_seal_or_report, robust=True)


def _sealed_at_once(entries: Sequence[HistoryEntry]) -> bool:
    """Give entries their places where nothing waits before them and all is sound; return whether they have them."""
    log = LOG.rows()
    if len(entries) > AFTER_AN_ACT or not log or log[0][1] or log[0][2]:
        return False
    if any(hash_of_leaf(bytes(one.leaf)) != bytes(one.leaf_hash) for one in entries):
        return False
    # What one statement is refused leaves nothing behind; of several the first ones would stay.
    at_once = nullcontext() if len(entries) < many.MANY else transaction.atomic()
    try:
        with at_once:
            _append([one.pk for one in entries], first=log[0][0] + 1)
    except SealingHaltedError:
        return False
    return True


def _seal_or_report() -> None:
    try:
        seal(limit=AFTER_AN_ACT)
    except SealingHaltedError as error:
        logger.critical("Sealing has halted: %s. Run manage.py check_history.", error)


def seal(*, limit: int | None = None) -> int:
    """Give what waits its places in the log, at most `limit`; return how many were given.

    While the register is being rebuilt, none: what waits then comes claim by claim, and has its places already.
    Any number of sealers may run: they take turns. Raises SealingHaltedError when what waits is not sound.
    """
    sealed = 0
    while limit is None or sealed < limit:
        wanted = BATCH if limit is None else min(BATCH, limit - sealed)
        given = _seal_batch(wanted) if WAITING.any() else 0
        sealed += given
        if given < wanted:
            break
    return sealed


def await_turn() -> None:
    """Have nobody else give places in the log before the transaction ends; on SQLite BEGIN IMMEDIATE sees to that."""
    if connection.vendor == "postgresql":
        wait_for_turn(connection, [TURN])


def _seal_batch(size: int) -> int:
    """Seal in one transaction."""
    with transaction.atomic():
        await_turn()
        waiting = _first_to_seal(size).rows()
        for _, entry, leaf, leaf_hash in waiting:
            if hash_of_leaf(bytes(leaf)) != bytes(leaf_hash):
                raise SealingHaltedError(
                    f"{_name_of(entry)}: leaf_hash is not the hash of the leaf"
                )
        last = LAST.rows()  # the log has no gaps, so the last place tells how long it is
        _append([entry for _, entry, *_ in waiting], first=last[0][0] + 1 if last else 0)
        if len(waiting) == 1:
            SEALED.delete(waiting[0][0])
        else:
            Unsealed.objects.filter(pk__in=[pk for pk, *_ in waiting]).delete()
    return len(waiting)


def _name_of(key: int) -> str:
    entry = HistoryEntry.objects.select_related("claim").get(pk=key)
    return f"claim {entry.claim.public_id} entry {entry.number}"


def _append(entries: Sequence[int], *, first: int) -> None:
    """Give the entries with these keys the next places, in this order."""
    try:
        many.write(LogLeaf, list(enumerate(entries, start=first)))
    except IntegrityError as error:
        raise SealingHaltedError(str(error).splitlines()[0]) from error
