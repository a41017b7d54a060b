"""Indexes for public lists: counts by status, places that were withdrawn, and the acts that set a status."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0034_relations_and_surroundings"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    ("published_at__isnull", False),
                    models.Q(("merged_into__isnull", False), _negated=True),
                    models.Q(("discarded_at__isnull", False), _negated=True),
                ),
                fields=["status", "claimant", "-status_since", "-id"],
                name="claim_listed_by_status",
            ),
        ),
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(
                condition=models.Q(("act", "appearance_withdrawn")),
                fields=["claim"],
                name="entry_lost_places",
            ),
        ),
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(
                condition=models.Q(
                    (
                        "act__in",
                        (
                            "verdict_given",
                            "verdict_overridden",
                            "verdict_imported",
                            "verdict_voided",
                        ),
                    )
                ),
                fields=["-recorded_at", "-claim"],
                name="entry_newest_status_act",
            ),
        ),
    ]
