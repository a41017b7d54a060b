"""An index for the status of a claim after an act and at a moment: the acts that set it, of each claim, the last first."""

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
    ]
