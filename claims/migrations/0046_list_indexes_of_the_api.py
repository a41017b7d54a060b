"""Indexes for the API's lists of claims: by kind, by language, and by the day on which they were said."""

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
    ]
