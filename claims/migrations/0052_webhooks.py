"""Webhooks: addresses that are told of public acts, their secrets, deliveries and attempts; notices that are about one."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_notices(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Notices that are about no claim, and what people chose about them, cannot be kept on the way back."""
    alias = schema_editor.connection.alias
    for model in ("Notice", "NoticeChoice"):
        apps.get_model("claims", model).objects.using(alias).filter(kind="webhook").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0050_restorations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message_id",
                    models.CharField(
                        help_text="The webhook-id, the same at each attempt", max_length=60
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("claim.published", "A claim was published"),
                            ("claim.status_changed", "The status of a claim changed"),
                            (
                                "verdict.given",
                                "A claim was given a further verdict of the same status",
                            ),
                            ("verdict.voided", "A verdict was voided"),
                            ("claim.reworded", "A claim was reworded"),
                            ("claim.merged", "A claim was merged into another"),
                            ("claim.absorbed", "A claim took over a duplicate"),
                            ("evidence.added", "Evidence was added"),
                            ("evidence.withdrawn", "Evidence was withdrawn"),
                            ("appearance.added", "A claim was found in one more place"),
                            ("appearance.withdrawn", "A place was taken back"),
                            ("claimant.contacted", "A contact with the claimant was recorded"),
                            ("text.redacted", "Text was redacted"),
                            ("webhook.ping", "A test"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("unconfirmed", "Unconfirmed"),
                            ("disputed", "Disputed"),
                        ],
                        help_text="Of the claim after the entry; empty for none",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                        ],
                        verbose_name="state",
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Failed attempts since it was last asked for",
                    ),
                ),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("took", models.DurationField()),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Of the answer (HTTP); none where there was no answer",
                        null=True,
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
                (
                    "answer",
                    models.TextField(
                        blank=True, help_text="How its body began; where there was none, why"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=2000, verbose_name="address")),
                (
                    "description",
                    models.CharField(blank=True, max_length=300, verbose_name="description"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("disabled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "disabled_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_hand", "By hand"),
                            ("gone", "The receiver answered that it is gone (410)"),
                            ("failing", "Nothing was taken for days"),
                            (
                                "no_secret",
                                "The server's key is another one, so the secrets are lost",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(
                        db_default=0, default=0, help_text="Attempts in a row that failed"
                    ),
                ),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                (
                    "held_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Nobody sends to it before: somebody does, or it needs rest",
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="WebhookInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("claim.published", "A claim was published"),
                            ("claim.status_changed", "The status of a claim changed"),
                            (
                                "verdict.given",
                                "A claim was given a further verdict of the same status",
                            ),
                            ("verdict.voided", "A verdict was voided"),
                            ("claim.reworded", "A claim was reworded"),
                            ("claim.merged", "A claim was merged into another"),
                            ("claim.absorbed", "A claim took over a duplicate"),
                            ("evidence.added", "Evidence was added"),
                            ("evidence.withdrawn", "Evidence was withdrawn"),
                            ("appearance.added", "A claim was found in one more place"),
                            ("appearance.withdrawn", "A place was taken back"),
                            ("claimant.contacted", "A contact with the claimant was recorded"),
                            ("text.redacted", "Text was redacted"),
                            ("webhook.ping", "A test"),
                        ],
                        max_length=30,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebhookSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=64)),
                (
                    "digest",
                    models.CharField(
                        help_text="By which a change of the server's key is seen", max_length=64
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
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
                    ("issue_api_key", "Can issue keys of the API"),
                    ("revoke_api_key", "Can revoke keys of the API"),
                    ("set_up_webhook", "Can set up webhooks, and send again what they missed"),
                ],
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="noticechoice",
            name="notice_choice_kind_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="claims.claim",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "A review was assigned to you"),
                    ("mentioned", "Somebody mentioned you in a note"),
                    ("returned", "Your proposal was returned"),
                    ("approved", "Your proposal was approved"),
                    ("overdue", "A review of yours is overdue"),
                    ("webhook", "A webhook of yours was switched off"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="noticechoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "A review was assigned to you"),
                    ("mentioned", "Somebody mentioned you in a note"),
                    ("returned", "Your proposal was returned"),
                    ("approved", "Your proposal was approved"),
                    ("overdue", "A review of yours is overdue"),
                    ("webhook", "A webhook of yours was switched off"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["approved", "assigned", "mentioned", "overdue", "returned", "webhook"],
                    )
                ),
                name="notice_choice_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.historyentry",
            ),
        ),
        migrations.AddField(
            model_name="deliveryattempt",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attempts",
                to="claims.delivery",
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="owner",
            field=models.ForeignKey(
                help_text="Who is told when it is switched off",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="webhooks",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="webhook",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="claims.webhook",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="webhook",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["approved", "assigned", "mentioned", "overdue", "returned", "webhook"],
                    )
                ),
                name="notice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", False), ("webhook__isnull", True)),
                    models.Q(("claim__isnull", True), ("webhook__isnull", False)),
                    _connector="OR",
                ),
                name="notice_about_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="webhookinterest",
            name="webhook",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interests",
                to="claims.webhook",
            ),
        ),
        migrations.AddField(
            model_name="webhooksecret",
            name="webhook",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="secrets",
                to="claims.webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryattempt",
            constraint=models.CheckConstraint(
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
                name="attempt_trouble_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__isnull", False), ("trouble", "")),
                    models.Q(("status__isnull", True), models.Q(("trouble", ""), _negated=True)),
                    _connector="OR",
                ),
                name="attempt_came_to_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("disabled_because__in", ["", "by_hand", "failing", "gone", "no_secret"])
                ),
                name="webhook_end_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disabled_at__isnull", True), ("disabled_because", "")),
                    models.Q(
                        ("disabled_at__isnull", False),
                        models.Q(("disabled_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="webhook_ends_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failing_since__isnull", True), ("failures", 0)),
                    models.Q(("failing_since__isnull", False), ("failures__gt", 0)),
                    _connector="OR",
                ),
                name="webhook_failing_since_a_failure",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["created_at"], name="delivery_age"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["webhook", "next_attempt_at"],
                name="delivery_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "failed")), fields=["webhook"], name="delivery_failed"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("webhook", "message_id"), name="message_delivered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event__in",
                        [
                            "appearance.added",
                            "appearance.withdrawn",
                            "claim.absorbed",
                            "claim.merged",
                            "claim.published",
                            "claim.reworded",
                            "claim.status_changed",
                            "claimant.contacted",
                            "evidence.added",
                            "evidence.withdrawn",
                            "text.redacted",
                            "verdict.given",
                            "verdict.voided",
                            "webhook.ping",
                        ],
                    )
                ),
                name="delivery_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["delivered", "failed", "waiting"])),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["", "confirmed", "disputed", "unconfirmed"])),
                name="delivery_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_attempt_at__isnull", False), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("next_attempt_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="delivery_waits_for_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookinterest",
            constraint=models.UniqueConstraint(
                fields=("webhook", "event"), name="webhook_told_of_event_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookinterest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event__in",
                        [
                            "appearance.added",
                            "appearance.withdrawn",
                            "claim.absorbed",
                            "claim.merged",
                            "claim.published",
                            "claim.reworded",
                            "claim.status_changed",
                            "claimant.contacted",
                            "evidence.added",
                            "evidence.withdrawn",
                            "text.redacted",
                            "verdict.given",
                            "verdict.voided",
                            "webhook.ping",
                        ],
                    )
                ),
                name="webhook_event_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhooksecret",
            constraint=models.UniqueConstraint(
                condition=models.Q(("expires_at__isnull", True)),
                fields=("webhook",),
                name="webhook_has_one_lasting_secret",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_notices),
    ]
