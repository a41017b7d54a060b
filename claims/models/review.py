"""The internal work on a claim: reviews and proposals. None of it is public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import SECRET_RATING_STATES, NoticeKind, Priority, RatingState
from claims.models.claim import Claim
from claims.models.conflict import ConflictOfInterest
from claims.models.evidence import Evidence
from claims.models.few_rows import SavedByColumns
from claims.models.fields import known_value
from claims.models.method import MethodVersion
from claims.models.parties import Claimant
from claims.models.sameness import merged_with
from claims.models.user import User
from claims.models.wording import Wording
from claims.vocabulary import (
    ACTIVE_REVIEW_STATES,
    Cause,
    ReviewReason,
    ReviewState,
    VerificationStatus,
)

# The order of every queue: priority, then the day it is due, then age.
PRESSING = ("-priority", models.F("due_on").asc(nulls_last=True), "opened_at", "pk")


def known_since(opened_at: datetime, published_at: datetime | None) -> datetime:
    """Return since when readers may know of a review of a claim."""
    return datetime.combine(max(opened_at, published_at or opened_at).astimezone(UTC), time(), UTC)


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reads of reviews. The queues put the most pressing first."""

    def active(self) -> Self:
        """Reviews in which there is still something to do."""
        return self.filter(state__in=ACTIVE_REVIEW_STATES)

    def ended(self) -> Self:
        """Reviews that led to a verdict or were closed without one."""
        return self.exclude(state__in=ACTIVE_REVIEW_STATES)

    def most_pressing_first(self) -> Self:
        """Order by priority, then by the day it is due (those without one last), then the longest waiting first."""
        return self.order_by(*PRESSING)

    def with_proposal(self) -> Self:
        """Each with its claim, its assignee, and who proposed what last.

        What was proposed is left out while somebody may still have to rate the claim without knowing it.
        """
        latest = Proposal.objects.filter(review=models.OuterRef("pk")).order_by("-pk")
        shown = latest.exclude(review__rating_state__in=SECRET_RATING_STATES)
        return self.select_related("claim__claimant", "assignee").annotate(
            proposer=models.Subquery(latest.values("by")[:1]),
            proposer_name=models.Subquery(latest.values("by__public_name")[:1]),
            proposed_status=models.Subquery(shown.values("status")[:1]),
        )

    def awaiting_approval_by(self, person: User) -> Self:
        """Verdicts that somebody else proposed, so that `person` may decide on them."""
        proposed = self.with_proposal().filter(state=ReviewState.PROPOSED)
        free = proposed.exclude(proposer=person.pk).without_conflict_of(person)
        return free.without_rating_of(person).most_pressing_first()

    def without_rating_of(self, person: User) -> Self:
        """Reviews that do not wait for the rating of somebody else, `person` having given theirs."""
        rated = Review.objects.filter(pk=models.OuterRef("pk"), ratings__by=person)
        return self.exclude(models.Exists(rated), rating_state__in=SECRET_RATING_STATES)

    def without_conflict_of(self, person: User) -> Self:
        """Reviews that no conflict of interest of `person` binds; takes a query of its own to know them."""
        reach = ConflictOfInterest.objects.of(person).in_force().reach()
        if not reach:
            return self
        return self.exclude(claim__in=reach.claims).exclude(claim__claimant__in=reach.claimants)

    def proposed_by(self, person: User, *states: ReviewState) -> Self:
        """Reviews in these states whose latest proposal is this person's."""
        mine = self.with_proposal().filter(state__in=states, proposer=person.pk)
        return mine.most_pressing_first()

    def assigned_to(self, person: User) -> Self:
        """Reviews this person has to work on."""
        states = (ReviewState.OPEN, ReviewState.ASSIGNED)
        return self.with_proposal().filter(state__in=states, assignee=person).most_pressing_first()

    def untaken(self) -> Self:
        """Open reviews that belong to nobody yet."""
        free = self.with_proposal().filter(state=ReviewState.OPEN, assignee=None)
        return free.most_pressing_first()

    def overdue(self, day: date) -> Self:
        """Reviews that should have ended before `day`."""
        return self.with_proposal().active().filter(due_on__lt=day).most_pressing_first()

    def overdue_untold(self, day: date) -> Self:
        """Overdue reviews whose assignee was not told so since the day they were due."""
        told = Review.objects.filter(
            pk=models.OuterRef("pk"),
            notices__kind=NoticeKind.OVERDUE,
            notices__person=models.OuterRef("assignee"),
            notices__at__date__gt=models.OuterRef("due_on"),
        )
        late = self.active().filter(due_on__lt=day, assignee__is_active=True)
        return late.exclude(models.Exists(told)).select_related("claim", "assignee")

    def counted_by_state_and_age(
        self, ages: Sequence[tuple[str, datetime]], *, oldest: str
    ) -> Counter[tuple[str, str]]:
        """Return how many reviews in progress are in each state and of each age.

        `ages` names each age with the moment after which its reviews were opened, the youngest first.
        """
        young = [models.When(opened_at__gt=after, then=models.Value(name)) for name, after in ages]
        age = models.Case(*young, default=models.Value(oldest), output_field=models.CharField())
        counted = self.active().order_by().values_list("state").annotate(age=age)
        rows = counted.annotate(number=models.Count("pk"))
        return Counter({(state, of_age): number for state, of_age, number in rows})

    def opened_before(self, moment: datetime) -> Self:
        """Reviews that are older than `moment`."""
        return self.filter(opened_at__lt=moment)

    def public_of(self, claims: Collection[int]) -> Self:
        """Reviews in progress of any of the claims with these keys that readers may know of, with the claims."""
        return (
            self.active()
            .filter(claim__in=claims, claim__published_at__isnull=False)
            .select_related("claim")
        )

    def of_claimant(self, claimant: int) -> Self:
        """Reviews of claims attributed to the claimant with this key, or to somebody who was found to be the same."""
        return self.filter(claim__claimant__in=merged_with(Claimant, {claimant}))

    def under_topic(self, slug: str) -> Self:
        """Reviews of claims filed under a topic."""
        return self.filter(claim__filings__topic__slug=slug)


class Review(SavedByColumns):
    """One case of work on one claim, from its opening to an approved verdict or its closing."""

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="reviews"
    )
    reason = models.CharField(_("reason"), max_length=16, choices=ReviewReason.choices)
    state = models.CharField(
        _("state"), max_length=8, choices=ReviewState.choices, default=ReviewState.OPEN
    )
    note = models.TextField(blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL, db_default=Priority.NORMAL
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    needs_second_rating = models.BooleanField(default=False, db_default=False)
    rating_state = models.CharField(
        max_length=10,
        choices=RatingState.choices,
        default=RatingState.NOT_ASKED,
        db_default=RatingState.NOT_ASKED,
        help_text="Cached: what the ratings add up to",
    )
    method = models.ForeignKey(
        MethodVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose checklist it goes by: the newest when it was opened",
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews_opened")
    opened_at = models.DateTimeField(db_default=Now())
    assignee = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews_assigned",
        db_index=False,
    )
    decided_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews_decided",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)
    entry_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="The history entry of its claim that it ended with"
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ("view",)
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "opened_at"], name="review_queue"),
            models.Index(fields=["assignee", "state"], name="review_of_assignee"),
            models.Index(
                fields=["-priority", "due_on", "opened_at", "id"],
                condition=models.Q(state__in=ACTIVE_REVIEW_STATES),
                name="review_pressing",
            ),
            models.Index(
                fields=["-decided_at", "-id"],
                condition=~models.Q(state__in=ACTIVE_REVIEW_STATES),
                name="review_last_ended",
            ),
            models.Index(
                fields=["due_on"],
                condition=models.Q(state__in=ACTIVE_REVIEW_STATES),
                name="review_due",
            ),
        ]
        constraints = [
            known_value("review_state_known", "state", ReviewState),
            models.CheckConstraint(
                name="review_priority_known", condition=models.Q(priority__in=Priority.values)
            ),
            known_value("review_reason_known", "reason", ReviewReason),
            known_value("review_rating_state_known", "rating_state", RatingState),
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(state__in=ACTIVE_REVIEW_STATES),
                name="review_one_active",
                violation_error_message=_("This claim already has a review in progress."),
            ),
        ]

    def __str__(self) -> str:
        said = {"number": self.pk, "state": self.get_state_display()}
        return gettext("Review %(number)d: %(state)s") % said

    @property
    def public_since(self) -> datetime:
        """Since when readers may know of the review: midnight of the day, and never from before the first verdict."""
        return known_since(self.opened_at, self.claim.published_at)

    def latest_proposal(self) -> Proposal | None:
        """Return the proposal now under discussion."""
        return self.proposals.order_by("-pk").first()


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reads of proposals."""

    def with_basis(self) -> Self:
        """Fetch along who made them, on which wording, and the evidence they rest on."""
        pieces = models.Prefetch("evidence", Evidence.objects.select_related("entry"))
        return self.select_related("by", "wording__entry").prefetch_related(pieces)


class Proposal(models.Model):
    """A verdict one person proposes and another approves or returns."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="proposals")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=VerificationStatus.choices)
    cause = models.CharField(max_length=16, choices=Cause.choices)
    rationale = models.TextField()
    known = models.TextField(blank=True)
    not_known = models.TextField(blank=True)
    would_settle = models.TextField(blank=True)
    single_source_reason = models.TextField(blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="+", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    at = models.DateTimeField(db_default=Now())
    returned_because = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["review_id", "pk"]
        constraints = [
            known_value("proposal_status_known", "status", VerificationStatus),
            known_value("proposal_cause_known", "cause", Cause),
        ]

    def __str__(self) -> str:
        said = {"status": self.get_status_display(), "who": self.by}
        return gettext("%(status)s, proposed by %(who)s") % said
