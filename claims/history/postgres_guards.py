"""The guards of the append-only tables in PostgreSQL's dialect, and its locks on names.

Each table has one function. Its search path is fixed, so that a temporary table of the same name cannot stand in
for the real one. Refusals of UPDATE, DELETE and TRUNCATE are ENABLE ALWAYS and so survive
`session_replication_role = replica`; the checks on INSERT do not, because a replica applies them late.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.history.clock import BEING_REBUILT, CLOCK_SKEW, NOT_NOW
from claims.history.sqlite_guards import PREFIX, Table

SEARCH_PATH = "pg_catalog, public, pg_temp"


def _refuse(table: str, reason: str) -> str:
    return f"RAISE EXCEPTION '{table}: {reason}' USING ERRCODE = 'integrity_constraint_violation';"


def _function(name: str, body: str) -> str:
    return (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql '
        f"SET search_path = {SEARCH_PATH} AS $guard${body}$guard$"
    )


def _lawful_update(table: Table) -> str:
    same = [f'OLD."{column}" IS NOT DISTINCT FROM NEW."{column}"' for column in table.columns]
    erased = [
        f'((OLD."{column}" IS NOT DISTINCT FROM NEW."{column}" AND '
        f'OLD."{column}_salt" IS NOT DISTINCT FROM NEW."{column}_salt") OR '
        f'(NEW."{column}" IS NULL AND NEW."{column}_salt" IS NULL AND EXISTS ('
        f'SELECT 1 FROM claims_redaction WHERE target_id = OLD."{table.key}" '
        f"AND field = '{name}')))"
        for column, name in table.erasable
    ]
    changed = [f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column, _ in table.erasable]
    changed += [f'(OLD."{one}" IS NULL AND NOT {_not_now(one)})' for one in table.once]
    return " AND ".join([*same, *erased, f"({' OR '.join(changed) or 'FALSE'})"])


def _not_now(column: str) -> str:
    """Return the condition that a new moment is none, or too far from the clock."""
    moment, seconds = f'NEW."{column}"', CLOCK_SKEW.total_seconds()
    return (
        f"({moment} IS NULL OR abs(extract(epoch FROM clock_timestamp() - {moment})) > {seconds})"
    )


def _immutable_body(table: Table) -> str:
    return f"""
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF {_lawful_update(table)} THEN
      RETURN NEW;
    END IF;
  END IF;
  {_refuse(table.table, "append-only, %% refused").replace("' USING", "', TG_OP USING").replace("%%", "%")}
END
"""


def _chain_body(table: str) -> str:
    return f"""
DECLARE
  last record;
  until timestamptz;
BEGIN
  SELECT number, leaf_hash, recorded_at INTO last FROM {table}
    WHERE claim_id = NEW.claim_id ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 THEN
    {_refuse(table, "numbers have no gaps")}
  END IF;
  IF NEW.prev_hash <> coalesce(last.leaf_hash, decode(repeat('00', 32), 'hex')) THEN
    {_refuse(table, "prev_hash is not the hash of the entry before")}
  END IF;
  IF NEW.recorded_at <= last.recorded_at THEN
    {_refuse(table, "recorded_at goes forward")}
  END IF;
  SELECT coalesce(as_of, '-infinity') INTO until FROM claims_restoration WHERE ended_at IS NULL;
  IF until IS NULL AND {_not_now("recorded_at")} THEN
    {_refuse(table, NOT_NOW)}
  END IF;
  IF NEW.recorded_at > until THEN
    {_refuse(table, BEING_REBUILT)}
  END IF;
  IF NEW.leaf_hash <> sha256(decode('00', 'hex') || NEW.leaf) THEN
    {_refuse(table, "leaf_hash is not the hash of the leaf")}
  END IF;
  RETURN NEW;
END
"""


def _demands_body(table: Table) -> str:
    demands = [(f"{column} is not now", _not_now(column)) for column in table.now]
    # So that nothing these conditions ask for is written meanwhile, or has been and cannot be seen yet.
    locks = [f"  LOCK TABLE {one} IN SHARE ROW EXCLUSIVE MODE;" for one in table.undisturbed]
    checks = [
        f"  IF {due} THEN\n    {_refuse(table.table, reason)}\n  END IF;"
        for reason, due in (*demands, *table.demands)
    ]
    steps = "\n".join([*locks, *checks])
    return f"""
BEGIN
{steps}
  RETURN NEW;
END
"""


def _claims_body(table: str) -> str:
    return f"""
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.id = NEW.id AND OLD.public_id = NEW.public_id THEN
      RETURN NEW;
    END IF;
  END IF;
  {_refuse(table, "claims are never deleted and keep their ids")}
END
"""


def _immutable(table: str, function: str) -> list[str]:
    row, truncate = f"{function}_row", f"{function}_truncate"
    return [
        f'CREATE TRIGGER "{row}" BEFORE UPDATE OR DELETE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{function}"()',
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{function}"()',
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{row}"',
        f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{truncate}"',
    ]


def _on_insert(table: str, function: str) -> list[str]:
    return [
        f'CREATE TRIGGER "{function}_row" BEFORE INSERT ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{function}"()'
    ]


class PostgresGuards:
    """Installs and compares the guards in PostgreSQL.

    A guard's definition is its function and the statements that hang it on its table, one text.
    """

    @staticmethod
    def guards_of(table: Table) -> dict[str, str]:
        """Return the guards of one append-only table."""
        name = f"{PREFIX}{table.table}"
        guards = {name: [_function(name, _immutable_body(table)), *_immutable(table.table, name)]}
        check = f"{name}_insert"
        if table.is_history:
            body = _chain_body(table.table)
            guards[check] = [_function(check, body), *_on_insert(table.table, check)]
        elif table.demands or table.now:
            body = _demands_body(table)
            guards[check] = [_function(check, body), *_on_insert(table.table, check)]
        return {name: ";\n".join(statements) for name, statements in guards.items()}

    @staticmethod
    def guards_of_claims(table: str) -> dict[str, str]:
        """Return the guard of the claims themselves: never deleted, never another id."""
        name = f"{PREFIX}{table}"
        statements = [_function(name, _claims_body(table)), *_immutable(table, name)]
        return {name: ";\n".join(statements)}

    @staticmethod
    def present(connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Return the guards that are there, each written as `guards_of` writes it."""
        with connection.cursor() as cursor:
            cursor.execute(PRESENT_FUNCTIONS, [f"{PREFIX}%"])
            bodies = dict(cursor.fetchall())
            cursor.execute(PRESENT_TRIGGERS, [f"{PREFIX}%"])
            triggers = cursor.fetchall()
        found: dict[str, list[str]] = {}
        for function, body in bodies.items():
            found[function] = [_function(function, body)]
        for function, table, names, modes in triggers:
            hung = _immutable(table, function) if len(names) == 2 else _on_insert(table, function)
            expected = UNCHANGEABLE if len(names) == 2 else CHECKED_ON_INSERT
            if modes == expected and function in found:
                found[function] += hung
        return {name: ";\n".join(statements) for name, statements in found.items()}

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
        with connection.cursor() as cursor:
            cursor.execute(PRESENT_FUNCTIONS, [f"{PREFIX}%"])
            for name, _ in cursor.fetchall():
                cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')


def wait_for_turn(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Hold a lock on each name to the end of the transaction, once whoever holds it now is done.

    Taken in one order, so that two transactions with two names in common do not wait for each other.
    """
    with connection.cursor() as cursor:
        for key in sorted({_lock_of(name) for name in names}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def take_turn(connection: BaseDatabaseWrapper, name: str) -> bool:
    """Hold a lock on a name to the end of the transaction; return False at once where somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_of(name)])
        row = cursor.fetchone()
    return bool(row and row[0])


def _lock_of(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


# tgenabled (A: always, O: origin) and tgtype: before each row of UPDATE or DELETE; before TRUNCATE; before INSERT.
UNCHANGEABLE = ["A27", "A34"]
CHECKED_ON_INSERT = ["O7"]
PRESENT_FUNCTIONS = """
SELECT proname, prosrc FROM pg_catalog.pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname LIKE %s
  AND proconfig = ARRAY['search_path=pg_catalog, public, pg_temp']
  AND prolang = (SELECT oid FROM pg_catalog.pg_language WHERE lanname = 'plpgsql')
"""
PRESENT_TRIGGERS = """
SELECT p.proname, c.relname, array_agg(t.tgname ORDER BY t.tgname),
       array_agg(t.tgenabled::text || t.tgtype::text ORDER BY t.tgname)
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND p.proname LIKE %s
  AND p.pronamespace = 'public'::regnamespace AND c.relnamespace = 'public'::regnamespace
  AND t.tgqual IS NULL AND t.tgnargs = 0 AND t.tgattr = ''::int2vector
GROUP BY p.proname, c.relname
"""
