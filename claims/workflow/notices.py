"""Verbs on what one is told: read_notices, choose_notices. Everybody has them, for their own notices alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from claims.desk_vocabulary import NoticeKind
from claims.models import Notice, NoticeChoice, User
from claims.workflow.refusals import must_work_here


def read_notices(*, by: User, only: Iterable[int] | None = None) -> int:
    """Mark one's unread notices as read, all or those with the given keys. Returns how many there were."""
    must_work_here(by)
    unread = Notice.objects.of(by).unread()
    if only is not None:
        unread = unread.filter(pk__in=list(only))
    return unread.order_by().update(read_at=timezone.now())


@transaction.atomic
def choose_notices(
    ways: Mapping[NoticeKind, tuple[bool, bool]], *, by: User, daily_digest: bool
) -> None:
    """Choose for each kind whether the bell and whether a mail tells it (in this order), and the daily digest."""
    must_work_here(by)
    for kind, (in_bell, by_mail) in ways.items():
        NoticeChoice.objects.update_or_create(
            person=by, kind=kind, defaults={"in_bell": in_bell, "by_mail": by_mail}
        )
    by.daily_digest = daily_digest
    by.save(update_fields=["daily_digest"])
