"""Keys of the API: whom each acts for, what it is good for, and who may issue and revoke them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from claims.migrations._roles import EVERYBODY, grant, viewing


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0042_log_of_before"),
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
                    ("issue_api_key", "Can issue keys of the API"),
                    ("revoke_api_key", "Can revoke keys of the API"),
                ],
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("prefix", models.CharField(max_length=8, unique=True)),
                (
                    "secret_digest",
                    models.CharField(help_text="SHA-256 of 160 random bits", max_length=64),
                ),
                ("rate", models.PositiveIntegerField(help_text="Requests a minute")),
                (
                    "issued_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="issued"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "last_used_at",
                    models.DateTimeField(
                        blank=True, help_text="Within a minute", null=True, verbose_name="last used"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="acts for",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="claims.apikey",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "key of the API",
                "verbose_name_plural": "keys of the API",
                "ordering": ["-issued_at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ApiKeyScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("read", "Read, at a rate of its own"),
                            ("record_article", "Record articles"),
                            ("record_claim", "Record claims and claimants"),
                            ("add_appearance", "Add appearances to claims"),
                            ("add_evidence", "Add evidence to claims"),
                            ("file_report", "Send reports of readers"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scopes",
                        to="claims.apikey",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="api_key_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__gt", 0)), name="api_key_may_ask"
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                name="api_key_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at", None), ("revoked_by", None)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="api_key_revoked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="apikeyscope",
            constraint=models.UniqueConstraint(fields=("key", "scope"), name="api_key_scope_once"),
        ),
        migrations.AddConstraint(
            model_name="apikeyscope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scope__in",
                        [
                            "add_appearance",
                            "add_evidence",
                            "file_report",
                            "read",
                            "record_article",
                            "record_claim",
                        ],
                    )
                ),
                name="api_key_scope_known",
            ),
        ),
        grant(
            {
                ("claim", "issue_api_key"): EVERYBODY,
                ("claim", "revoke_api_key"): EVERYBODY,
                **viewing(["apikey"], EVERYBODY),
            }
        ),
    ]
