"""Indexes for the API's lists: claims by kind, by language and by the day they were said; evidence by publisher."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0045_api_writes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["kind", "-status_since", "-id"], name="claim_newest_by_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["language", "-status_since", "-id"], name="claim_newest_by_language"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["-said_on", "-id"], name="claim_by_day_said"),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="claims.publisher",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("publisher__isnull", False)),
                fields=["publisher", "-entry"],
                name="evidence_of_publisher",
            ),
        ),
    ]
