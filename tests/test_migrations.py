"""Migrations: complete, named, reversible on both engines, and never leaving a table unguarded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).parents[1]
MIGRATIONS = sorted((ROOT / "claims" / "migrations").glob("[0-9]*.py"))

THERE_AND_BACK = """
import django; django.setup()
from django.core.management import call_command
from django.contrib.auth.models import Group
from django.db import connection
from claims.history import triggers
from tests import factories

def migrate(*target):
    call_command("migrate", *target, verbosity=0)

migrate()
assert triggers.missing(connection) == []
claim = factories.published_claim()
assert claim.pk
migrate("claims", "zero")
left = [t for t in connection.introspection.table_names() if t.startswith("claims_")]
assert left == [], left
assert not any("guard_" in name for name in triggers._engine(connection).present(connection))
migrate()
assert triggers.missing(connection) == []
assert Group.objects.count() == 4
factories.published_claim()
print("there and back")
"""

FROM_THE_FIRST = """
import sys
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from claims.history import triggers
from tests.history.earlier import restore

call_command("migrate", "claims", "0002_roles", verbosity=0)
triggers.drop_for_migration(connection)
then = MigrationExecutor(connection).loader.project_state([("claims", "0002_roles")])
restore(Path(sys.argv[1]), then.apps)
call_command("migrate", verbosity=0)
call_command("rebuild_documents")
call_command("check_history")
"""

WITH_ONE_MORE = """
import os, shutil, sys
from pathlib import Path
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from claims.history import triggers
from claims.models import HistoryEntry
from tests import factories

call_command("migrate", verbosity=0)
claim = factories.published_claim()
before = list(HistoryEntry.objects.values_list())

scratch = Path(sys.argv[1]) / "later_migrations"
shutil.copytree(Path("claims/migrations"), scratch)
last = sorted(p.stem for p in scratch.glob("[0-9]*.py"))[-1]
(scratch / "9999_longer.py").write_text(f'''
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("claims", "{last}")]
    operations = [
        migrations.AlterField("historyentry", "act", models.CharField(max_length=90)),
        migrations.AlterField("evidence", "stance", models.CharField(max_length=90)),
        migrations.AddField("wording", "extra", models.CharField(max_length=9, default="")),
    ]
''')
sys.path.insert(0, sys.argv[1])
settings.MIGRATION_MODULES = {"claims": "later_migrations"}
call_command("migrate", verbosity=0)
assert triggers.missing(connection) == [], triggers.missing(connection)
assert len(list(HistoryEntry.objects.all())) == len(before)
try:
    with transaction.atomic():
        HistoryEntry.objects.update(act="claim_recorded")
except DatabaseError as error:
    print("still guarded:", error)
"""


@pytest.fixture
def scratch_database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of this engine, for this test alone."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'scratch.sqlite3'}"
        return
    settings, name = connection.settings_dict, f"scratch_{uuid4().hex[:12]}"
    server = {
        "host": settings["HOST"],
        "port": settings["PORT"] or 5432,
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    secret = f":{server['password']}" if server["password"] else ""
    yield f"postgres://{server['user']}{secret}@{server['host']}:{server['port']}/{name}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(program: str, database: str, *arguments: str) -> str:
    """Run a program against a database of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_DATABASE_URL": database,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_can_be_undone_and_done_again(scratch_database: str) -> None:
    assert "there and back" in run(THERE_AND_BACK, scratch_database)


def test_what_the_first_version_recorded_is_sound_after_every_migration(
    scratch_database: str,
) -> None:
    recorded = ROOT / "tests" / "fixtures" / "records" / "first-format.json"
    assert "all sound" in run(FROM_THE_FIRST, scratch_database, str(recorded))


def test_guards_stand_after_a_later_migration_of_ledger_tables(
    scratch_database: str, tmp_path: Path
) -> None:
    assert "append-only" in run(WITH_ONE_MORE, scratch_database, str(tmp_path))


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_say() -> None:
    output = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=output)
    assert "No changes detected" in output.getvalue()


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_has_a_number_and_a_name(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z][a-z_]+", path.stem)
    assert "_auto_" not in path.stem


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_of_data_can_be_undone(path: Path) -> None:
    for call in re.findall(r"Run(?:Python|SQL)\((.*?)\)", path.read_text(), re.DOTALL):
        assert "," in call
