"""What was written through the API, each act with all that its answer says."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import claims.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0044_document_dates"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiWrite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    claims.models.fields.PublicIdField(
                        default=claims.models.fields.new_public_id,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=255)),
                ("request_digest", models.CharField(max_length=64)),
                (
                    "act",
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
                    "status",
                    models.PositiveSmallIntegerField(help_text="Of its answer: 200, 201 or 202"),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("entry_number", models.PositiveIntegerField(blank=True, null=True)),
                ("head_hash", models.BinaryField(max_length=32, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.article",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.articleintake",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="writes",
                        to="claims.apikey",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.readerreport",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["key", "-id"], name="api_write_by_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "idempotency_key"), name="api_write_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "act__in",
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
                        name="api_write_act_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", [200, 201, 202])),
                        name="api_write_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", False),
                                ("entry_number__isnull", False),
                                ("head_hash__isnull", False),
                                ("article", None),
                                ("intake", None),
                                ("report", None),
                            ),
                            models.Q(
                                ("claim", None),
                                ("entry_number", None),
                                ("head_hash", None),
                                ("article__isnull", False),
                                ("intake", None),
                                ("report", None),
                            ),
                            models.Q(
                                ("claim", None),
                                ("entry_number", None),
                                ("head_hash", None),
                                ("article", None),
                                ("intake__isnull", False),
                                ("report", None),
                            ),
                            models.Q(
                                ("claim", None),
                                ("entry_number", None),
                                ("head_hash", None),
                                ("article", None),
                                ("intake", None),
                                ("report__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="api_write_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idempotency_key", ""), _negated=True),
                        name="api_write_named",
                    ),
                ],
            },
        ),
    ]
