"""Registers that exist already get the log they would have: all public acts in the order they were recorded."""

from django.db import migrations

NUMBER = """
INSERT INTO claims_logleaf ("index", entry_id)
SELECT row_number() OVER (ORDER BY e.recorded_at, e.claim_id, e.number) - 1, e.id
FROM claims_historyentry e JOIN claims_claim c ON c.id = e.claim_id
WHERE c.published_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0041_log"),
    ]

    operations = [
        migrations.RunSQL(NUMBER, ["DELETE FROM claims_logleaf", "DELETE FROM claims_unsealed"]),
    ]
