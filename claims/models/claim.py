"""The claim itself: a projection of its history, never the other way round."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article, slug_of
from claims.models.few_rows import SavedByColumns
from claims.models.fields import PublicIdField, known_value
from claims.models.parties import Claimant
from claims.models.past import PastQuerySet
from claims.models.sameness import merged_with
from claims.vocabulary import (
    ACTIVE_REVIEW_STATES,
    CHECKABLE_KINDS,
    Act,
    ClaimKind,
    Verb,
    VerificationStatus,
)

NO_HASH = bytes(32)
# The order of the stale: verdicts that lost evidence, then what is longest due.
LONGEST_STALE = (models.F("due_since").asc(nulls_first=True), "status_since", "pk")


class ClaimQuerySet(PastQuerySet):
    """Reads of claims."""

    def published(self) -> Self:
        """Claims the public may see: those that ever had a verdict."""
        return self.filter(published_at__isnull=False)

    def standing(self) -> Self:
        """Claims that were neither merged into another nor discarded."""
        # "IS NULL" would lure SQLite from the index of the order to that of merged_into, and into sorting.
        return self.exclude(merged_into__isnull=False).exclude(discarded_at__isnull=False)

    def listed(self) -> Self:
        """Claims that public lists show."""
        return self.published().standing()

    def by_claimant(self, claimant: Claimant) -> Self:
        """Claims that the register attributes to `claimant`, or to somebody who was found to be the same."""
        return self.filter(claimant__in=claimant.same)

    def of_claimant(self, key: int) -> Self:
        """Claims attributed to the claimant with this key, or to somebody who was found to be the same."""
        return self.filter(claimant__in=merged_with(Claimant, {key}))

    def appearing_in(self, article: Article) -> Self:
        """Claims that were found in `article`."""
        return self.filter(pk__in=article.appearances.values("claim"))

    def voiced_by(self, claimant: Claimant) -> Self:
        """Claims that `claimant`, by any of their records, speaks of in some article, whoever makes them."""
        speaks = models.Q(appearances__speaker__in=claimant.same)
        named = Claim.objects.filter(speaks, appearances__speaker_name__isnull=False)
        return self.filter(pk__in=named.order_by().values("pk"))

    def not_by(self, claimant: Claimant) -> Self:
        """Claims that the register attributes to somebody else, or to nobody."""
        return self.exclude(claimant__in=claimant.same)

    def known_as(self, public_id: str) -> Self:
        """The claim with that public id."""
        return self.filter(public_id=public_id)

    def saying(self, **said: Collection[Any]) -> Self:
        """Claims whose wording in force has, of each of these, one of the values."""
        return self.filter(**{f"{name}__in": values for name, values in said.items()})

    def of_words(self, keys: Collection[str]) -> Self:
        """Claims whose wording in force has one of these keys (`claims.interop.statements.words_key`)."""
        return self.filter(words_key__in=keys)

    def stored_summaries(self) -> models.QuerySet[Claim, tuple[datetime | None, str, str]]:
        """What lists show of each claim: when its status was set, its public id and its JSON."""
        stored = self.filter(document__isnull=False)
        return stored.values_list("status_since", "public_id", "document__summary")

    def stored_parts(self, *parts: str) -> models.QuerySet[Claim, tuple[Any, ...]]:
        """These columns of each claim and of what is stored beside it, such as `document__summary`."""
        return self.filter(document__isnull=False).values_list(*parts)

    def with_document(self) -> Self:
        """Fetch the stored public document along."""
        return self.select_related("document")

    def with_summary(self) -> Self:
        """Fetch along what lists show of the stored public document."""
        return self.select_related("document").defer("document__body")

    def with_survivor(self) -> Self:
        """Fetch along the claim that each was merged into."""
        return self.select_related("merged_into")

    def with_claimant(self) -> Self:
        """Fetch the claimant along."""
        return self.select_related("claimant")

    def with_identity(self) -> Self:
        """Each with `claimant_item`: what Wikidata calls whoever makes it, or whom they were found to be; or ""."""
        survivor = models.F("claimant__merged_into__wikidata")
        own = models.F("claimant__wikidata")
        return self.annotate(claimant_item=Coalesce(survivor, own, models.Value("")))

    def page_marks(self) -> models.QuerySet[Claim, tuple[str, str, str]]:
        """Of each claim with a page of its own what changes with it, but for the claims it is related to:
        the SHA-256 of its document, what stands around it, and what Wikidata calls its claimant.
        """
        shown = self.with_identity().filter(document__isnull=False, merged_into__isnull=True)
        return shown.values_list("document__sha256", "document__around", "claimant_item")

    def with_progress(self) -> Self:
        """Each with its claimant, the state of its review in progress, and its last act."""
        same = Claim.objects.filter(pk=models.OuterRef("pk")).order_by()
        review = same.filter(reviews__state__in=ACTIVE_REVIEW_STATES)
        head = same.filter(entries__number=models.F("head_number"))
        return self.select_related("claimant").annotate(
            review_state=models.Subquery(review.values("reviews__state")[:1]),
            last_act=models.Subquery(head.values("entries__act")[:1]),
        )

    def on_withdrawn_evidence(self) -> Self:
        """Claims in whose verdict in force some evidence stands that was withdrawn since, the longest ruled first."""
        same = Claim.objects.filter(pk=models.OuterRef("pk")).order_by()
        verdicts = same.filter(verdicts__isnull=False).order_by("-verdicts")
        withdrawn = same.filter(
            verdicts=models.OuterRef("in_force"),
            entries__act=Act.EVIDENCE_WITHDRAWN,
            entries__about=models.F("verdicts__rests_on__evidence__entry__number"),
        )
        # First the few claims that lost any evidence: nobody looks at every verdict for them.
        losers = Claim.objects.filter(entries__act=Act.EVIDENCE_WITHDRAWN).order_by().values("pk")
        ruled = self.standing().exclude(status=None).filter(pk__in=losers)
        ruled = ruled.alias(in_force=models.Subquery(verdicts.values("verdicts")[:1]))
        return ruled.filter(models.Exists(withdrawn)).with_claimant().order_by("status_since", "pk")

    def due_for_another_look(self, day: date) -> Self:
        """Claims whose day to be looked at again has come."""
        return self.standing().filter(recheck__due_on__lte=day)

    def stale(self, day: date) -> Self:
        """Claims due for another look and verdicts on withdrawn evidence, the longest due or ruled first.

        Each with its progress and, where it is due, the day as `due_since`; `lost` says whether evidence of
        its verdict was withdrawn.
        """
        same = Claim.objects.order_by()
        due, shaken = same.due_for_another_look(day), same.on_withdrawn_evidence().order_by()
        both = due.values("pk").union(shaken.values("pk"))
        seen = shaken.filter(pk=models.OuterRef("pk"))
        found = self.filter(pk__in=both).with_progress()
        found = found.annotate(due_since=models.F("recheck__due_on"), lost=models.Exists(seen))
        return found.order_by(*LONGEST_STALE)

    def unreviewed(self) -> Self:
        """Claims that could be checked and that nobody has taken up, the longest waiting first."""
        return self.never_taken_up().with_claimant().order_by("pk")

    def never_taken_up(self) -> Self:
        """Claims that could be checked and that nobody has taken up, in the order they are in."""
        waiting = self.standing().filter(published_at=None, kind__in=sorted(CHECKABLE_KINDS))
        return waiting.filter(reviews__isnull=True)


class Claim(SavedByColumns):
    """One checkable statement. Every column below the id is a cache of what the history says."""

    public_id = PublicIdField()
    created_at = models.DateTimeField(db_default=Now())
    head_number = models.PositiveIntegerField(default=0)
    head_hash = models.BinaryField(max_length=32, default=NO_HASH)
    head_at = models.DateTimeField(null=True)
    wording = models.TextField(_("wording"), blank=True)
    words_key = models.CharField(
        max_length=32, blank=True, db_default="", default="", help_text="Shared by equal words"
    )
    language = models.CharField(max_length=20, default="en")
    kind = models.CharField(
        _("kind"), max_length=10, choices=ClaimKind.choices, default=ClaimKind.FACT
    )
    claimant = models.ForeignKey(
        Claimant,
        verbose_name=_("claimant"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        db_index=False,
    )
    said_on = models.DateField(null=True, blank=True)
    status = models.CharField(  # noqa: DJ001  (NULL: no verdict; an empty word is no status)
        _("status"),
        max_length=12,
        choices=VerificationStatus.choices,
        null=True,
        blank=True,
    )
    status_since = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        permissions = [(verb.value, verb.label) for verb in Verb]
        indexes = [
            models.Index(fields=["status", "-status_since", "-id"], name="claim_by_status"),
            models.Index(fields=["claimant", "-status_since", "-id"], name="claim_by_claimant"),
            models.Index(fields=["-status_since", "-id"], name="claim_newest"),
            models.Index(
                # Written as `listed` asks, or SQLite does not know it again.
                fields=["status", "claimant", "-status_since", "-id"],
                condition=models.Q(published_at__isnull=False)
                & ~models.Q(merged_into__isnull=False)
                & ~models.Q(discarded_at__isnull=False),
                name="claim_listed_by_status",
            ),
            models.Index(
                fields=["-status_since", "-id"],
                condition=models.Q(status_since__gt=models.F("published_at")),
                name="claim_changed_status",
            ),
            models.Index(fields=["kind", "-status_since", "-id"], name="claim_newest_by_kind"),
            models.Index(fields=["words_key"], name="claim_by_words"),
            models.Index(
                fields=["language", "-status_since", "-id"], name="claim_newest_by_language"
            ),
            models.Index(fields=["-said_on", "-id"], name="claim_by_day_said"),
            models.Index(fields=["-published_at", "-id"], name="claim_first_published"),
            models.Index(fields=["-head_at", "-id"], name="claim_last_act"),
            models.Index(fields=["status", "-head_at", "-id"], name="claim_last_act_by_status"),
            models.Index(fields=["kind", "-head_at", "-id"], name="claim_last_act_by_kind"),
            models.Index(
                fields=["-head_at", "-id"],
                condition=models.Q(published_at=None),
                name="claim_last_act_internal",
            ),
        ]
        constraints = [
            known_value("claim_kind_known", "kind", ClaimKind),
            models.CheckConstraint(
                name="claim_status_known",
                condition=models.Q(status__isnull=True)
                | models.Q(status__in=sorted(VerificationStatus.values)),
            ),
        ]

    def __str__(self) -> str:
        return self.wording or gettext("Claim %(id)s") % {"id": self.public_id}

    @property
    def slug(self) -> str:
        """The readable end of the claim's address."""
        return slug_of(self.wording, "claim")

    @property
    def survivor(self) -> Claim:
        """The claim that lives on where this one was merged away, be it by several steps; else the claim itself."""
        claim = self
        while claim.merged_into is not None:
            claim = claim.merged_into
        return claim

    @property
    def is_published(self) -> bool:
        """Whether readers can see the claim."""
        return self.published_at is not None
