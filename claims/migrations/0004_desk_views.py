"""Everybody on the desk may look at topics, reports, and what is known of claimants."""

from __future__ import annotations

from django.db import migrations

from claims.migrations._roles import DESK, grant, viewing

SEEN = ("affiliation", "claimantalias", "claimantmerger", "readerreport", "topic")


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_desk_tables")]
    operations = [grant(viewing(SEEN, DESK))]
