"""The method the register comes with, and who may publish the next version."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from claims.migrations._roles import grant

REASON = "The text the register came with."
BODY = """\
## What we take up

We check statements of fact that people can act on: what somebody in public life, a body or an outlet said, in words \
that can turn out right or wrong. We prefer what many people hear, what could do harm if it were wrong, and what readers \
ask us about. A statement is taken up whoever makes it and whoever it suits.

## How we look

We begin with what was said: the first source we can find, word for word, with its date. Then we look for evidence on \
both sides, and for the original behind each report: the document, the data, the recording, the person who was there. \
Reports that go back to one source are counted as one. What we leave out, and why, we can explain.

Where we can, we ask whoever made the statement what it rests on, and say what they answered.

## How we decide

One person proposes a verdict and says why; another, who has looked at the evidence, approves it or sends it back. The \
page says what is known, what is not, and what would settle the question. We do not give a verdict because one is expected: \
“unconfirmed” is one.

## When we are wrong

Tell us. A verdict that was mistaken is taken back or replaced in public, with the reason, and the earlier one stays \
readable. Evidence that turns out to be worthless is withdrawn in the same way. Nobody pays for a verdict, and nobody on \
the desk works on a claim in which they have a stake.
"""
CHECKLIST = (
    "The wording is one statement, and says no more and no less than what was said.",
    "The first source of the statement was looked for, and what was found is recorded.",
    "Evidence was looked for on both sides.",
    "Reports that go back to one source are recorded as of one origin.",
    "Whoever makes the claim was asked, or had no need to be.",
    "Names, figures, dates and quotes were compared with the sources once more.",
)


def write_first_version(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    versions = apps.get_model("claims", "MethodVersion").objects.using(alias)
    items = apps.get_model("claims", "ChecklistItem")
    if versions.exists():
        return
    version = versions.create(number=1, body=BODY.strip(), reason=REASON)
    items.objects.using(alias).bulk_create(
        items(method=version, position=place, text=text)
        for place, text in enumerate(CHECKLIST, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0021_review_room")]
    operations = [
        migrations.RunPython(write_first_version, migrations.RunPython.noop),
        grant(
            {
                ("claim", "publish_method"): ("Editor",),
                ("claim", "check_item"): ("Reviewer", "Editor"),
            }
        ),
    ]
