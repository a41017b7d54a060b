"""Who has the register written to files besides the nightly turn."""

from __future__ import annotations

from django.db import migrations

from claims.migrations._roles import grant


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0053_who_sets_up_webhooks"),
    ]

    operations = [
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
                    ("link_claimant", "Can link claimants with Wikidata"),
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
                    ("relate_claims", "Can say how claims stand to one another"),
                    ("withdraw_relation", "Can withdraw how claims stand to one another"),
                    ("file_report", "Can take down reports from outside"),
                    ("accept_report", "Can accept reports from outside"),
                    ("decline_report", "Can decline reports from outside"),
                    ("propose_verdict", "Can propose verdicts"),
                    ("return_review", "Can return proposed verdicts"),
                    ("approve_verdict", "Can approve verdicts proposed by others"),
                    ("add_note", "Can write notes on reviews"),
                    ("check_item", "Can answer the checklist of a review"),
                    ("set_second_rating", "Can say whether a claim needs a second rating"),
                    ("rate_claim", "Can rate a claim without knowing what others think"),
                    ("create_preview", "Can create preview links for experts"),
                    ("revoke_preview", "Can revoke preview links"),
                    ("close_review", "Can close reviews"),
                    ("void_verdict", "Can void verdicts"),
                    ("override_verdict", "Can publish a verdict alone in an emergency"),
                    ("import_verdict", "Can import verdicts given elsewhere"),
                    ("merge_claims", "Can merge duplicate claims"),
                    ("propose_redaction", "Can propose redactions"),
                    ("redact_text", "Can carry out redactions proposed by others"),
                    ("publish_method", "Can publish the text and checklist of the method page"),
                    ("retry_task", "Can run failed tasks again"),
                    ("request_export", "Can have the register written to files now"),
                    ("issue_api_key", "Can issue keys of the API"),
                    ("revoke_api_key", "Can revoke keys of the API"),
                    ("set_up_webhook", "Can set up webhooks, and send again what they missed"),
                ],
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        grant({("claim", "request_export"): ("Editor",)}),
    ]
