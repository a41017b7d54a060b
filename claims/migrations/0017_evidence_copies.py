"""Evidence may name a stored copy of its source, and carry another fact-checker's own rating."""

from __future__ import annotations

from django.db import migrations, models

import claims.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0016_names_of_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="rating",
            field=claims.models.fields.ErasableTextField(
                blank=True,
                help_text="What another fact-checker called it, word for word",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="rating_salt",
            field=claims.models.fields.SaltField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="snapshot",
            field=claims.models.fields.ErasableTextField(
                blank=True,
                help_text="SHA-256 of the copy of the source that the register stored, hexadecimal",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="snapshot_salt",
            field=claims.models.fields.SaltField(max_length=16, null=True),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("snapshot__isnull", True), ("snapshot_salt__isnull", True)),
                    models.Q(("snapshot__isnull", False), ("snapshot_salt__isnull", False)),
                    _connector="OR",
                ),
                name="evidence_snapshot_salted",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rating__isnull", True), ("rating_salt__isnull", True)),
                    models.Q(("rating__isnull", False), ("rating_salt__isnull", False)),
                    _connector="OR",
                ),
                name="evidence_rating_salted",
            ),
        ),
    ]
