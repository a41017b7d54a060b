"""The right of reply: what claimants were asked, and answered."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import claims.models.fields
from claims.migrations._roles import DESK, EVERYBODY, grant, viewing


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0023_topics_reports_filters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="claims.historyentry",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked on")),
                (
                    "channel",
                    claims.models.fields.ErasableTextField(
                        blank=True,
                        help_text="Such as: e-mail to the press office",
                        null=True,
                        verbose_name="through",
                    ),
                ),
                ("channel_salt", claims.models.fields.SaltField(max_length=16, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("declined", "Declined"),
                            ("no_answer", "No answer"),
                            ("unreachable", "Unreachable"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                (
                    "answer",
                    claims.models.fields.ErasableTextField(
                        blank=True,
                        help_text="In the claimant's own words",
                        null=True,
                        verbose_name="answer",
                    ),
                ),
                ("answer_salt", claims.models.fields.SaltField(max_length=16, null=True)),
            ],
            options={
                "verbose_name": "contact with the claimant",
                "verbose_name_plural": "contacts with claimants",
                "ordering": ["claim_id", "entry_id"],
                "default_permissions": ("view",),
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
                    ("record_contact", "Can record contacts with claimants"),
                    ("open_review", "Can open reviews"),
                    ("assign_review", "Can assign reviews"),
                    ("prioritise_review", "Can set the priority of reviews"),
                    ("schedule_review", "Can set the day reviews are due"),
                    ("declare_conflict", "Can declare conflicts of interest of their own"),
                    ("record_conflict", "Can record conflicts of interest of others"),
                    ("end_conflict", "Can end conflicts of interest"),
                    ("set_recheck", "Can set the day a claim is looked at again"),
                    ("propose_verdict", "Can propose verdicts"),
                    ("return_review", "Can return proposed verdicts"),
                    ("approve_verdict", "Can approve verdicts proposed by others"),
                    ("close_review", "Can close reviews"),
                    ("void_verdict", "Can void verdicts"),
                    ("override_verdict", "Can publish a verdict alone in an emergency"),
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
        migrations.RemoveConstraint(
            model_name="historyentry",
            name="entry_act_known",
        ),
        migrations.AlterField(
            model_name="historyentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("claim_recorded", "Claim recorded"),
                    ("appearance_added", "Appearance added"),
                    ("appearance_withdrawn", "Appearance withdrawn"),
                    ("claim_reworded", "Claim reworded"),
                    ("evidence_added", "Evidence added"),
                    ("evidence_withdrawn", "Evidence withdrawn"),
                    ("verdict_given", "Verdict given"),
                    ("verdict_overridden", "Verdict given by one person"),
                    ("verdict_imported", "Verdict imported"),
                    ("verdict_voided", "Verdict voided"),
                    ("claimant_contacted", "Claimant contacted"),
                    ("claim_merged", "Merged into another claim"),
                    ("claim_absorbed", "Took over a duplicate"),
                    ("claim_discarded", "Claim discarded"),
                    ("text_redacted", "Text redacted"),
                ],
                max_length=20,
                verbose_name="act",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "appearance_added",
                            "appearance_withdrawn",
                            "claim_absorbed",
                            "claim_discarded",
                            "claim_merged",
                            "claim_recorded",
                            "claim_reworded",
                            "claimant_contacted",
                            "evidence_added",
                            "evidence_withdrawn",
                            "text_redacted",
                            "verdict_given",
                            "verdict_imported",
                            "verdict_overridden",
                            "verdict_voided",
                        ],
                    )
                ),
                name="entry_act_known",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="claims.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["answered", "asked", "declined", "no_answer", "unreachable"])
                ),
                name="contact_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_on__isnull", True),
                    ("answered_on__gte", models.F("asked_on")),
                    _connector="OR",
                ),
                name="contact_answered_after_asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel__isnull", True), ("channel_salt__isnull", True)),
                    models.Q(("channel__isnull", False), ("channel_salt__isnull", False)),
                    _connector="OR",
                ),
                name="contact_channel_salted",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer__isnull", True), ("answer_salt__isnull", True)),
                    models.Q(("answer__isnull", False), ("answer_salt__isnull", False)),
                    _connector="OR",
                ),
                name="contact_answer_salted",
            ),
        ),
        grant({("claim", "record_contact"): DESK, **viewing(["contact"], EVERYBODY)}),
    ]
