"""A verdict that one person publishes in an emergency, and the review that must follow it."""

from __future__ import annotations

from django.db import migrations, models

from claims.migrations._roles import grant


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_looking_again")]

    operations = [
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
        migrations.RemoveConstraint(
            model_name="review",
            name="review_reason_known",
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
                    ("claim_merged", "Merged into another claim"),
                    ("claim_absorbed", "Took over a duplicate"),
                    ("claim_discarded", "Claim discarded"),
                    ("text_redacted", "Text redacted"),
                ],
                max_length=20,
                verbose_name="act",
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="reason",
            field=models.CharField(
                choices=[
                    ("new_claim", "New claim"),
                    ("new_evidence", "New evidence"),
                    ("reader_report", "Reader report"),
                    ("recheck_due", "Re-check due"),
                    ("rewording", "Rewording"),
                    ("correction", "Correction"),
                    ("override", "Published by one person"),
                ],
                max_length=16,
                verbose_name="reason",
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
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "correction",
                            "new_claim",
                            "new_evidence",
                            "override",
                            "reader_report",
                            "recheck_due",
                            "rewording",
                        ],
                    )
                ),
                name="review_reason_known",
            ),
        ),
        grant({("claim", "override_verdict"): ["Editor"]}),
    ]
