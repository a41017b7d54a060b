"""The writers' side of the search index: it follows every act on a claim, in the act's own transaction.

The index holds nothing of its own: what is in it can be made anew from the claims at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.models import Claim
from claims.search.engine import engine_of

AT_ONCE = 2_000


def reindex(claim_ids: Iterable[int]) -> None:
    """Bring the index in step with these claims: new words in, claims that stand no more out; the rest is left alone.

    Call it inside the transaction that changed a claim's wording, or the name or an alias of its claimant.
    """
    if ids := sorted(set(claim_ids)):
        engine_of(connection).replace(connection, ids)


def set_aside() -> None:
    """Let the index grow without what makes searching quick, until `put_back`: a register is about to be filled.

    Both run inside a transaction. Searches find the same meanwhile, slowly.
    """
    engine_of(connection).set_aside(connection)


def put_back() -> None:
    """Make searching quick again, and have the planner count the words."""
    engine = engine_of(connection)
    engine.put_back(connection)
    engine.settle(connection)


def forget_erased() -> None:
    """Take out of the index's own files the words that `reindex` has taken out of reach.

    On SQLite this rewrites the index (about a second at 100,000 claims). PostgreSQL keeps dead rows, here as in every
    table, until `rebuild_search` makes the index anew; see `claims.history.residue`.
    """
    engine_of(connection).purge(connection)


def rebuild() -> Iterator[int]:
    """Make the index anew, in one transaction; yield how many claims each step has brought in.

    Writers wait meanwhile, and on PostgreSQL searches too.
    """
    with transaction.atomic():
        engine = engine_of(connection)
        engine.drop(connection)
        engine.create(connection)
        ids = list(Claim.objects.standing().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            engine.replace(connection, some)
            yield len(some)
        engine.settle(connection)


def follow_migrations(using: BaseDatabaseWrapper) -> None:
    """Fill the index of a register that had none, and empty it along with a register that was flushed."""
    if using.alias == connection.alias and exists(using) and not has_as_many(using):
        for _ in rebuild():
            continue


def exists(using: BaseDatabaseWrapper) -> bool:
    """Return whether the index is there at all."""
    return engine_of(using).exists(using)


def has_as_many(using: BaseDatabaseWrapper) -> bool:
    """Return whether the index holds as many claims as stand in the register."""
    standing = Claim.objects.using(using.alias).standing().count()
    return engine_of(using).count(using) == standing


def differences() -> Sequence[int]:
    """Return the ids of the claims of which the index says something else than the register, or nothing."""
    return engine_of(connection).differing(connection)


@register(Tags.database)
def index_is_whole(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report an index that misses claims, and one that cannot fold accents, to `check --database default`."""
    found: list[CheckMessage] = []
    for using in (connections[alias] for alias in databases or ()):
        if not exists(using):
            continue
        if not has_as_many(using):
            told = "The search index and the register differ in their number of claims."
            found.append(Warning(told, hint="Run rebuild_search.", id="claims.W002"))
        if not engine_of(using).folds_accents(using):
            told = "Searches take accented letters for other letters: unaccent is not installed."
            hint = (
                "Let the database's owner run CREATE EXTENSION unaccent, then run rebuild_search."
            )
            found.append(Warning(told, hint=hint, id="claims.W003"))
    return found
