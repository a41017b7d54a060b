"""Indexes of the past: the acts that set the status of each claim, the last first, and what wordings ever said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0056_words_and_who_confirmed"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(
                fields=["claim", "-number"],
                condition=models.Q(
                    act__in=(
                        "verdict_given",
                        "verdict_overridden",
                        "verdict_imported",
                        "verdict_voided",
                    )
                ),
                name="entry_last_status_act",
            ),
        ),
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(
                fields=["effective_on", "claim"],
                condition=models.Q(effective_on__isnull=False),
                name="entry_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="wording",
            index=models.Index(fields=["kind", "claim"], name="wording_by_kind"),
        ),
        migrations.AddIndex(
            model_name="wording",
            index=models.Index(fields=["language", "claim"], name="wording_by_language"),
        ),
        migrations.AddIndex(
            model_name="wording",
            index=models.Index(fields=["said_on", "claim"], name="wording_by_day_said"),
        ),
    ]
