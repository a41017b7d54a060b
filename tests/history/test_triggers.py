"""The guards are there, on both engines, after every migrate; and what is missing is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations import Migration

from claims.apps import put_guards_up, take_guards_down
from claims.history import triggers
from claims.history.triggers import LEDGER, guarded_tables
from claims.models import Claim, HistoryEntry
from claims.workflow.checking import check_register
from tests import factories
from tests.history.ledger import MODELS, ON_POSTGRES, drop_guard, rolled_back, run

GUARDS = sorted(triggers.wanted(connection))


@pytest.mark.django_db
def test_every_guard_is_there_after_migrate() -> None:
    assert triggers.missing(connection) == []


def test_every_append_only_table_is_guarded() -> None:
    tables = {*(model._meta.db_table for model in LEDGER), Claim._meta.db_table}
    assert {name.removeprefix("guard_").split("_insert")[0] for name in GUARDS} >= tables
    per_table = 1 if ON_POSTGRES else 3
    assert len(GUARDS) >= per_table * len(tables)


def test_every_model_of_the_record_is_append_only() -> None:
    written_with_an_entry = {
        model
        for model in apps.get_app_config("claims").get_models()
        if any(field.name == "entry" for field in model._meta.concrete_fields)
    }
    not_of_it = {
        apps.get_model("claims", name) for name in ("RedactionRequest", "Unsealed", "Delivery")
    }
    assert written_with_an_entry - not_of_it <= set(LEDGER)


@pytest.mark.parametrize("table", guarded_tables(), ids=lambda table: table.table)
def test_every_column_is_frozen_erasable_or_set_once(table: Any) -> None:
    model = next(model for model in LEDGER if model._meta.db_table == table.table)
    erasable = {name for column, _ in table.erasable for name in (column, f"{column}_salt")}
    assert set(table.columns) | erasable | set(table.once) == {
        f.column for f in model._meta.concrete_fields
    }
    assert not set(table.columns) & erasable


@pytest.mark.django_db
@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_was_dropped_is_named(guard: str) -> None:
    with rolled_back():
        drop_guard(guard)
        assert triggers.missing(connection) == [guard]
    assert triggers.missing(connection) == []


@pytest.mark.django_db
@pytest.mark.skipif(ON_POSTGRES, reason="test_guards_postgres has its own alterations")
@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_was_weakened_is_named(guard: str) -> None:
    with rolled_back():
        sql = triggers.wanted(connection)[guard]
        drop_guard(guard)
        run(sql.replace(" BEGIN", " WHEN FALSE BEGIN", 1))
        assert triggers.missing(connection) == [guard]


@pytest.mark.django_db
def test_the_check_of_the_register_names_a_missing_guard() -> None:
    with rolled_back():
        drop_guard(GUARDS[0])
        assert f"guard {GUARDS[0]} is missing" in str(next(iter(check_register())))


@pytest.mark.django_db
def test_migrate_puts_guards_up_again_though_nothing_changes() -> None:
    with rolled_back():
        triggers.drop_for_migration(connection)
        call_command("migrate", verbosity=0)
        assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_a_migrate_without_a_plan_leaves_the_guards_standing() -> None:
    with rolled_back():
        take_guards_down(using="default", plan=[])
        assert triggers.missing(connection) == []
        take_guards_down(using="default", plan=plan_of("claims"))
        assert triggers.missing(connection) == GUARDS
        put_guards_up(using="default")
        assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_a_migrate_of_another_app_leaves_the_guards_standing() -> None:
    with rolled_back():
        take_guards_down(using="default", plan=plan_of("auth", "sessions"))
        assert triggers.missing(connection) == []
        take_guards_down(using="default", plan=plan_of("auth", "claims"))
        assert triggers.missing(connection) == GUARDS


@pytest.mark.usefixtures("committing_database")
def test_servers_write_behind_their_guards_while_another_app_migrates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[list[str]] = []
    apply = Migration.apply

    def watched(migration: Migration, *args: Any, **options: Any) -> Any:
        seen.append(triggers.missing(connection))
        return apply(migration, *args, **options)

    call_command("migrate", "sessions", "zero", verbosity=0)
    with monkeypatch.context() as patch:
        patch.setattr(Migration, "apply", watched)
        patch.setattr(triggers, "install", lambda connection: seen.append(["put up anew"]))
        call_command("migrate", "sessions", verbosity=0)
    assert seen == [[]]


@pytest.mark.django_db
def test_a_guard_that_is_no_longer_wanted_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    with rolled_back():
        assert triggers.in_place(connection)
        wanted = triggers.wanted(connection)
        monkeypatch.setattr(triggers, "wanted", lambda connection: less(wanted))
        assert not triggers.in_place(connection)
        put_guards_up(using="default")
        assert triggers.in_place(connection)


def less(guards: dict[str, str]) -> dict[str, str]:
    """Return all guards but one."""
    return {name: sql for name, sql in guards.items() if name != GUARDS[-1]}


def plan_of(*apps: str) -> list[tuple[Migration, bool]]:
    """Return what Django is going to do when these apps have something to migrate."""
    return [(Migration("0009_later", app), False) for app in apps]


def longer(model: type[models.Model], name: str) -> Any:
    """Return the column as it would be after a migration that made it longer."""
    field: Any = model._meta.get_field(name)
    field = field.clone()
    field.max_length = 500
    field.set_attributes_from_name(name)
    field.model = model
    return field


@pytest.mark.usefixtures("committing_database")
@pytest.mark.parametrize(("label", "name"), [("HistoryEntry", "act"), ("Evidence", "kind")])
def test_guards_return_after_a_ledger_table_was_altered(label: str, name: str) -> None:
    claim = factories.published_claim()
    model = MODELS[label]
    old: Any = model._meta.get_field(name)
    new = longer(model, name)
    for before, after in ((old, new), (new, old)):
        take_guards_down(using="default", plan=plan_of("claims"))
        with connection.schema_editor() as editor:
            editor.alter_field(model, before, after)
        call_command("migrate", verbosity=0)
        assert triggers.missing(connection) == []
    assert HistoryEntry.objects.filter(claim=claim).count() == claim.entries.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryEntry.objects.update(act="claim_recorded")


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL alters tables in place")
@pytest.mark.usefixtures("committing_database")
def test_sqlite_would_lose_the_guards_of_a_table_it_rebuilds() -> None:
    table = MODELS["VerdictEvidence"]
    with connection.schema_editor() as editor:
        editor._remake_table(table)  # type: ignore[attr-defined]
    assert [name for name in triggers.missing(connection) if "verdictevidence" in name]
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []
