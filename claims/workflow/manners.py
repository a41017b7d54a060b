"""Verbs of working side by side: save_draft, discard_draft, show_presence, end_presence. All concern oneself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Draft, Presence, User
from claims.workflow.inputs import LONG
from claims.workflow.refusals import RuleBroken, must_work_here

MOST_FIELDS, LONGEST_NAME, LONGEST_PAGE = 60, 100, 300
AWAY_AFTER = timedelta(seconds=70)


@transaction.atomic
def save_draft(page: str, values: Mapping[str, str], *, by: User) -> None:
    """Keep what `by` typed on the form at `page`, in place of what was kept before.

    Raises RuleBroken for more than a form of the desk can hold.
    """
    must_work_here(by)
    if len(page) > LONGEST_PAGE or len(values) > MOST_FIELDS:
        raise RuleBroken(_("This is more than a draft can hold."))
    if any(len(name) > LONGEST_NAME or len(one) > LONG for name, one in values.items()):
        raise RuleBroken(_("This is more than a draft can hold."))
    now = timezone.now()
    rows = [
        Draft(person=by, page=page, field=name, value=one.replace("\0", ""), saved_at=now)
        for name, one in values.items()
    ]
    Draft.objects.of(by, page).exclude(field__in=list(values)).delete()
    Draft.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "page", "field"],
        update_fields=["value", "saved_at"],
    )


def discard_draft(page: str, *, by: User) -> None:
    """Throw away what `by` typed on the form at `page`."""
    must_work_here(by)
    Draft.objects.of(by, page).delete()


def prune_drafts(*, kept: timedelta) -> int:
    """Throw away what nobody touched for longer than `kept`, and who was where so long ago."""
    before = timezone.now() - kept
    Presence.objects.filter(seen_at__lt=before).delete()
    return Draft.objects.older_than(before).delete()[0]


@transaction.atomic
def show_presence(claim: Claim, *, doing: str, by: User) -> Presence:
    """Say that `by` is at `claim`; somebody seen longer than a minute ago comes anew."""
    if not (by.is_active and by.has_perm("claims.view_claim")):
        raise PermissionDenied(_("You may not look at this."))
    now = timezone.now()
    title = doing[:100].replace("\0", "")
    here, came = Presence.objects.select_for_update().get_or_create(
        person=by, claim=claim, defaults={"doing": title, "seen_at": now, "came_at": now}
    )
    if not came:
        here.came_at = here.came_at if now - here.seen_at < AWAY_AFTER else now
        here.doing, here.seen_at = title, now
        here.save(update_fields=["came_at", "doing", "seen_at"])
    return here


def end_presence(claim: Claim, *, by: User) -> None:
    """Say that `by` left `claim`."""
    here = Presence.objects.filter(person=by, claim=claim)
    here.delete()
