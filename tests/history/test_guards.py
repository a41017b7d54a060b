"""The database refuses: every way to change or remove a row of an append-only table, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from claims.history import triggers
from claims.models import Claim, User
from tests import factories
from tests.history.ledger import (
    CHANGES,
    LABELS,
    MODELS,
    ON_POSTGRES,
    change_of,
    contents,
    copy_of,
    drop_guard,
    key_of,
    one_of,
    quoted,
    refused_by_database,
    rolled_back,
    run,
)

ENGINE = connection.vendor
# The last one on a busy machine alone, where what would be written over was made some seconds ago.
REASONS = (
    "append-only|exists|no gaps|has entries already|referenced through protected foreign keys"
    "|is not now"
)


pytestmark = pytest.mark.usefixtures("ledger", "db")


def rows(label: str) -> models.QuerySet[models.Model, models.Model]:
    return MODELS[label]._default_manager.filter(pk=one_of(label).pk)


def changed(label: str) -> models.Model:
    return copy_of(one_of(label), **change_of(label))


def save(label: str) -> None:
    changed(label).save(force_update=True)


def save_fields(label: str) -> None:
    changed(label).save(update_fields=list(change_of(label)))


def update(label: str) -> None:
    rows(label).update(**change_of(label))


def update_of_the_whole_table(label: str) -> None:
    same = {"VerdictEvidence": "verdict_id", "LogLeaf": "entry_id"}.get(label)
    change = {same: models.F(same)} if same else CHANGES[label]
    MODELS[label]._default_manager.update(**change)


def bulk_update(label: str) -> None:
    MODELS[label]._default_manager.bulk_update([changed(label)], list(change_of(label)))


def upsert(label: str) -> None:
    MODELS[label]._default_manager.bulk_create(
        [changed(label)],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=list(change_of(label)),
    )


def delete(label: str) -> None:
    one_of(label).delete()


def queryset_delete(label: str) -> None:
    rows(label).delete()


def raw_delete_of_the_orm(label: str) -> None:
    rows(label)._raw_delete(using="default")


def assignments(label: str) -> str:
    change: dict[str, Any] = change_of(label)
    return ", ".join(f"\"{column}\" = '{value}'" for column, value in change.items())


def where(label: str) -> str:
    return f"WHERE {key_of(MODELS[label])} = {one_of(label).pk}"


def columns_and_values(label: str) -> tuple[str, str]:
    """Return the columns of a table, and the values of a changed row in place of each."""
    change = change_of(label)
    names = [str(field.column) for field in MODELS[label]._meta.concrete_fields]
    values = [f"'{change[name]}'" if name in change else f'"{name}"' for name in names]
    return ", ".join(f'"{name}"' for name in names), ", ".join(values)


def sql_update(label: str, policy: str = "") -> None:
    run(f"UPDATE {policy} {quoted(MODELS[label])} SET {assignments(label)} {where(label)}")


def sql_delete(label: str) -> None:
    run(f"DELETE FROM {quoted(MODELS[label])} {where(label)}")


def sql_insert(label: str, verb: str, tail: str = "") -> None:
    columns, values = columns_and_values(label)
    table = quoted(MODELS[label])
    run(f"{verb} INTO {table} ({columns}) SELECT {values} FROM {table} {where(label)} {tail}")


def sql_upsert(label: str) -> None:
    key = key_of(MODELS[label])
    sql_insert(label, "INSERT", f"ON CONFLICT ({key}) DO UPDATE SET {assignments(label)}")


def sql_merge(label: str, action: str) -> None:
    table, key = quoted(MODELS[label]), key_of(MODELS[label])
    run(f"MERGE INTO {table} t USING {table} s ON t.{key} = s.{key} WHEN MATCHED THEN {action}")


Attack = Callable[[str], None]
ATTACKS: dict[str, Attack] = {
    "save": save,
    "save of named fields": save_fields,
    "update": update,
    "update of the whole table": update_of_the_whole_table,
    "bulk_update": bulk_update,
    "bulk_create with update_conflicts": upsert,
    "delete": delete,
    "delete of a queryset": queryset_delete,
    "_raw_delete": raw_delete_of_the_orm,
    "UPDATE": sql_update,
    "DELETE": sql_delete,
    "INSERT ON CONFLICT DO UPDATE": sql_upsert,
}
ON_SQLITE_ONLY: dict[str, Attack] = {
    "UPDATE OR IGNORE": lambda label: sql_update(label, "OR IGNORE"),
    "UPDATE OR REPLACE": lambda label: sql_update(label, "OR REPLACE"),
    "UPDATE OR FAIL": lambda label: sql_update(label, "OR FAIL"),
    "INSERT OR REPLACE": lambda label: sql_insert(label, "INSERT OR REPLACE"),
    "REPLACE": lambda label: sql_insert(label, "REPLACE"),
}
ON_POSTGRES_ONLY: dict[str, Attack] = {
    "TRUNCATE": lambda label: void(run(f"TRUNCATE {quoted(MODELS[label])}")),
    "TRUNCATE CASCADE": lambda label: void(run(f"TRUNCATE {quoted(MODELS[label])} CASCADE")),
    "MERGE UPDATE": lambda label: sql_merge(label, f"UPDATE SET {assignments(label)}"),
    "MERGE DELETE": lambda label: sql_merge(label, "DELETE"),
}


def void(result: object) -> None:
    """Drop a result, so that a statement can stand in a lambda."""


ATTACKS |= ON_POSTGRES_ONLY if ENGINE == "postgresql" else ON_SQLITE_ONLY


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("label", LABELS)
def test_a_row_that_was_written_stays_as_it_was(label: str, attack: str) -> None:
    plain_truncate = attack == "TRUNCATE"
    with refused_by_database("cannot truncate|append-only" if plain_truncate else REASONS):
        ATTACKS[attack](label)


@pytest.mark.parametrize("label", LABELS)
def test_no_column_can_be_changed(label: str) -> None:
    before = contents()
    for field in MODELS[label]._meta.concrete_fields:
        change = f'"{field.column}" = {another_value(field)}'
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            run(f"UPDATE {quoted(MODELS[label])} SET {change} {where(label)}")
    assert contents() == before


def another_value(field: models.Field[Any, Any]) -> str:
    """Return SQL for a value that the column of `field` does not have."""
    if isinstance(field, models.BinaryField):
        return r"'\x0102'::bytea" if ON_POSTGRES else "X'0102'"
    if isinstance(field, models.DateField):
        return "'2001-01-01 00:00:00'"
    if isinstance(field, models.BooleanField):
        return f'NOT "{field.column}"'
    if isinstance(field, (models.TextField, models.CharField)):
        return "'xx'"
    return f'coalesce("{field.column}", 0) + 1'


@pytest.mark.parametrize("attack", ["update", "_raw_delete"])
@pytest.mark.parametrize("label", LABELS)
def test_without_its_guard_the_same_attack_succeeds(label: str, attack: str) -> None:
    kind = {"update": "_update", "_raw_delete": "_delete"}[attack]
    with rolled_back():
        before = contents()
        drop_guard(f"guard_{MODELS[label]._meta.db_table}{'' if ON_POSTGRES else kind}")
        ATTACKS[attack](label)
        assert contents() != before


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("label", LABELS)
def test_without_its_guard_sqlite_replaces_a_row(label: str) -> None:
    with rolled_back():
        before = contents()
        drop_guard(f"guard_{MODELS[label]._meta.db_table}_insert")
        ATTACKS["INSERT OR REPLACE"](label)
        assert contents() != before


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("label", LABELS)
def test_without_the_guards_postgresql_empties_a_table(label: str) -> None:
    with rolled_back():
        for table in (*(model._meta.db_table for model in MODELS.values()), "claims_claim"):
            drop_guard(f"guard_{table}")
        run(f"TRUNCATE {quoted(MODELS[label])} CASCADE")
        assert not MODELS[label]._default_manager.exists()


def test_the_people_and_parties_of_the_history_cannot_be_deleted(ledger: Claim) -> None:
    entry = ledger.entries.in_order()[0]
    with refused_by_database("protected"):
        entry.by.delete()
    with refused_by_database("protected"):
        User.objects.all().delete()
    with refused_by_database("protected"):
        one_of("Appearance").article.delete()  # type: ignore[attr-defined]


CLAIM_ATTACKS: dict[str, Callable[[Claim], object]] = {
    "delete": lambda claim: claim.delete(),
    "_raw_delete": lambda claim: Claim.objects.filter(pk=claim.pk)._raw_delete(using="default"),
    "DELETE": lambda claim: run("DELETE FROM claims_claim"),
    "another public id": lambda claim: Claim.objects.update(public_id="another"),
    "another key": lambda claim: run("UPDATE claims_claim SET id = id + 1000"),
    "TRUNCATE": lambda claim: run("TRUNCATE claims_claim CASCADE"),
    "REPLACE": lambda claim: run(
        "REPLACE INTO claims_claim (id, public_id, head_number, head_hash, wording, language, kind)"
        f" VALUES ({claim.pk}, 'another', 0, X'00', '', 'en', 'fact')"
    ),
    "REPLACE by public id": lambda claim: run(
        "REPLACE INTO claims_claim (public_id, head_number, head_hash, wording, language, kind)"
        f" VALUES ('{claim.public_id}', 0, X'00', '', 'en', 'fact')"
    ),
}
ELSEWHERE = {"REPLACE", "REPLACE by public id"} if ON_POSTGRES else {"TRUNCATE"}


@pytest.mark.parametrize("attack", [name for name in CLAIM_ATTACKS if name not in ELSEWHERE])
def test_a_claim_is_never_deleted_and_keeps_its_ids(ledger: Claim, attack: str) -> None:
    with refused_by_database("never deleted|ids are for ever|exists|protected|keep their ids"):
        CLAIM_ATTACKS[attack](ledger)


@pytest.mark.parametrize("attack", ["_raw_delete", "another public id"])
def test_without_its_guard_a_claim_is_lost(ledger: Claim, attack: str) -> None:
    kind = {"_raw_delete": "_delete", "another public id": "_update"}[attack]
    with rolled_back():
        claim = factories.ClaimFactory()
        drop_guard(f"guard_claims_claim{'' if ON_POSTGRES else kind}")
        if attack == "_raw_delete":
            CLAIM_ATTACKS[attack](claim)
        else:
            Claim.objects.filter(pk=claim.pk).update(public_id="another")
        assert not Claim.objects.filter(public_id=claim.public_id).exists()


def test_a_dropped_guard_is_back_after_the_test_that_dropped_it() -> None:
    with rolled_back():
        triggers.drop_for_migration(connection)
        assert triggers.missing(connection) == sorted(triggers.wanted(connection))
    assert triggers.missing(connection) == []
