"""Registers can be rebuilt from their exports; an article whose text an export left out has none here either."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from claims.migrations._roles import DESK, grant, viewing


class Migration(migrations.Migration):
    """One table, which the guards keep, and articles whose text may be missing."""

    dependencies: ClassVar = [("claims", "0040_list_counts")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Restoration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "manifest_sha256",
                    models.CharField(max_length=64, verbose_name="digest of the export"),
                ),
                (
                    "origin",
                    models.CharField(
                        help_text="The name of the log, as in every leaf", max_length=300
                    ),
                ),
                (
                    "whole",
                    models.BooleanField(
                        help_text="Whether the export also held what readers do not see"
                    ),
                ),
                (
                    "as_of",
                    models.DateTimeField(
                        help_text="Empty for a register without an act", null=True
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="begun")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "restoration",
                "verbose_name_plural": "restorations",
                "ordering": ["pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("begun_at")),
                            _connector="OR",
                        ),
                        name="restoration_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("as_of__isnull", True),
                            ("as_of__lte", models.F("begun_at")),
                            _connector="OR",
                        ),
                        name="restoration_of_the_past",
                    ),
                ],
            },
        ),
        grant(viewing(["restoration"], DESK)),
        migrations.RemoveConstraint(model_name="article", name="article_has_text"),
    ]
