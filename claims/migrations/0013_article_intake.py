"""Articles on their way in, and the sketches by which near-identical texts are found."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def sketch_articles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Sketch what was recorded before; a later change of the sketches would draw all of them anew."""
    from claims.reading.sketches import sketch

    alias = schema_editor.connection.alias
    articles = apps.get_model("claims", "Article").objects.using(alias)
    sketches = apps.get_model("claims", "ArticleSketch")
    for pk, text in articles.values_list("pk", "text").iterator(chunk_size=200):
        rows = [sketches(article_id=pk, value=value) for value in sketch(text)]
        sketches.objects.using(alias).bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0012_names_of_columns"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleIntake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("text", "Pasted text"), ("file", "File"), ("url", "Web address")],
                        max_length=4,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be fetched"),
                            ("fetching", "Being fetched"),
                            ("ready", "To be checked"),
                            ("failed", "Not fetched"),
                            ("recorded", "Recorded"),
                            ("discarded", "Discarded"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "The address cannot be used"),
                            ("private", "The address is not public"),
                            ("redirect", "The address leads somewhere that is not fetched"),
                            ("no_host", "There is no such site"),
                            ("connection", "The site could not be reached"),
                            ("timeout", "The site took too long"),
                            ("certificate", "The site could not prove who it is"),
                            ("gone", "There is no such page"),
                            ("forbidden", "The site does not let us in"),
                            ("busy", "The site is out of order"),
                            ("too_large", "The page is too large"),
                            ("not_text", "There is no text at the address"),
                            ("garbled", "The answer could not be read"),
                            ("no_article", "No article was found on the page"),
                            ("forgotten", "It was not done"),
                        ],
                        max_length=11,
                    ),
                ),
                ("trouble_detail", models.TextField(blank=True)),
                ("url", models.TextField(blank=True)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("original", models.BinaryField(null=True)),
                ("original_sha256", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("fetched_at", models.DateTimeField(blank=True, null=True)),
                ("title", models.TextField(blank=True)),
                ("standfirst", models.TextField(blank=True)),
                ("authors", models.TextField(blank=True, help_text="Separated by semicolons")),
                ("publisher_name", models.CharField(blank=True, max_length=200)),
                ("dateline", models.CharField(blank=True, max_length=300)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("date_unknown", models.BooleanField(default=False)),
                ("year_missing", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("canonical_url", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("quotes_only", "Short quotations only"),
                            ("full_text", "Full text"),
                        ],
                        default="quotes_only",
                        max_length=12,
                    ),
                ),
                ("warnings", models.TextField(blank=True, help_text="One a line")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to="claims.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intakes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "intake",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["by", "state"], name="intake_by_state"),
                    models.Index(fields=["url"], name="intake_url"),
                    models.Index(fields=["original_sha256"], name="intake_original"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["file", "text", "url"])),
                        name="intake_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["discarded", "failed", "fetching", "ready", "recorded", "waiting"],
                            )
                        ),
                        name="intake_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "trouble__in",
                                [
                                    "",
                                    "address",
                                    "busy",
                                    "certificate",
                                    "connection",
                                    "forbidden",
                                    "forgotten",
                                    "garbled",
                                    "gone",
                                    "no_article",
                                    "no_host",
                                    "not_text",
                                    "private",
                                    "redirect",
                                    "timeout",
                                    "too_large",
                                ],
                            )
                        ),
                        name="intake_trouble_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__in", ["full_text", "quotes_only"])),
                        name="intake_licence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "recorded"), ("article", None), _connector="XOR"
                        ),
                        name="intake_recorded_as_article",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleSketch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sketch",
                        to="claims.article",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["value"], name="sketch_value")],
            },
        ),
        migrations.RunPython(sketch_articles, migrations.RunPython.noop),
    ]
