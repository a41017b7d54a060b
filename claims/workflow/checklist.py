"""The verbs on a review's checklist, check_item and uncheck_item, and the rule that it is seen to before a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.history.recorder import locked
from claims.models import ChecklistItem, Review, ReviewCheck, User
from claims.vocabulary import ReviewState, Verb
from claims.workflow.inputs import SHORT, clean_text
from claims.workflow.refusals import RuleBroken, require

AT_WORK = (ReviewState.OPEN, ReviewState.ASSIGNED, ReviewState.RETURNED)


def check_item(
    review: Review, item: ChecklistItem, *, by: User, not_applicable: str = ""
) -> ReviewCheck:
    """Say that an item was seen to, or why it does not apply to this claim.

    The same answer again changes nothing; another takes its place, under the name of whoever gave it. Raises
    RuleBroken for an item of another checklist, and while a proposal waits or the review has ended.
    """
    with _answering(review, item, by=by):
        why = clean_text("not_applicable", not_applicable, limit=SHORT)
        check = ReviewCheck.objects.filter(review=review, item=item).first()
        if check is None:
            return ReviewCheck.objects.create(review=review, item=item, not_applicable=why, by=by)
        if check.not_applicable != why:
            check.not_applicable, check.by, check.at = why, by, timezone.now()
            check.save(update_fields=["not_applicable", "by", "at"])
        return check


def uncheck_item(review: Review, item: ChecklistItem, *, by: User) -> None:
    """Say that an item is open after all."""
    with _answering(review, item, by=by):
        ReviewCheck.objects.filter(review=review, item=item).delete()


@contextmanager
def _answering(review: Review, item: ChecklistItem, *, by: User) -> Iterator[None]:
    require(by, Verb.CHECK_ITEM)
    with transaction.atomic():
        locked(review.claim)
        review.refresh_from_db()
        if ReviewState(review.state) not in AT_WORK:
            refusal = _("The checklist is answered before a verdict is proposed: %(state)s.")
            raise RuleBroken(refusal % {"state": review.get_state_display().lower()})
        if item.method_id != review.method_id:
            raise RuleBroken(_("This is an item of another checklist."), field="item")
        yield


def open_items(review: Review) -> list[ChecklistItem]:
    """Return the items of the review's checklist that nobody has answered, in order."""
    answered = ReviewCheck.objects.filter(review=review).values("item")
    items = ChecklistItem.objects.filter(method=review.method_id).exclude(pk__in=answered)
    return list(items.order_by("position"))


def everything_checked(review: Review) -> None:
    """Raise RuleBroken, naming what is open, unless every item of the checklist was answered."""
    if items := open_items(review):
        listed = " ".join(f"“{item}”" for item in items)
        refusal = _(
            "Tick each item of the checklist, or say why it does not apply. Open: %(items)s"
        )
        raise RuleBroken(refusal % {"items": listed})
