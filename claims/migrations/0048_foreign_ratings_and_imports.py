"""What another fact-checker's rating comes to, beside it; imports from a file that somebody on the desk sent."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0046_list_indexes_of_the_api"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.TextField(help_text="Such as: feed.json dataFeedElement[17]")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("taken", "taken"),
                            ("merged", "merged"),
                            ("known", "known already"),
                            ("skipped", "skipped"),
                            ("refused", "refused"),
                            ("repaired", "repaired"),
                            ("unknown_rating", "rating not in the table"),
                            ("similar", "like another claim"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("wording", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("claimreview", "ClaimReview (a page, or its JSON-LD)"),
                            ("datafeed", "DataFeed of Data Commons"),
                            ("google", "Answer of Google's Fact Check API"),
                            ("averitec", "AVeriTeC"),
                            ("dxy", "Rumour list of DXY"),
                            ("politifact", "PolitiFact's old API"),
                            ("csv", "Table with a mapping file"),
                        ],
                        max_length=12,
                        verbose_name="format",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a worker"),
                            ("reading", "Reading the file"),
                            ("ready", "Waiting for your decision"),
                            ("confirmed", "Waiting to be brought in"),
                            ("running", "Bringing it in"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("discarded", "Discarded"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField(help_text="In bytes")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "data",
                    models.BinaryField(help_text="The file, until the import has ended", null=True),
                ),
                ("mapping", models.TextField(blank=True, help_text="How a table is to be read")),
                ("done", models.PositiveIntegerField(default=0)),
                (
                    "total",
                    models.PositiveIntegerField(
                        default=0, help_text="Rows that were found in the file"
                    ),
                ),
                ("trouble", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="rated_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("true", "true"),
                    ("mostly_true", "mostly true"),
                    ("mixed", "partly true, partly false"),
                    ("misleading", "misleading"),
                    ("mostly_false", "mostly false"),
                    ("false", "false"),
                    ("altered", "made up or altered"),
                    ("satire", "satire"),
                    ("unproven", "unproven"),
                ],
                help_text="What that rating comes to, by the register's own table; empty where it knows no such rating",
                max_length=12,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rated_as__isnull", True),
                    (
                        "rated_as__in",
                        [
                            "true",
                            "mostly_true",
                            "mixed",
                            "misleading",
                            "mostly_false",
                            "false",
                            "altered",
                            "satire",
                            "unproven",
                        ],
                    ),
                    _connector="OR",
                ),
                name="evidence_rated_as_known",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.claim",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="claims.importrun",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "format__in",
                        [
                            "averitec",
                            "claimreview",
                            "csv",
                            "datafeed",
                            "dxy",
                            "google",
                            "politifact",
                        ],
                    )
                ),
                name="import_format_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "confirmed",
                            "discarded",
                            "done",
                            "failed",
                            "reading",
                            "ready",
                            "running",
                            "waiting",
                        ],
                    )
                ),
                name="import_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "failed"), ("trouble", ""), _connector="XOR"),
                name="import_failed_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("done", "failed", "discarded")),
                    ("data__isnull", False),
                    _connector="XOR",
                ),
                name="import_file_until_its_end",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["run", "outcome", "id"], name="import_rows_by_outcome"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "known",
                            "merged",
                            "refused",
                            "repaired",
                            "similar",
                            "skipped",
                            "taken",
                            "unknown_rating",
                        ],
                    )
                ),
                name="import_outcome_known",
            ),
        ),
    ]
