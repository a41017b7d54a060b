"""The index of the search: FTS5 on SQLite, a tsvector beside the claims on PostgreSQL.

It holds nothing of its own, so its shape is not frozen here: a later shape is a later migration that drops it and
creates it anew. It is filled when all migrations are through (`claims.apps`).
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.search.engine import engine_of


def create_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine_of(schema_editor.connection).create(schema_editor.connection)


def drop_index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    engine_of(schema_editor.connection).drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_taking_back")]
    operations = [migrations.RunPython(create_index, drop_index)]
