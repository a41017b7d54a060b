"""Other names, affiliations and mergers of claimants: the verbs, and taking back what was wrong."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from claims.migrations._roles import DESK, grant


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0029_list_indexes"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="affiliation",
            options={
                "default_permissions": ("view",),
                "ordering": ["claimant_id", "-since", "pk"],
                "verbose_name": "affiliation",
                "verbose_name_plural": "affiliations",
            },
        ),
        migrations.AlterModelOptions(
            name="claim",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("record_publisher", "Can record publishers"),
                    ("record_claimant", "Can record claimants"),
                    ("add_alias", "Can add other names of claimants"),
                    ("withdraw_alias", "Can withdraw other names of claimants"),
                    ("add_affiliation", "Can add affiliations of claimants"),
                    ("end_affiliation", "Can end affiliations of claimants"),
                    ("withdraw_affiliation", "Can withdraw affiliations of claimants"),
                    ("merge_claimants", "Can merge claimants"),
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
                    ("record_contact", "Can record contacts with claimants"),
                    ("open_review", "Can open reviews"),
                    ("assign_review", "Can assign reviews"),
                    ("prioritise_review", "Can set the priority of reviews"),
                    ("schedule_review", "Can set the day reviews are due"),
                    ("declare_conflict", "Can declare conflicts of interest of their own"),
                    ("record_conflict", "Can record conflicts of interest of others"),
                    ("end_conflict", "Can end conflicts of interest"),
                    ("set_recheck", "Can set the day a claim is looked at again"),
                    ("record_topic", "Can record topics"),
                    ("change_topic", "Can change topics"),
                    ("file_claim", "Can file claims under topics"),
                    ("file_report", "Can take down reports from outside"),
                    ("accept_report", "Can accept reports from outside"),
                    ("decline_report", "Can decline reports from outside"),
                    ("propose_verdict", "Can propose verdicts"),
                    ("return_review", "Can return proposed verdicts"),
                    ("approve_verdict", "Can approve verdicts proposed by others"),
                    ("add_note", "Can write notes on reviews"),
                    ("check_item", "Can answer the checklist of a review"),
                    ("close_review", "Can close reviews"),
                    ("void_verdict", "Can void verdicts"),
                    ("override_verdict", "Can publish a verdict alone in an emergency"),
                    ("import_verdict", "Can import verdicts given elsewhere"),
                    ("merge_claims", "Can merge duplicate claims"),
                    ("propose_redaction", "Can propose redactions"),
                    ("redact_text", "Can carry out redactions proposed by others"),
                    ("publish_method", "Can publish the text and checklist of the method page"),
                    ("retry_task", "Can run failed tasks again"),
                ],
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        migrations.AlterModelOptions(
            name="claimantalias",
            options={
                "default_permissions": ("view",),
                "ordering": ["name", "pk"],
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
            },
        ),
        migrations.AlterModelOptions(
            name="claimantmerger",
            options={
                "default_permissions": ("view",),
                "ordering": ["-at", "-pk"],
                "verbose_name": "merger of claimants",
                "verbose_name_plural": "mergers of claimants",
            },
        ),
        migrations.RemoveConstraint(
            model_name="claimantalias",
            name="claimant_alias_once",
        ),
        migrations.AddField(
            model_name="affiliation",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="withdrawal_reason",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="affiliation",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimantalias",
            name="withdrawal_reason",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="claimantalias",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="claimantalias",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="affiliation",
            name="body",
            field=models.CharField(blank=True, max_length=300, verbose_name="body"),
        ),
        migrations.AlterField(
            model_name="affiliation",
            name="role",
            field=models.CharField(max_length=300, verbose_name="role"),
        ),
        migrations.AlterField(
            model_name="affiliation",
            name="since",
            field=models.DateField(blank=True, null=True, verbose_name="since"),
        ),
        migrations.AlterField(
            model_name="affiliation",
            name="until",
            field=models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="claimantalias",
            name="name",
            field=models.CharField(max_length=300, verbose_name="name"),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="affiliation_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="affiliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawal_reason", ""), ("withdrawn_at", None), ("withdrawn_by", None)
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="affiliation_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimantalias",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                models.F("claimant"),
                condition=models.Q(("withdrawn_at", None)),
                name="claimant_alias_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimantalias",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawal_reason", ""), ("withdrawn_at", None), ("withdrawn_by", None)
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claimant_alias_withdrawn_by_somebody",
            ),
        ),
        grant(
            {
                ("claim", "add_alias"): DESK,
                ("claim", "add_affiliation"): DESK,
                ("claim", "withdraw_alias"): ("Reviewer", "Editor"),
                ("claim", "end_affiliation"): ("Reviewer", "Editor"),
                ("claim", "withdraw_affiliation"): ("Reviewer", "Editor"),
                ("claim", "merge_claimants"): ("Editor",),
            }
        ),
    ]
