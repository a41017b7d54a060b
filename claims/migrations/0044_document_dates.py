"""When the document of each claim was made: the date of modification that the API tells."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0043_api_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="claimdocument",
            name="stored_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                help_text="When body and summary were made",
            ),
        ),
    ]
