"""The verbs on topics and reports, when a sender was told, and filters that people keep."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from claims.migrations._roles import DESK, grant

WORKERS = ("Reviewer", "Editor")


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0022_method"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("reviews", "Reviews"),
                            ("reports", "Reader reports"),
                            ("stale", "Stale verdicts"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=1000)),
                (
                    "saved_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="claim",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("record_publisher", "Can record publishers"),
                    ("record_claimant", "Can record claimants"),
                    ("record_article", "Can record articles"),
                    ("record_claim", "Can record claims"),
                    ("add_appearance", "Can add appearances to claims"),
                    ("set_aside_statement", "Can set suggested statements aside"),
                    ("take_up_statement", "Can take up statements that were set aside"),
                    ("withdraw_appearance", "Can withdraw appearances"),
                    ("discard_claim", "Can discard claims that were never published"),
                    ("reword_claim", "Can reword claims"),
                    ("add_evidence", "Can add evidence to claims"),
                    ("withdraw_evidence", "Can withdraw evidence"),
                    ("open_review", "Can open reviews"),
                    ("assign_review", "Can assign reviews"),
                    ("prioritise_review", "Can set the priority of reviews"),
                    ("schedule_review", "Can set the day reviews are due"),
                    ("declare_conflict", "Can declare conflicts of interest of their own"),
                    ("record_conflict", "Can record conflicts of interest of others"),
                    ("end_conflict", "Can end conflicts of interest"),
                    ("record_topic", "Can record topics"),
                    ("change_topic", "Can change topics"),
                    ("file_claim", "Can file claims under topics"),
                    ("file_report", "Can take down reports from outside"),
                    ("accept_report", "Can accept reports from outside"),
                    ("decline_report", "Can decline reports from outside"),
                    ("propose_verdict", "Can propose verdicts"),
                    ("return_review", "Can return proposed verdicts"),
                    ("approve_verdict", "Can approve verdicts proposed by others"),
                    ("close_review", "Can close reviews"),
                    ("void_verdict", "Can void verdicts"),
                    ("import_verdict", "Can import verdicts given elsewhere"),
                    ("merge_claims", "Can merge duplicate claims"),
                    ("propose_redaction", "Can propose redactions"),
                    ("redact_text", "Can carry out redactions proposed by others"),
                    ("retry_task", "Can run failed tasks again"),
                ],
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        migrations.AddField(
            model_name="readerreport",
            name="told_at",
            field=models.DateTimeField(
                blank=True, help_text="When the outcome was mailed to the sender", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="readerreport",
            index=models.Index(
                condition=models.Q(
                    ("decided_at__isnull", False),
                    ("told_at__isnull", True),
                    models.Q(("sender_email", ""), _negated=True),
                ),
                fields=["decided_at"],
                name="report_to_tell",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="saved_filters",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("list__in", ["reports", "reviews", "stale"])),
                name="saved_filter_list_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                models.F("person"),
                models.F("list"),
                django.db.models.functions.text.Lower("name"),
                name="saved_filter_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="saved_filter_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("query", ""), _negated=True), name="saved_filter_narrows"
            ),
        ),
        grant(
            {
                ("claim", "record_topic"): ("Editor",),
                ("claim", "change_topic"): ("Editor",),
                ("claim", "file_claim"): WORKERS,
                ("claim", "file_report"): DESK,
                ("claim", "accept_report"): WORKERS,
                ("claim", "decline_report"): WORKERS,
            }
        ),
    ]
