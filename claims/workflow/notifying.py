"""Telling people on the desk what concerns them: rows behind the bell, of which some are mailed later.

A notice is written in the transaction of the act it tells of; the mail goes out afterwards, so that a mail server
that is away stops nobody's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, NoticeChoice, Review, User, Webhook
from claims.models.compiled_rows import CompiledRows
from claims.models.made import made

CHOICES = CompiledRows[NoticeChoice](
    NoticeChoice, lambda person: NoticeChoice.objects.filter(person=person)
)


def notify(
    people: Iterable[User | None],
    kind: NoticeKind,
    *,
    claim: Claim,
    review: Review | None = None,
    by: User | None = None,
) -> list[Notice]:
    """Tell each active person but `by`, once, by the ways they chose; whoever chose neither is told nothing."""
    told = [one for one in people if one is not None and one != by]
    return _notify(told, kind, claim=claim, review=review, by=by)


def notify_of_webhook(webhook: Webhook) -> list[Notice]:
    """Tell its owner that a webhook was switched off."""
    return _notify([webhook.owner], NoticeKind.WEBHOOK, webhook=webhook)


def _notify(people: Iterable[User], kind: NoticeKind, **about: Any) -> list[Notice]:
    told = {one.pk: one for one in people if one.is_active}
    alone = len(told) == 1
    rows = CHOICES.rows(*told) if alone else NoticeChoice.objects.filter(person__in=told)
    choices = {choice.person_id: choice for choice in rows if choice.kind == kind}
    notices = [
        made(
            Notice,
            person=person,
            kind=kind,
            **about,
            in_bell=choices[pk].in_bell if pk in choices else True,
            by_mail=choices[pk].by_mail if pk in choices else True,
        )
        for pk, person in told.items()
    ]
    return Notice.objects.bulk_create(one for one in notices if one.in_bell or one.by_mail)


def tell_of_overdue_reviews(day: date) -> int:
    """Tell each assignee once that a review was due before `day`. Returns how many were told."""
    late = Review.objects.overdue_untold(day)
    told = [
        notify([review.assignee], NoticeKind.OVERDUE, claim=review.claim, review=review)
        for review in late
    ]
    return sum(map(len, told))


def note_mailed(notice: Notice) -> None:
    """Note that a notice needs no further mail."""
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])


def note_digest_sent(person: User, day: date) -> None:
    """Note that `person` had the digest of `day`."""
    person.digest_sent_on = day
    person.save(update_fields=["digest_sent_on"])
