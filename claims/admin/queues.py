"""The queues of the desk: what stands in each, who has a use for it, where it is, and how much waits there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ReaderReport, Review, User
from claims.models.review import ReviewQuerySet
from claims.vocabulary import ReviewState, Verb

COUNTED = 99
IN_PROGRESS, ENDED = "", "ended"


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """Some of the reviews, as one person sees them; `needs` is the verb without which nobody has a use for them."""

    key: str
    title: str | Promise
    choose: Callable[[ReviewQuerySet, User], QuerySet[Review]]
    needs: Verb | None = None
    counted: bool = True

    @property
    def url(self) -> str:
        """Where the queue is."""
        url = reverse("admin:claims_review_changelist")
        return f"{url}?queue={self.key}" if self.key else url


@dataclass(frozen=True, slots=True)
class Tab:
    """A queue as one page of the desk offers it."""

    title: str | Promise
    url: str
    count: str
    current: bool


REVIEW_QUEUES = (
    ReviewQueue(
        "mine",
        _("Mine"),
        lambda reviews, person: reviews.assigned_to(person),
        Verb.PROPOSE_VERDICT,
    ),
    ReviewQueue(
        "approve",
        _("Awaiting my approval"),
        lambda reviews, person: reviews.awaiting_approval_by(person),
        Verb.APPROVE_VERDICT,
    ),
    ReviewQueue(
        "returned",
        _("Returned to me"),
        lambda reviews, person: reviews.proposed_by(person, ReviewState.RETURNED),
        Verb.PROPOSE_VERDICT,
    ),
    ReviewQueue("unassigned", _("Unassigned"), lambda reviews, person: reviews.untaken()),
    ReviewQueue(
        "overdue",
        _("Overdue"),
        lambda reviews, person: reviews.overdue(timezone.localdate()),
    ),
    ReviewQueue(IN_PROGRESS, _("All in progress"), lambda reviews, person: reviews.active()),
    ReviewQueue(ENDED, _("Ended"), lambda reviews, person: reviews.ended(), counted=False),
)
BY_KEY = {queue.key: queue for queue in REVIEW_QUEUES}


def queue_url(key: str) -> str:
    """Return where a queue of reviews is."""
    return BY_KEY[key].url


def bounded(rows: QuerySet[Any]) -> str:
    """Return how many rows there are, up to 99; beyond that only that there are more."""
    number = rows.order_by().values("pk")[: COUNTED + 1].count()
    return f"{COUNTED}+" if number > COUNTED else str(number)


def tabs(person: User, current: str) -> list[Tab]:
    """Return the queues this person has a use for, `current` naming the one that is open."""
    return [*_review_tabs(person, current), *_other_tabs(person, current)]


def _review_tabs(person: User, current: str) -> Iterator[Tab]:
    if not person.has_perm("claims.view_review"):
        return
    for queue in REVIEW_QUEUES:
        if queue.needs is None or person.has_perm(f"claims.{queue.needs}"):
            rows = queue.choose(Review.objects.all(), person)
            count = bounded(rows) if queue.counted else ""
            yield Tab(queue.title, queue.url, count, queue.key == current)


def _other_tabs(person: User, current: str) -> Iterator[Tab]:
    if person.has_perm("claims.view_claim"):
        url = reverse("admin:claims_review_stale")
        count = bounded(Claim.objects.stale(timezone.localdate()))
        yield Tab(_("Stale verdicts"), url, count, current == "stale")
    if person.has_perm("claims.view_readerreport"):
        url = reverse("admin:claims_readerreport_changelist")
        count = bounded(ReaderReport.objects.waiting())
        yield Tab(_("Reader reports"), url, count, current == "reports")
