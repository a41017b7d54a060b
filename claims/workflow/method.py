"""The verb on the method: publish_method. A version is never changed; the next one takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import ChecklistItem, MethodVersion, User
from claims.vocabulary import Verb
from claims.workflow.inputs import LONG, SHORT, clean_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.telling import changed

MOST_ITEMS = 30


def publish_method(
    *, body: str, checklist: Sequence[str], reason: str, after: int, by: User
) -> MethodVersion:
    """Publish the next version of the method page's text and of the checklist of reviews opened from now on.

    `after` is the number of the version it was written on (0 for none). Raises RuleBroken when another was published
    meanwhile, when nothing differs, or when an item is there twice.
    """
    require(by, Verb.PUBLISH_METHOD)
    with transaction.atomic():
        text = clean_text("body", body, limit=LONG, required=True)
        items = _clean_items(checklist)
        told = clean_text("reason", reason, required=True)
        last = MethodVersion.objects.with_checklist().in_force()
        _follows(last, after)
        if last and (last.body, [item.text for item in last.items.all()]) == (text, items):
            said = _("This is what version %(number)s says already.")
            raise RuleBroken(said % {"number": last.number})
        version = MethodVersion.objects.create(number=after + 1, body=text, reason=told, by=by)
        ChecklistItem.objects.bulk_create(
            ChecklistItem(method=version, position=place, text=item)
            for place, item in enumerate(items, start=1)
        )
        changed(version)
    return version


def _follows(last: MethodVersion | None, after: int) -> None:
    number = last.number if last else 0
    if number != after:
        said = _("Version %(number)s was published meanwhile. Look at it: yours can follow it.")
        raise RuleBroken(said % {"number": number})


def _clean_items(checklist: Sequence[str]) -> list[str]:
    items = [clean_text("checklist", " ".join(item.split()), limit=SHORT) for item in checklist]
    items = [item for item in items if item]
    if len(items) > MOST_ITEMS:
        said = _("At most %(most)s items; here are %(number)s.")
        told = said % {"most": MOST_ITEMS, "number": len(items)}
        raise RuleBroken(told, field="checklist")
    if twice := sorted({item for item in items if items.count(item) > 1}):
        said = _("This item is there twice: “%(item)s”.")
        raise RuleBroken(said % {"item": twice[0]}, field="checklist")
    return items
