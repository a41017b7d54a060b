"""What a reader reported has a private address, and a review knows the entry it ended with."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0037_list_reads"),
    ]

    operations = [
        migrations.AddField(
            model_name="readerreport",
            name="language",
            field=models.CharField(blank=True, help_text="In which the sender read", max_length=20),
        ),
        migrations.AddField(
            model_name="readerreport",
            name="receipt_at",
            field=models.DateTimeField(
                blank=True, help_text="When the private address was mailed to the sender", null=True
            ),
        ),
        migrations.AddField(
            model_name="readerreport",
            name="seed",
            field=models.CharField(
                blank=True,
                help_text="The key of the form it came by: sent twice, it is one report",
                max_length=64,
            ),
        ),
        migrations.AddField(
            model_name="readerreport",
            name="token_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="review",
            name="entry_number",
            field=models.PositiveIntegerField(
                blank=True, help_text="The history entry of its claim that it ended with", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="readerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seed", ""), _negated=True),
                fields=("seed",),
                name="report_form_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="readerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_digest", ""), _negated=True),
                fields=("token_digest",),
                name="report_opened_with",
            ),
        ),
    ]
