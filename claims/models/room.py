"""What people leave in a review while they work on it: notes, ticks, ratings, links for experts. All internal."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.models.evidence import Evidence
from claims.models.fields import known_value
from claims.models.method import ChecklistItem
from claims.models.private_links import token_digest
from claims.models.review import Proposal, Review
from claims.models.user import User
from claims.vocabulary import ACTIVE_REVIEW_STATES, ReviewState, VerificationStatus


class ReviewNote(models.Model):
    """A remark to colleagues. It is corrected by a further one."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(help_text="Markdown")
    mentions = models.ManyToManyField(User, related_name="+", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        ordering = ["review_id", "pk"]

    def __str__(self) -> str:
        return f"Note {self.pk} on review {self.review_id}"


class ReviewCheck(models.Model):
    """One item of the checklist that one person saw to, or found not to apply here."""

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="checks", db_index=False
    )
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    not_applicable = models.CharField(
        max_length=300, blank=True, help_text="Why it does not apply; empty where it was done"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["review", "item"], name="item_checked_once")]

    def __str__(self) -> str:
        return f"{self.item_id} on review {self.review_id}"


class RatingQuerySet(models.QuerySet["Rating"]):
    """Reads of ratings."""

    def first_with_second(self) -> Counter[tuple[str, str]]:
        """Count the reviews that have ended by the statuses of their first and their second blind rating.

        Those in progress are left out: from figures that move with each rating, somebody could tell what was rated.
        """
        same = Rating.objects.filter(review=models.OuterRef("review"), blind=True).order_by("pk")
        blind = self.filter(blind=True).exclude(review__state__in=ACTIVE_REVIEW_STATES)
        first = blind.exclude(models.Exists(same.filter(pk__lt=models.OuterRef("pk"))))
        next_one = same.filter(pk__gt=models.OuterRef("pk")).values("status")[:1]
        pairs = first.annotate(second=models.Subquery(next_one)).filter(second__isnull=False)
        rows = pairs.order_by().values_list("status", "second").annotate(number=models.Count("pk"))
        return Counter({(one, other): number for one, other, number in rows})


class Rating(models.Model):
    """What one person thinks a claim's status should be. Whoever proposes first rates by proposing."""

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="ratings", db_index=False
    )
    status = models.CharField(max_length=12, choices=VerificationStatus.choices)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    blind = models.BooleanField(help_text="Given without having seen what others proposed or rated")

    objects = RatingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "by"], name="rated_once_by_each"),
            known_value("rating_status_known", "status", VerificationStatus),
        ]

    def __str__(self) -> str:
        return f"Rating {self.pk} in review {self.review_id}"


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Reads of preview links."""

    def open_at(self, moment: datetime) -> Self:
        """Links that lead somewhere: not revoked, not expired, to what waits for a decision."""
        newer = Proposal.objects.filter(
            review=models.OuterRef("proposal__review"), pk__gt=models.OuterRef("proposal")
        )
        live = self.filter(revoked_at=None, expires_at__gt=moment)
        under_discussion = live.filter(proposal__review__state=ReviewState.PROPOSED)
        return under_discussion.exclude(models.Exists(newer))

    def opened_with(self, token: str) -> Self:
        """The link whose secret is `token`, with what it shows. The secret is looked up by its digest alone."""
        pieces = models.Prefetch("proposal__evidence", Evidence.objects.select_related("entry"))
        found = self.filter(token_digest=token_digest(token))
        return found.select_related(
            "proposal__by", "proposal__review__claim", "proposal__wording__entry"
        ).prefetch_related(pieces)


class PreviewLink(models.Model):
    """An address at which one person outside reads one proposed verdict. Its secret is not kept."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="previews")
    label = models.CharField(max_length=120, help_text="For whom it is; stands across the page")
    token_digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Preview for {self.label}"
