"""The guards of the append-only tables in SQLite's dialect, and the emptying of its write-ahead log."""

from __future__ import annotations

from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.history.clock import BEING_REBUILT, CLOCK_SKEW, NOT_NOW

PREFIX = "guard_"
SKEW_IN_DAYS = f"{CLOCK_SKEW.total_seconds()} / 86400"
# julianday() also reads 'now', a bare number and offsets, whose text says nothing about order.
SECOND = "-".join(("[0-9]" * 4, "[0-9]" * 2, "[0-9]" * 2)) + " " + ":".join(("[0-9]" * 2,) * 3)
MOMENTS = (SECOND, f"{SECOND}.{'[0-9]' * 6}")


BEGUN = """SELECT ifnull("as_of", '') FROM "claims_restoration" WHERE "ended_at" IS NULL"""


class Table(Protocol):
    """What a guard must know of a table; see `claims.history.triggers.Guarded`."""

    @property
    def table(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def erasable(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def unique(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def demands(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def is_history(self) -> bool: ...
    @property
    def undisturbed(self) -> tuple[str, ...]: ...
    @property
    def now(self) -> tuple[str, ...]: ...
    @property
    def once(self) -> tuple[str, ...]: ...


def _trigger(name: str, when: str, table: str, body: list[tuple[str, str]]) -> str:
    steps = "\n".join(
        f"  SELECT RAISE(ABORT, '{table}: {reason}') WHERE {condition};"
        for reason, condition in body
    )
    return f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH ROW BEGIN\n{steps}\nEND'


def _lawful_update(table: Table) -> str:
    """Return the condition under which an UPDATE only erases values that have a tombstone."""
    same = [f'OLD."{column}" IS NEW."{column}"' for column in table.columns]
    erased = [
        f'((OLD."{column}" IS NEW."{column}" AND OLD."{column}_salt" IS NEW."{column}_salt")'
        f' OR (NEW."{column}" IS NULL AND NEW."{column}_salt" IS NULL AND EXISTS ('
        f'SELECT 1 FROM "claims_redaction" WHERE "target_id" = OLD."{table.key}"'
        f" AND \"field\" = '{name}')))"
        for column, name in table.erasable
    ]
    changed = [f'NOT (OLD."{column}" IS NEW."{column}")' for column, _ in table.erasable]
    changed += [f'(OLD."{one}" IS NULL AND NOT {_not_now(one)})' for one in table.once]
    return " AND ".join([*same, *erased, f"({' OR '.join(changed) or 'FALSE'})"])


def _not_now(column: str) -> str:
    """Return the condition that a new moment is none, or too far from the clock."""
    moment = f'julianday(NEW."{column}")'
    return f"({moment} IS NULL OR abs(julianday('now') - {moment}) > {SKEW_IN_DAYS})"


def _collisions(table: Table) -> list[tuple[str, str]]:
    """REPLACE deletes the row it collides with without firing DELETE triggers: refuse it first."""
    return [
        (
            "a row with this " + ", ".join(columns) + " exists",
            f'EXISTS (SELECT 1 FROM "{table.table}" WHERE '
            + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
            + ")",
        )
        for columns in table.unique
    ]


def _chain_rules(table: Table) -> list[tuple[str, str]]:
    last = (
        f'(SELECT "{{}}" FROM "{table.table}" WHERE "claim_id" = NEW."claim_id"'
        ' ORDER BY "number" DESC LIMIT 1)'
    )
    return [
        ("numbers have no gaps", f'NEW."number" IS NOT ifnull({last.format("number")}, 0) + 1'),
        (
            "prev_hash is not the hash of the entry before",
            f'NEW."prev_hash" IS NOT ifnull({last.format("leaf_hash")}, zeroblob(32))',
        ),
        ("recorded_at goes forward", f'NEW."recorded_at" <= {last.format("recorded_at")}'),
        (
            "recorded_at is not a moment as Django writes it",
            " AND ".join(f"NEW.\"recorded_at\" NOT GLOB '{moment}'" for moment in MOMENTS),
        ),
        (NOT_NOW, f"NOT EXISTS ({BEGUN}) AND {_not_now('recorded_at')}"),
        (BEING_REBUILT, f'NEW."recorded_at" > ({BEGUN})'),
    ]


class SQLiteGuards:
    """Installs and compares the guards in SQLite."""

    @staticmethod
    def guards_of(table: Table) -> dict[str, str]:
        """Return the guards of one append-only table: name and CREATE TRIGGER statement."""
        inserts = _collisions(table)
        inserts += _chain_rules(table) if table.is_history else []
        inserts += [(f"{column} is not now", _not_now(column)) for column in table.now]
        inserts += table.demands
        update = [("append-only, UPDATE refused", f"NOT ({_lawful_update(table)})")]
        delete = [("append-only, DELETE refused", "TRUE")]
        name = f"{PREFIX}{table.table}"
        return {
            f"{name}_{when.lower()}": _trigger(f"{name}_{when.lower()}", when, table.table, body)
            for when, body in (("INSERT", inserts), ("UPDATE", update), ("DELETE", delete))
        }

    @staticmethod
    def guards_of_claims(table: str) -> dict[str, str]:
        """Return the guards of the claims themselves: never deleted, never another id."""
        name = f"{PREFIX}{table}"
        taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{{0}}" = NEW."{{0}}")'
        body = [(f"this {column} exists", taken.format(column)) for column in ("id", "public_id")]
        renamed = 'OLD."id" IS NOT NEW."id" OR OLD."public_id" IS NOT NEW."public_id"'
        return {
            f"{name}_insert": _trigger(f"{name}_insert", "INSERT", table, body),
            f"{name}_update": _trigger(
                f"{name}_update", "UPDATE", table, [("ids are for ever", renamed)]
            ),
            f"{name}_delete": _trigger(
                f"{name}_delete", "DELETE", table, [("claims are never deleted", "TRUE")]
            ),
        }

    @staticmethod
    def present(connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Return the triggers that are there."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {name: sql for name, sql in cursor.fetchall() if name.startswith(PREFIX)}

    @classmethod
    def install(cls, connection: BaseDatabaseWrapper, guards: dict[str, str]) -> None:
        """Create every guard anew."""
        cls.drop(connection)
        with connection.cursor() as cursor:
            for sql in guards.values():
                cursor.execute(sql)

    @classmethod
    def drop(cls, connection: BaseDatabaseWrapper) -> None:
        """Drop every guard."""
        names = cls.present(connection)
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f'DROP TRIGGER "{name}"')


def empty_log(connection: BaseDatabaseWrapper) -> bool:
    """Move the write-ahead log into the database and cut it off; return whether nobody stood in the way."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy
