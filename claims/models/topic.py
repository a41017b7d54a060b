"""Topics: what claims are about, and how often those filed there are looked at again.

Readers see a topic's name once a published claim is filed there; how often it is looked at again, who filed a claim
and when are internal.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.counting import CountOf, most_counted
from claims.models.user import User

COUNTED = 1_000


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reads of topics."""

    def of_claim(self, claim: Claim) -> Self:
        """The topics that `claim` is filed under."""
        return self.filter(filings__claim=claim)

    def named(self, name: str) -> Self:
        """The topic of that name, capitals aside."""
        return self.filter(name__iexact=name)

    def called(self, slug: str) -> Self:
        """The topic with that slug."""
        return self.filter(slug=slug)

    def in_public(self) -> Self:
        """Those under which a claim stands that public lists show; readers hear of no others."""
        listed = Claim.objects.listed().filter(filings__topic=models.OuterRef("pk"))
        return self.filter(models.Exists(listed))

    def with_claim_count(self) -> Self:
        """Each with `claim_count`: how many claims that public lists show are filed there.

        Beyond `COUNTED` nobody counts on: then it is one more.
        """
        listed = Claim.objects.listed().filter(filings__topic=models.OuterRef("pk")).order_by()
        return self.annotate(claim_count=CountOf(listed.values("pk")[: COUNTED + 1]))

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("name")


class Topic(models.Model):
    """A subject of claims, such as “Energy”."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    recheck_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_(
            "After how many days a verdict here is looked at again; empty: never by itself"
        ),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="topic_name_once"),
            models.CheckConstraint(name="topic_named", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="topic_recheck_positive",
                condition=models.Q(recheck_days__isnull=True) | models.Q(recheck_days__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimTopicQuerySet(models.QuerySet["ClaimTopic"]):
    """Reads of filings."""

    def by_name(self) -> Self:
        """Fetch the topics along, in the order of their names."""
        return self.select_related("topic").order_by("topic__name")

    def topic_counts(self, *, most: int) -> dict[int, int]:
        """Return the keys of the `most` topics with the most claims, and how many each has."""
        return most_counted(self, "topic", most=most)

    def of_any(self, claims: Collection[int]) -> Self:
        """The filings of any of the claims with these keys, with their topics."""
        return self.filter(claim__in=claims).select_related("topic")


class ClaimTopic(models.Model):
    """One claim filed under one topic."""

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="filings", db_index=False
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="filings")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(db_default=Now())

    objects = ClaimTopicQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["claim", "topic"], name="claim_topic_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} under {self.topic_id}"
