"""Counts kept: what a worker counted of a large register, for the pages that show it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0057_indexes_of_the_past"),
    ]

    operations = [
        migrations.CreateModel(
            name="Count",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                (
                    "shape",
                    models.CharField(
                        help_text="SHA-256 of what the numbers are made of", max_length=64
                    ),
                ),
                ("numbers", models.TextField(help_text="JSON")),
                ("at", models.DateTimeField(help_text="When counting began")),
                ("took", models.DurationField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
    ]
