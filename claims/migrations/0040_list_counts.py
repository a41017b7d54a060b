"""Indexes for public lists: the name a claimant was last given, and the few claims whose status changed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0039_claimant_wikidata"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appearance",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appearances",
                to="claims.claimant",
            ),
        ),
        migrations.AlterField(
            model_name="wording",
            name="claimant",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wordings",
                to="claims.claimant",
            ),
        ),
        migrations.AddIndex(
            model_name="appearance",
            index=models.Index(fields=["speaker", "-entry"], name="appearance_last_of_speaker"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status_since__gt", models.F("published_at"))),
                fields=["-status_since", "-id"],
                name="claim_changed_status",
            ),
        ),
        migrations.AddIndex(
            model_name="wording",
            index=models.Index(fields=["claimant", "-entry"], name="wording_last_of_claimant"),
        ),
    ]
