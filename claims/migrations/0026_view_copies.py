"""Everybody on the desk may download the stored copies of sources."""

from __future__ import annotations

from django.db import migrations

from claims.migrations._roles import DESK, grant, viewing


class Migration(migrations.Migration):
    dependencies = [("claims", "0025_readings")]
    operations = [grant(viewing(["snapshot"], DESK))]
