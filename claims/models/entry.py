"""History entries and their tombstones: what happened, in the exact bytes that were hashed.

The database refuses UPDATE and DELETE on every append-only table (`claims.history.triggers`); the one way to write them
is `claims.history.recorder`. Each class says which of its columns are erasable (their salted digests stand in the
entry's hashed bytes) and which are facts (they stand there as they are).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.few_rows import WritesFewRows
from claims.models.fields import ErasableTextField, SaltField, known_value, paired_with_salt
from claims.models.user import User
from claims.models.written import written
from claims.vocabulary import Act, Cause, RedactionReason

VERDICTS = (Act.VERDICT_GIVEN, Act.VERDICT_OVERRIDE, Act.VERDICT_IMPORTED)
STATUS_ACTS = (*VERDICTS, Act.VERDICT_VOIDED)
SUMMARISED = (
    Act.CLAIM_RECORDED,
    Act.CLAIM_REWORDED,
    Act.EVIDENCE_WITHDRAWN,
    *VERDICTS,
    Act.VERDICT_VOIDED,
)
OF_SUMMARIES = ("claim", "number", "act", "recorded_at", "effective_on", "about")
PUT_RIGHT = (Act.VERDICT_VOIDED, Act.EVIDENCE_WITHDRAWN, Act.TEXT_REDACTED)
NO_STATUS, HAS_DAY = models.Value(""), models.Q(effective_on__isnull=False)


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """One act that gave a verdict: what, when, what stood before, and how long a first one had been waited for."""

    at: datetime
    status: str
    before: str | None
    waited: timedelta | None

    @property
    def changed(self) -> bool:
        """Whether it replaced another status."""
        return self.before is not None and self.before != self.status


class HistoryEntryQuerySet(WritesFewRows, models.QuerySet["HistoryEntry"]):
    """Reads of the history."""

    def recorded_until(self, moment: datetime) -> Self:
        """What the register knew at `moment`."""
        return self.filter(recorded_at__lte=moment)

    def numbered(self, public_id: str, number: int) -> Self:
        """The act of that number on the claim with that public id."""
        return self.filter(claim__public_id=public_id, number=number)

    def in_order(self) -> Self:
        """From the first act to the last."""
        return self.order_by("number")

    def of_claims(self, claims: Iterable[Claim]) -> Self:
        """The histories of several claims."""
        return self.filter(claim__in=claims)

    def that_summaries_show(self) -> Self:
        """Acts that change what lists show of a claim, with no more of each than they show."""
        return self.of_acts(*SUMMARISED).only(*OF_SUMMARIES)

    def of_acts(self, *acts: Act) -> Self:
        """These acts of a few claims: by their index, SQLite would look through all there are in the register."""
        return self.alias(kind_of_act=Coalesce("act", NO_STATUS)).filter(kind_of_act__in=acts)

    def of_kind(self, act: Act) -> Self:
        """Acts of one kind, without the hashed bytes."""
        return self.filter(act=act).defer("leaf")

    def last_verdict_first(self) -> Self:
        """Acts that set the status or took it back, the last one first."""
        return self.filter(act__in=written(STATUS_ACTS)).order_by("-number")

    def changes_of_verdict(self) -> Self:
        """Acts that changed a status which readers had seen, of claims that public lists show, the newest first.

        Each with its claim's summary and with the status `before` and `after` it, "" where a verdict was withdrawn. A
        first verdict changes none, nor does one that says the same again. Looks for the claims first: one query.
        """
        earlier = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"), number__lt=models.OuterRef("number")
        ).last_verdict_first()
        # Who changed is published; saying so would lure SQLite from the index of those few to that of all published.
        changed = Claim.objects.standing().with_changed_status().owning("claim")
        acts = self.filter(changed, models.Exists(earlier), act__in=written(STATUS_ACTS)).annotate(
            before=Coalesce(models.Subquery(earlier.values("verdict__status")[:1]), NO_STATUS),
            after=Coalesce("verdict__status", NO_STATUS),
        )
        along = acts.exclude(before=models.F("after")).select_related("claim__document", "verdict")
        return along.defer("leaf", "claim__document__body").newest_first()

    def in_effect_on(self, day: date, *, known_at: datetime) -> Self:
        """The verdict of each claim that held on `day`, as far as was known at `known_at`.

        It is the last that had taken effect; where that one was voided by `known_at`, none held.
        """
        effective = Coalesce("effective_on", TruncDate("recorded_at", tzinfo=UTC))
        known = HistoryEntry.objects.recorded_until(known_at).filter(claim=models.OuterRef("claim"))
        voided = known.of_acts(Act.VERDICT_VOIDED).filter(about=models.OuterRef("number"))
        later = known.of_acts(*VERDICTS).alias(effective=effective)
        later = later.filter(effective__lte=day).filter(
            models.Q(effective__gt=models.OuterRef("effective"))
            | models.Q(effective=models.OuterRef("effective"), number__gt=models.OuterRef("number"))
        )
        verdicts = self.recorded_until(known_at).of_acts(*VERDICTS).alias(effective=effective)
        in_effect = verdicts.filter(effective__lte=day).exclude(models.Exists(later))
        return in_effect.exclude(models.Exists(voided))

    def verdicts_given_since(self, moment: datetime) -> list[GivenVerdict]:
        """Verdicts that this register gave or took over since `moment`, the first one first."""
        before = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"), act__in=VERDICTS, number__lt=models.OuterRef("number")
        ).order_by("-number")
        given = self.filter(act__in=VERDICTS, recorded_at__gte=moment).order_by("recorded_at", "pk")
        rows = given.values_list(
            "recorded_at",
            "verdict__status",
            models.Subquery(before.values("verdict__status")[:1]),
            "claim__created_at",
        )
        return [
            GivenVerdict(at, status, earlier, at - created if earlier is None else None)
            for at, status, earlier, created in rows
        ]

    def corrections(self) -> Self:
        """What was put right in public: corrected verdicts, verdicts taken back, evidence withdrawn, text removed.

        Of published claims alone, and only what came after a claim was published: before, nobody had read it. Each with
        the claim's summary, the status before (`before`) and what evidence was withdrawn (`source`).
        """
        corrected = HistoryEntry.objects.filter(verdict__cause=Cause.CORRECTION).order_by()
        shown = self.filter(models.Q(act__in=PUT_RIGHT) | models.Q(pk__in=corrected.values("pk")))
        shown = shown.filter(recorded_at__gt=models.F("claim__published_at"))
        earlier = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"), number__lt=models.OuterRef("number")
        )
        source = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"), number=models.OuterRef("about")
        ).values_list(Coalesce("evidence__title", "evidence__source_text", "evidence__url"))
        told = shown.annotate(
            before=models.Subquery(earlier.last_verdict_first().values("verdict__status")[:1]),
            source=models.Subquery(source[:1]),
        )
        along = told.select_related("claim__document", "verdict")
        return along.defer("claim__document__body", "leaf")

    def by_month_and_act(self) -> list[tuple[date, str, int]]:
        """Return how many of these acts there were in each month."""
        month = TruncMonth("recorded_at", output_field=models.DateField(), tzinfo=UTC)
        counted = self.order_by().annotate(month=month).values_list("month", "act")
        return list(counted.annotate(times=models.Count("pk")).order_by("month", "act"))

    def status_changes(self) -> list[tuple[str | None, str | None, int]]:
        """Return how often a status of listed claims gave way to another; None is a verdict taken back. One query."""
        acts = self.filter(act__in=written(STATUS_ACTS), claim__in=Claim.objects.listed())
        told = acts.order_by("claim", "-number").values_list("claim", "verdict__status")
        changes = Counter(
            (before, after)
            for (claim, after), (earlier, before) in pairwise(told.iterator())
            if claim == earlier and before != after
        )
        by_name = sorted(changes.items(), key=lambda one: [status or "" for status in one[0]])
        return [(*change, times) for change, times in by_name]

    def newest_first(self) -> Self:
        """From the act recorded last to the first."""
        return self.order_by("-recorded_at", "-claim_id")  # "-claim" is an order of the claims' own

    def older_than(self, moment: datetime, public_id: str) -> Self:
        """Acts that come after the one on that claim at `moment`, in the order of `newest_first`."""
        last = Claim.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(recorded_at=moment, claim__lt=models.Subquery(last))
        return self.filter(models.Q(recorded_at__lt=moment) | same_moment)

    def newer_than(self, moment: datetime, public_id: str) -> Self:
        """Acts that come before the one on that claim at `moment`, in the order of `newest_first`."""
        last = Claim.objects.filter(public_id=public_id).values("pk")
        same_moment = models.Q(recorded_at=moment, claim__gt=models.Subquery(last))
        return self.filter(models.Q(recorded_at__gt=moment) | same_moment)

    def with_verdict(self) -> Self:
        """Fetch along the verdict that an entry brought, its wording, and the other claim of a merger."""
        return self.select_related("verdict__wording", "other_claim")

    def with_log_index(self) -> Self:
        """Each with its place in the log as `log_index`; None while it waits for one."""
        return self.annotate(log_index=models.F("log_leaf__index"))


class HistoryEntry(models.Model):
    """One public act on one claim. `leaf` holds the exact bytes whose hash chains to the next entry."""

    ERASABLE: ClassVar[tuple[str, ...]] = ("by_name", "note")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("act"), max_length=20, choices=Act.choices)
    recorded_at = models.DateTimeField(_("recorded"))
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    about = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The number of the entry this act is about")
    )
    other_claim = models.ForeignKey(Claim, models.PROTECT, related_name="+", null=True, blank=True)
    reason_code = models.CharField(max_length=20, blank=True, choices=RedactionReason.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acts")
    by_name = ErasableTextField(_("by"))
    by_name_salt = SaltField()
    note = ErasableTextField(_("reason"), help_text=_("The reason given in public"))
    note_salt = SaltField()
    prev_hash = models.BinaryField(max_length=32)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32, unique=True)

    objects = HistoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")
        default_permissions = ("view",)
        ordering = ["claim_id", "number"]
        indexes = [
            models.Index(fields=["act", "recorded_at"], name="entry_by_act"),
            models.Index(fields=["act", "-id"], name="entry_newest_by_act"),
            models.Index(
                fields=["claim"],
                condition=models.Q(act=Act.EVIDENCE_WITHDRAWN),
                name="entry_withdrawals",
            ),
            models.Index(
                fields=["claim"],
                condition=models.Q(act=Act.APPEARANCE_WITHDRAWN),
                name="entry_lost_places",
            ),
            models.Index(
                fields=["-recorded_at", "-claim"],
                condition=models.Q(act__in=STATUS_ACTS),
                name="entry_newest_status_act",
            ),
            models.Index(
                fields=["claim", "-number"],
                condition=models.Q(act__in=STATUS_ACTS),
                name="entry_last_status_act",
            ),
            models.Index(fields=["effective_on", "claim"], name="entry_by_day", condition=HAS_DAY),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="entry_numbered_once"),
            known_value("entry_act_known", "act", Act),
            known_value("entry_reason_known", "reason_code", RedactionReason, blank=True),
            models.CheckConstraint(name="entry_number_positive", condition=models.Q(number__gte=1)),
            models.CheckConstraint(
                name="entry_about_earlier",
                condition=models.Q(about__isnull=True) | models.Q(about__lt=models.F("number")),
            ),
            *paired_with_salt("entry", "by_name", "note"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_act_display()}"


class LedgerRow(models.Model):
    """What one entry is about: a row that is written with its entry and never again."""

    ERASABLE: ClassVar[tuple[str, ...]] = ()
    FACTS: ClassVar[tuple[str, ...]] = ()
    KEY: ClassVar[str] = ""

    entry = models.OneToOneField(HistoryEntry, primary_key=True, on_delete=models.PROTECT)
    if TYPE_CHECKING:
        claim: models.ForeignKey[Claim, Claim]

    class Meta:
        abstract = True
