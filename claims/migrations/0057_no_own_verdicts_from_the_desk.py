"""Only who runs the register brings its own verdicts in: an import on the desk no longer says that it does."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0053_who_sets_up_webhooks")]
    operations = [migrations.RemoveField("importrun", "as_own")]
