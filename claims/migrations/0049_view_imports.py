"""Importers and editors may look at the imports of files."""

from __future__ import annotations

from django.db import migrations

from claims.migrations._roles import grant, viewing


class Migration(migrations.Migration):
    dependencies = [("claims", "0048_foreign_ratings_and_imports")]
    operations = [grant(viewing(["importrun"], ("Importer", "Editor")))]
