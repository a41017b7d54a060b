"""What only PostgreSQL offers an attacker, up to its superuser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from claims.history import triggers
from claims.models import Claim, Evidence, HistoryEntry
from tests.history.ledger import (
    LABELS,
    MODELS,
    ON_POSTGRES,
    drop_guard,
    forged_entry,
    quoted,
    refused_by_database,
    rolled_back,
    run,
)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not ON_POSTGRES, reason="needs PostgreSQL"),
    pytest.mark.usefixtures("ledger", "db"),
]
AS_REPLICA = "SET LOCAL session_replication_role = replica"


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("label", LABELS)
def test_a_session_that_calls_itself_a_replica_removes_nothing(label: str, statement: str) -> None:
    with refused_by_database("append-only"):
        run(AS_REPLICA)
        run(statement.format(quoted(MODELS[label])))


@pytest.mark.parametrize("label", LABELS)
def test_a_session_that_calls_itself_a_replica_changes_nothing(label: str) -> None:
    table, column = quoted(MODELS[label]), MODELS[label]._meta.pk.column
    with refused_by_database("append-only"):
        run(AS_REPLICA)
        run(f'UPDATE {table} SET "{column}" = "{column}" + 1000')


def test_a_replica_applies_entries_late_as_replication_must(ledger: Claim) -> None:
    with rolled_back():
        run(AS_REPLICA)
        forged_entry(ledger, number=99).save(force_insert=True)


def copy_in(entry: HistoryEntry) -> None:
    """Bring an entry in by COPY, which fires no rules and needs no INSERT statement."""
    fields = [field for field in entry._meta.concrete_fields if field.name != "id"]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f"COPY claims_historyentry ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write_row([getattr(entry, field.attname) for field in fields])


def test_copy_is_checked_like_any_insert(ledger: Claim) -> None:
    with rolled_back():
        copy_in(forged_entry(ledger))
    with refused_by_database("no gaps", psycopg.DatabaseError):
        copy_in(forged_entry(ledger, number=99))
    with refused_by_database("goes forward", psycopg.DatabaseError):
        copy_in(forged_entry(ledger, recorded_at=timezone.now() - timedelta(days=1)))
    with rolled_back():
        drop_guard("guard_claims_historyentry_insert")
        copy_in(forged_entry(ledger, number=99))


def test_a_schema_set_before_the_real_one_does_not_hide_it(ledger: Claim) -> None:
    author = ledger.entries.get(number=1).by_id
    with refused_by_database("no gaps"):
        run("CREATE SCHEMA shadow")
        run("CREATE TABLE shadow.claims_historyentry (LIKE public.claims_historyentry)")
        run("SET LOCAL search_path = shadow, public")
        run(
            "INSERT INTO public.claims_historyentry (claim_id, number, act, recorded_at, by_id,"
            " reason_code, prev_hash, leaf, leaf_hash) VALUES (%s, 1, 'claim_recorded', now(),"
            " %s, '', %s, %s, %s)",
            [ledger.pk, author, bytes(32), b"x", b"y"],
        )


def test_without_its_search_path_a_guard_believes_a_temporary_table() -> None:
    evidence = Evidence.objects.earliest("pk")
    with rolled_back():
        run('ALTER FUNCTION "guard_claims_evidence"() RESET search_path')
        run("CREATE TEMPORARY TABLE claims_redaction (target_id int, field text)")
        run(f"INSERT INTO claims_redaction VALUES ({evidence.pk}, 'evidence.title')")
        erased = run(
            "UPDATE public.claims_evidence SET title = NULL, title_salt = NULL"
            f" WHERE entry_id = {evidence.pk}"
        )
        assert erased == 1


ALTERATIONS: dict[str, Callable[[str], str]] = {
    "disabled": lambda t: f'ALTER TABLE "{t}" DISABLE TRIGGER "guard_{t}_row"',
    "disabled with all others": lambda t: f'ALTER TABLE "{t}" DISABLE TRIGGER USER',
    "no longer always": lambda t: f'ALTER TABLE "{t}" ENABLE TRIGGER "guard_{t}_row"',
    "only for replicas": lambda t: f'ALTER TABLE "{t}" ENABLE REPLICA TRIGGER "guard_{t}_truncate"',
    "dropped from its table": lambda t: f'DROP TRIGGER "guard_{t}_truncate" ON "{t}"',
    "with an empty function": lambda t: (
        f'CREATE OR REPLACE FUNCTION "guard_{t}"() RETURNS trigger LANGUAGE plpgsql SET'
        " search_path = pg_catalog, public, pg_temp AS $$BEGIN RETURN NEW; END$$"
    ),
    "with an open search path": lambda t: f'ALTER FUNCTION "guard_{t}"() RESET search_path',
    "with another search path": lambda t: (
        f'ALTER FUNCTION "guard_{t}"() SET search_path = pg_temp, public'
    ),
    "only when never": lambda t: (
        f'CREATE OR REPLACE TRIGGER "guard_{t}_row" BEFORE UPDATE OR DELETE ON "{t}" FOR EACH ROW'
        f' WHEN (false) EXECUTE FUNCTION "guard_{t}"();'
        f' ALTER TABLE "{t}" ENABLE ALWAYS TRIGGER "guard_{t}_row"'
    ),
    "only for one column": lambda t: (
        f'DROP TRIGGER "guard_{t}_row" ON "{t}";'
        f' CREATE TRIGGER "guard_{t}_row" BEFORE UPDATE OF "{pk(t)}" OR DELETE ON "{t}" FOR EACH'
        f' ROW EXECUTE FUNCTION "guard_{t}"();'
        f' ALTER TABLE "{t}" ENABLE ALWAYS TRIGGER "guard_{t}_row"'
    ),
    "with a namesake's function": lambda t: (
        f'CREATE SCHEMA other; CREATE FUNCTION other."guard_{t}"() RETURNS trigger LANGUAGE'
        f' plpgsql AS $$BEGIN RETURN NEW; END$$; DROP TRIGGER "guard_{t}_row" ON "{t}";'
        f' CREATE TRIGGER "guard_{t}_row" BEFORE UPDATE OR DELETE ON "{t}" FOR EACH ROW EXECUTE'
        f' FUNCTION other."guard_{t}"(); ALTER TABLE "{t}" ENABLE ALWAYS TRIGGER "guard_{t}_row"'
    ),
}


def pk(table: str) -> str:
    """Return the primary key column of a table."""
    return next(str(m._meta.pk.column) for m in MODELS.values() if m._meta.db_table == table)


@pytest.mark.parametrize("alteration", ALTERATIONS)
@pytest.mark.parametrize("table", ["claims_historyentry", "claims_evidence"])
def test_a_guard_that_was_tampered_with_is_named(table: str, alteration: str) -> None:
    with rolled_back():
        run(ALTERATIONS[alteration](table))
        assert f"guard_{table}" in triggers.missing(connection)
    assert triggers.missing(connection) == []


def test_a_chain_check_that_was_disabled_is_named() -> None:
    with rolled_back():
        run("ALTER TABLE claims_historyentry DISABLE TRIGGER guard_claims_historyentry_insert_row")
        assert triggers.missing(connection) == ["guard_claims_historyentry_insert"]
