"""Who sets up webhooks and looks at what was sent to them."""

from __future__ import annotations

from django.db import migrations

from claims.migrations._roles import grant, viewing


class Migration(migrations.Migration):
    dependencies = [("claims", "0052_webhooks")]
    operations = [
        grant(
            {
                ("claim", "set_up_webhook"): ("Editor",),
                **viewing(["webhook", "delivery"], ["Editor"]),
            }
        ),
    ]
