"""Migrations: complete, named, reversible on both engines, and never leaving a table unguarded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.scratch import Register

ROOT = Path(__file__).parents[1]
MIGRATIONS = sorted((ROOT / "claims" / "migrations").glob("[0-9]*.py"))

THERE_AND_BACK = """
import gc; gc.disable()  # a quarter of the time
import sys
from pathlib import Path
import django; django.setup()
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from claims.history import triggers
from factory.django import DjangoModelFactory
from tests import factories
from tests.history.earlier import restore

def migrate(*target):
    call_command("migrate", *target, verbosity=0)

assert triggers.missing(connection) == []
claim = factories.published_claim()
assert claim.pk
migrate("claims", "zero")
left = [t for t in connection.introspection.table_names() if t.startswith("claims_")]
assert left == [], left
assert not any("guard_" in name for name in triggers._engine(connection).present(connection))
print("nothing left")

migrate("claims", "0002_roles")
triggers.drop_for_migration(connection)
then = MigrationExecutor(connection).loader.project_state([("claims", "0002_roles")])
restore(Path(sys.argv[1]), then.apps)
migrate()
assert triggers.missing(connection) == []
assert Group.objects.count() == 4
call_command("rebuild_documents")
call_command("check_history")
models = apps.get_app_config("claims").get_models(include_auto_created=True)
with connection.cursor() as cursor:  # what was restored brought its own keys
    for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
        cursor.execute(statement)
for one in vars(factories).values():  # the first version's people and parties have the names before
    if isinstance(one, type) and issubclass(one, DjangoModelFactory):
        one.reset_sequence(1000, force=True)
factories.published_claim()
print("there and back")
"""

WITH_ONE_MORE = """
import gc; gc.disable()
import os, shutil, sys
from pathlib import Path
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from claims.history import triggers
from claims.models import HistoryEntry
from tests import factories

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


def run(program: str, register: Register, *arguments: str) -> str:
    """Run a program against a register of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_DATABASE_URL": register.environment["DATABASE_URL"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_is_undone_and_what_the_first_version_then_recorded_is_sound_after_all_again(
    scratch_register: Register,
) -> None:
    """One way back and one way up: each takes long."""
    recorded = ROOT / "tests" / "fixtures" / "records" / "first-format.json"
    told = run(THERE_AND_BACK, scratch_register, str(recorded))
    assert told.startswith("nothing left\n")
    assert "all sound" in told
    assert told.endswith("there and back\n")


def test_guards_stand_after_a_later_migration_of_ledger_tables(
    scratch_register: Register, tmp_path: Path
) -> None:
    assert "append-only" in run(WITH_ONE_MORE, scratch_register, str(tmp_path))


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
