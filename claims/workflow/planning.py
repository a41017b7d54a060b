"""Verbs on when a review is done: prioritise_review, schedule_review. Internal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import Priority
from claims.history.recorder import locked
from claims.models import Review, User
from claims.vocabulary import ACTIVE_REVIEW_STATES, Verb
from claims.workflow.refusals import RuleBroken, require

FURTHEST = timedelta(days=3660)


def prioritise_review(review: Review, *, priority: Priority, by: User) -> Review:
    """Say how pressing a review is. Raises RuleBroken when it has ended, or is as pressing already."""
    with at_work_on(review, Verb.PRIORITISE_REVIEW, by=by):
        if priority not in Priority.values:
            raise RuleBroken(_("This is no priority."), field="priority")
        if review.priority == priority:
            label = Priority(priority).label
            said = _("The priority is “%(label)s” already.") % {"label": label}
            raise RuleBroken(said, field="priority")
        review.priority = priority
        review.save(update_fields=["priority"])
    return review


def schedule_review(review: Review, *, due_on: date | None, by: User) -> Review:
    """Say by which day a review is to end; None takes the day away.

    Raises RuleBroken when the review has ended, when nothing would change, and for a day that is past (a day's slack
    for time zones) or more than ten years off.
    """
    with at_work_on(review, Verb.SCHEDULE_REVIEW, by=by):
        if review.due_on == due_on:
            raise RuleBroken(_("It is due on this day already."), field="due_on")
        today = timezone.now().date()
        if due_on is not None and due_on < today - timedelta(days=1):
            raise RuleBroken(_("This day is past."), field="due_on")
        if due_on is not None and due_on > today + FURTHEST:
            raise RuleBroken(_("This day is more than ten years off."), field="due_on")
        review.due_on = due_on
        review.save(update_fields=["due_on"])
    return review


@contextmanager
def at_work_on(review: Review, verb: Verb, *, by: User) -> Iterator[None]:
    """Hold the review fresh under its claim's lock. Raises PermissionDenied, or RuleBroken when it has ended."""
    require(by, verb)
    with transaction.atomic():
        locked(review.claim)
        review.refresh_from_db()
        if review.state not in ACTIVE_REVIEW_STATES:
            state = review.get_state_display().lower()
            said = _("This review is %(state)s; its work is done.") % {"state": state}
            raise RuleBroken(said)
        yield
