"""A key of each claim's words, by which imports find it; who confirmed an import, and when."""

import unicodedata
from hashlib import blake2b

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AT_ONCE = 1_000
_NUMERIC = ".,:/"


def words_key(wording: str) -> str:
    """Return the key as the register computed it when this was written. What changes it later brings a step of its own."""
    if not wording:
        return ""
    same = unicodedata.normalize("NFKC", wording).casefold()
    kept = "".join(letter if _tells(same, at, letter) else " " for at, letter in enumerate(same))
    folded = " ".join(kept.split()) or same.strip()
    return blake2b(folded.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _tells(text: str, at: int, letter: str) -> bool:
    if letter.isalnum() or unicodedata.category(letter)[0] not in "PZC":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if letter in _NUMERIC:
        return before.isdigit() and after.isdigit()
    if letter == "%":
        return before.isdigit()
    return unicodedata.category(letter) == "Pd" and after.isdigit() and not before.isalnum()


def give_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give claims recorded before their key; `rebuild_documents` would give all of them a changed one."""
    claims = apps.get_model("claims", "Claim").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(claims.filter(pk__gt=last).order_by("pk").only("wording")[:AT_ONCE]):
        for claim in batch:
            claim.words_key = words_key(claim.wording)
        claims.bulk_update(batch, ["words_key"], batch_size=200)
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0055_request_export"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="words_key",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Shared by equal words",
                max_length=32,
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="confirmed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="confirmed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["words_key"], name="claim_by_words"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None), ("confirmed_at__isnull", False), _connector="XOR"
                ),
                name="import_confirmed_by_somebody",
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
