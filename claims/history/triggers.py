"""The database's own refusal: triggers that make the append-only tables append-only, on both engines.

One definition serves the installation after every migrate, the start-up check and `check_history`. What is
refused: UPDATE (but for nulling an erasable value behind its tombstone), DELETE, TRUNCATE, REPLACE, history
entries that are out of number, out of chain or out of time, and places in the log that are out of order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.history import postgres_guards, sqlite_guards
from claims.history.sqlite_guards import Table
from claims.models import (
    Appearance,
    Article,
    ArticleOriginal,
    Claim,
    Contact,
    Evidence,
    HistoryEntry,
    LedgerRow,
    LogLeaf,
    Redaction,
    Restoration,
    Verdict,
    VerdictEvidence,
    Wording,
)

LEDGER: tuple[type[models.Model], ...] = (
    HistoryEntry,
    Wording,
    Appearance,
    Evidence,
    Verdict,
    Contact,
    VerdictEvidence,
    Redaction,
    Article,
    ArticleOriginal,
    LogLeaf,
    Restoration,
)
# What may be set once, and what must be the present when a row is made: see docs/history.md, “A rebuilt register”.
SET_ONCE: dict[type[models.Model], tuple[str, ...]] = {Restoration: ("ended_at",)}
MADE_NOW: dict[type[models.Model], tuple[str, ...]] = {Restoration: ("begun_at",)}
# In which nobody may write while a row is made and until its transaction ends; one lock a table, so that two rows at
# once wait for each other and do not lock each other out.
UNDISTURBED: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Restoration: (HistoryEntry,)
}


class Engine(Protocol):
    """One database engine's way of guarding."""

    @staticmethod
    def guards_of(table: Table) -> dict[str, str]: ...
    @staticmethod
    def guards_of_claims(table: str) -> dict[str, str]: ...
    @staticmethod
    def present(connection: BaseDatabaseWrapper) -> dict[str, str]: ...
    @classmethod
    def install(cls, connection: BaseDatabaseWrapper, guards: dict[str, str]) -> None: ...
    @classmethod
    def drop(cls, connection: BaseDatabaseWrapper) -> None: ...


@dataclass(frozen=True, slots=True)
class Guarded:
    """One table to guard: its columns, which of them may be erased under which name, what a new row must fit.

    A demand is the reason of a refusal and the condition, in the SQL both engines share, under which it is due. `now`
    are the moments that must be the present in a new row, `once` those that may be set, to the present, where they
    were empty. `undisturbed` are the tables in which nothing may be written from the insert of a row to the end of its
    transaction, which PostgreSQL must be told.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    erasable: tuple[tuple[str, str], ...]
    unique: tuple[tuple[str, ...], ...]
    demands: tuple[tuple[str, str], ...]
    is_history: bool
    undisturbed: tuple[str, ...]
    now: tuple[str, ...]
    once: tuple[str, ...]


def guarded_tables() -> list[Guarded]:
    """Return every append-only table, read off the models."""
    return [_guarded(model) for model in LEDGER]


def _guarded(model: type[models.Model]) -> Guarded:
    prefix = f"{model.KEY}." if issubclass(model, LedgerRow) else ""
    names: tuple[str, ...] = getattr(model, "ERASABLE", ())
    columns = [_column(field) for field in model._meta.concrete_fields]
    once = SET_ONCE.get(model, ())
    free = {*once, *(column for name in names for column in (name, f"{name}_salt"))}
    return Guarded(
        table=model._meta.db_table,
        key=_column(model._meta.pk),
        columns=tuple(column for column in columns if column not in free),
        erasable=tuple((name, prefix + name) for name in names),
        unique=tuple(_unique_sets(model)),
        demands=tuple(_demands(model)),
        is_history=model is HistoryEntry,
        undisturbed=tuple(one._meta.db_table for one in UNDISTURBED.get(model, ())),
        now=MADE_NOW.get(model, ()),
        once=once,
    )


def _demands(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    if issubclass(model, LedgerRow):
        yield "the entry is of another claim", ENTRY_OF_ANOTHER_CLAIM
    elif model is VerdictEvidence:
        yield "verdict and evidence are of different claims", EVIDENCE_OF_ANOTHER_CLAIM
    elif model is Redaction:
        yield "the entry does not redact this target", TOMBSTONE_OF_ANOTHER_ENTRY
    elif model is LogLeaf:
        yield "places in the log have no gaps", GAP_IN_LOG
        yield "the claim is not public", CLAIM_WITHOUT_VERDICT
        yield "the entry before it has no place yet", ENTRY_BEFORE_NOT_IN_LOG
    elif model is Restoration:
        yield "the register has entries already", "EXISTS (SELECT 1 FROM claims_historyentry)"
        yield (
            "another has begun",
            "EXISTS (SELECT 1 FROM claims_restoration WHERE ended_at IS NULL)",
        )
        yield "it ends before anything came in", "NEW.ended_at IS NOT NULL"


ENTRY_OF_ANOTHER_CLAIM = """NOT EXISTS (
    SELECT 1 FROM claims_historyentry e WHERE e.id = NEW.entry_id AND e.claim_id = NEW.claim_id)"""
EVIDENCE_OF_ANOTHER_CLAIM = """NOT EXISTS (
    SELECT 1 FROM claims_verdict v JOIN claims_evidence e ON e.claim_id = v.claim_id
    WHERE v.entry_id = NEW.verdict_id AND e.entry_id = NEW.evidence_id)"""
TOMBSTONE_OF_ANOTHER_ENTRY = """NOT EXISTS (
    SELECT 1 FROM claims_historyentry e JOIN claims_historyentry t ON t.claim_id = e.claim_id
    WHERE e.id = NEW.entry_id AND t.id = NEW.target_id
    AND e.act = 'text_redacted' AND e.about = t.number)"""
GAP_IN_LOG = 'NEW."index" <> (SELECT coalesce(max("index"), -1) + 1 FROM claims_logleaf)'
CLAIM_WITHOUT_VERDICT = """NOT EXISTS (
    SELECT 1 FROM claims_historyentry e JOIN claims_verdict v ON v.claim_id = e.claim_id
    WHERE e.id = NEW.entry_id)"""
ENTRY_BEFORE_NOT_IN_LOG = """EXISTS (
    SELECT 1 FROM claims_historyentry e
    JOIN claims_historyentry b ON b.claim_id = e.claim_id AND b.number = e.number - 1
    WHERE e.id = NEW.entry_id
    AND NOT EXISTS (SELECT 1 FROM claims_logleaf l WHERE l.entry_id = b.id))"""


def _column(field: Any) -> str:
    return str(field.column)


def _unique_sets(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for field in model._meta.concrete_fields:
        if field.unique:
            yield (_column(field),)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(_column(model._meta.get_field(name)) for name in constraint.fields)


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the guards this engine must have: name and definition."""
    engine = _engine(connection)
    guards: dict[str, str] = {}
    for table in guarded_tables():
        guards |= engine.guards_of(table)
    return guards | engine.guards_of_claims(Claim._meta.db_table)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are absent, disabled or not what they should be."""
    present = _engine(connection).present(connection)
    return sorted(name for name, sql in wanted(connection).items() if present.get(name) != sql)


def in_place(connection: BaseDatabaseWrapper) -> bool:
    """Return whether every guard is there as it should be, and none that is no longer wanted."""
    return _engine(connection).present(connection) == wanted(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, replacing what stands there."""
    guards = wanted(connection)
    _engine(connection).install(connection, guards)


def drop_for_migration(connection: BaseDatabaseWrapper) -> None:
    """Take the guards down while tables are rebuilt; `install` follows when migrate ends.

    SQLite rebuilds a table to alter it, and refuses while a trigger of another table names it.
    """
    _engine(connection).drop(connection)


def _engine(connection: BaseDatabaseWrapper) -> type[Engine]:
    if connection.vendor == "postgresql":
        return postgres_guards.PostgresGuards
    return sqlite_guards.SQLiteGuards


def tables_exist(connection: BaseDatabaseWrapper) -> bool:
    """Return whether the append-only tables are there to be guarded."""
    return {model._meta.db_table for model in LEDGER} <= set(connection.introspection.table_names())
