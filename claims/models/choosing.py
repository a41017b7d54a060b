"""Reads by which readers choose among claims, and the counts that tell them what there is to choose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Coalesce

from claims.models.counting import CountingQuerySet
from claims.vocabulary import ACTIVE_REVIEW_STATES

FEW = 1_000  # claims that are named one by one
LARGE = 5_000  # claims of a topic that are looked up to be put in order: it takes some 20 ms

if TYPE_CHECKING:
    from claims.models.claim import Claim
    from claims.models.publisher import Publisher
    from claims.models.user import User


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """What facets count of a claim: its key, its status (None: withdrawn) and the key of who makes it."""

    key: int
    status: str | None
    claimant: int | None


class ChoosingQuerySet(CountingQuerySet):
    """What lists of claims are narrowed by, and counts over what is left."""

    def recorded(self) -> Self:
        """Claims that have a history: in a rebuilt register there are some of which only the id is known."""
        return self.filter(head_number__gt=0)

    def with_status(self, status: str) -> Self:
        """Claims whose last verdict says `status`."""
        return self.filter(status=status)

    def without_verdict_in_force(self) -> Self:
        """Claims whose last verdict was withdrawn, and those that never had one."""
        return self.filter(status=None)

    def with_verdict_in_force(self) -> Self:
        """Claims that have a status."""
        return self.filter(status__isnull=False)

    def in_language(self, primary: str) -> Self:
        """Claims worded in a language, given without region, whatever region the wording's tag names."""
        regional = models.Q(language__startswith=f"{primary}-")
        return self.filter(models.Q(language=primary) | regional)

    def made_or_judged_since(self, day: date) -> Self:
        """Claims that were made, or had their status set, on that day (UTC) or later."""
        judged = models.Q(status_since__gte=datetime.combine(day, time.min, UTC))
        return self.filter(judged | models.Q(said_on__gte=day))

    def being_checked(self) -> Self:
        """Claims of which a review is in progress."""
        reviewed = self.model.objects.filter(reviews__state__in=ACTIVE_REVIEW_STATES)
        return self.filter(pk__in=reviewed.order_by().values("reviews__claim"))

    def with_changed_status(self) -> Self:
        """Claims whose status is not the one they were published with, or was another in between."""
        return self.filter(status_since__gt=models.F("published_at"))

    def owning(self, claim: str) -> models.Q:
        """A condition on rows of another table: that the claim they name by that column is one of these; one query.

        Few claims are named, and what belongs to them is looked up. Of many, the claim of each row is looked at on the
        way through the rows in their order, which ends with the page.
        """
        keys = sorted(self.order_by().values_list("pk", flat=True)[: FEW + 1])
        if len(keys) <= FEW:
            return models.Q(**{f"{claim}__in": keys})
        return models.Q(models.Exists(self.order_by().filter(pk=models.OuterRef(claim))))

    def under_topic(self, slug: str) -> Self:
        """Claims filed under a topic."""
        return self.filter(filings__topic__slug=slug)

    def listed_under_topic(self, slug: str) -> Self:
        """Claims filed under a topic, to be read a page at a time; one query.

        Those of a small topic are looked up and put in order. Of a large one, each claim is asked on the way through
        all in their order, which ends with the page: SQLite has no idea how large a topic is.
        """
        from claims.models.topic import ClaimTopic  # which stands on the claims

        filed = ClaimTopic.objects.filter(topic__slug=slug).order_by()
        if not filed[LARGE:].exists():
            return self.under_topic(slug)
        return self.filter(models.Exists(filed.filter(claim=models.OuterRef("pk"))))

    def carried_by(self, publisher: Publisher) -> Self:
        """Claims that stand in an article of `publisher`: found there, and not withdrawn from it."""
        from claims.models.wording import Appearance  # which stands on the claims

        places = Appearance.objects.not_withdrawn().filter(article__publisher=publisher)
        return self.filter(pk__in=places.order_by().values("claim"))

    def with_evidence(self, stance: str) -> Self:
        """Claims with evidence of a stance that was not withdrawn."""
        from claims.models.evidence import Evidence  # which stands on the claims

        pieces = Evidence.objects.filter(stance=stance).standing()
        return self.filter(models.Exists(pieces.filter(claim=models.OuterRef("pk"))))

    def said_between(self, first: date | None, last: date | None) -> Self:
        """Claims made on one of these days by their wording in force; of a month or a year, its first day counts."""
        return self._between("said_on", first, last)

    def with_day_said(self) -> Self:
        """Claims of which it is known, more or less exactly, when they were made."""
        return self.filter(said_on__isnull=False)

    def published_between(self, first: datetime | None, last: datetime | None) -> Self:
        """Claims whose first verdict was recorded between these moments, both included."""
        return self._between("published_at", first, last)

    def changed_between(self, first: datetime | None, last: datetime | None) -> Self:
        """Claims whose status was set, or taken back, between these moments, both included."""
        return self._between("status_since", first, last)

    def _between(self, column: str, first: date | None, last: date | None) -> Self:
        found = self.filter(**{f"{column}__gte": first}) if first else self
        return found.filter(**{f"{column}__lte": last}) if last else found

    def status_set_from(self, day: date) -> Self:
        """Claims whose status the register set, or took back, on that day (UTC) or later."""
        return self.filter(status_since__gte=datetime.combine(day, time.min, UTC))

    def status_set_until(self, day: date) -> Self:
        """Claims whose status the register set, or took back, on that day (UTC) or earlier."""
        return self.filter(status_since__lte=datetime.combine(day, time.max, UTC))

    def older_than(self, moment: datetime, public_id: str) -> Self:
        """Claims that come after that one, last set at `moment`, in the order of `newest_first`."""
        last = self.model.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(status_since=moment, pk__lt=models.Subquery(last))
        return self.filter(models.Q(status_since__lt=moment) | same_moment)

    def newer_than(self, moment: datetime, public_id: str) -> Self:
        """Claims that come before that one, last set at `moment`, in the order of `newest_first`."""
        last = self.model.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(status_since=moment, pk__gt=models.Subquery(last))
        return self.filter(models.Q(status_since__gt=moment) | same_moment)

    def last_act_at(self) -> datetime | None:
        """Return when the last act on any of the claims was recorded; None where there are none."""
        return self.order_by("-head_at").values_list("head_at", flat=True).first()

    def first_published_first(self) -> Self:
        """Order by the moment of publication, the first first."""
        return self.order_by("published_at", "pk")

    def newest_first(self) -> Self:
        """Order by the moment the status was last set, the newest first."""
        return self.order_by("-status_since", "-pk")

    def oldest_first(self) -> Self:
        """Order by the moment the status was last set, the oldest first."""
        return self.order_by("status_since", "pk")

    def status_counts(self) -> dict[str | None, int]:
        """Return how many claims have each status; None counts those whose verdict was withdrawn."""
        counted = self.order_by().values_list("status").annotate(number=models.Count("pk"))
        return dict(counted)

    def newest_rows(self, most: int) -> list[ChosenRow]:
        """Return what facets count of the `most` newest claims; one query.

        Whoever was found to be another claimant counts as that other.
        """
        who = Coalesce("claimant__merged_into", "claimant")
        newest = self.order_by("-status_since", "-pk").annotate(who=who)
        rows = newest.values_list("pk", "status", "who")[:most]
        return [ChosenRow(key, status, claimant) for key, status, claimant in rows]

    def among(self, keys: Collection[int]) -> Self:
        """Claims with one of these keys."""
        return self.filter(pk__in=keys)

    def open_to(self, person: User) -> Self:
        """Claims that `person` may add to through the API: public ones, and those that they recorded themselves."""
        own = self.model.objects.filter(entries__number=1, entries__by=person)
        mine = models.Q(pk__in=own.order_by().values("pk"))
        return self.filter(models.Q(published_at__isnull=False) | mine)

    def stored_documents(self) -> models.QuerySet[Claim, tuple[str, str, bytes, datetime]]:
        """Of each claim's stored document the JSON, its SHA-256, the hash of the last act, and when it was made."""
        stored = self.filter(document__isnull=False)
        return stored.values_list(
            "document__body", "document__sha256", "head_hash", "document__stored_at"
        )

    def document_marks(self) -> models.QuerySet[Claim, tuple[str, bytes, datetime]]:
        """Of each claim's stored document all that `stored_documents` has but the document itself."""
        stored = self.filter(document__isnull=False)
        return stored.values_list("document__sha256", "head_hash", "document__stored_at")

    def past_documents(self) -> models.QuerySet[Claim, tuple[Any, ...]]:
        """Of each claim what an earlier document is made of: its key, when it was published and last acted on, the hash
        of that act, and the stored document with its SHA-256, or None for each where none is stored.
        """
        moments = ("published_at", "head_at")
        return self.values_list("pk", *moments, "head_hash", "document__body", "document__sha256")

    def past_parts(self, moment: datetime, *parts: str) -> models.QuerySet[Claim, tuple[Any, ...]]:
        """These columns of each claim, among them `untouched`, whether nothing was recorded on it after `moment`, and
        `body_since`, the stored document where something was.
        """
        same = models.Q(head_at__lte=moment)
        kept = models.When(same, then=models.Value(None))
        marked: Self = self.annotate(
            untouched=models.ExpressionWrapper(same, models.BooleanField()),
            body_since=models.Case(kept, default="document__body"),
        )
        return marked.values_list(*parts)

    def worded_summaries(self) -> models.QuerySet[Claim, tuple[int, str, str]]:
        """The key of each claim, its wording in force and the JSON of what lists show of it."""
        stored = self.filter(document__isnull=False)
        return stored.values_list("pk", "wording", "document__summary")
