"""The queue as the desk sees it, when periodic jobs were last asked for, and running a failed task again."""

from __future__ import annotations

from django.db import migrations, models

from claims.migrations._roles import grant

GIVEN = {
    ("claim", "retry_task"): ["Editor"],
    ("backgroundtask", "view_backgroundtask"): ["Editor"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_queue_indexes"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]
    operations = [
        migrations.CreateModel(
            name="PeriodicJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("asked_for_at", models.DateTimeField()),
            ],
            options={"ordering": ["name"], "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="BackgroundTask",
            fields=[],
            options={
                "verbose_name": "background task",
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("django_tasks_database.dbtaskresult",),
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
                    ("reword_claim", "Can reword claims"),
                    ("add_evidence", "Can add evidence to claims"),
                    ("withdraw_evidence", "Can withdraw evidence"),
                    ("open_review", "Can open reviews"),
                    ("assign_review", "Can assign reviews"),
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
            },
        ),
        grant(GIVEN),
    ]
