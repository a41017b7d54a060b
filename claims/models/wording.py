"""What a claim says, and where it was found: wordings and appearances, both append-only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.counting import most_counted
from claims.models.entry import HistoryEntry, LedgerRow
from claims.models.few_rows import WritesFewRows
from claims.models.fields import (
    ErasableTextField,
    SaltField,
    known_value,
    paired_with_salt,
)
from claims.models.ledger_reads import OfClaimsQuerySet
from claims.models.parties import Claimant
from claims.models.written import Written
from claims.vocabulary import Act, ClaimKind, CueClass, Position, Precision

OF_SUMMARIES = (
    "claim",
    "version",
    "text",
    "language",
    "kind",
    "claimant__public_id",
    "claimant_name",
    "claimant_role",
    "said_on",
    "said_on_precision",
)


class AppearanceQuerySet(OfClaimsQuerySet["Appearance"]):
    """Reads of appearances."""

    ENDED_BY = Act.APPEARANCE_WITHDRAWN

    def in_public(self) -> Self:
        """Those of published claims, with what lists show of the claim and where it was merged into."""
        published = self.filter(claim__published_at__isnull=False, claim__document__isnull=False)
        along = published.select_related(
            "claim__document", "claim__merged_into", "speaker", "entry"
        )
        return along.defer("claim__document__body", "entry__leaf")

    def standing(self) -> Self:
        """Those that were not withdrawn, of claims that were not discarded."""
        withdrawals = HistoryEntry.objects.filter(
            claim=models.OuterRef("claim"),
            act=Written(Act.APPEARANCE_WITHDRAWN),
            about=models.OuterRef("entry__number"),
        )
        return self.filter(claim__discarded_at=None).exclude(models.Exists(withdrawals))

    def of_article(self, public_id: str) -> Self:
        """Those in the article with that public id."""
        return self.filter(article__public_id=public_id)

    def at_position(self, position: str) -> Self:
        """Those whose speaker stands so to the claim."""
        return self.filter(position=position)

    def voiced_by_any(self, claimants: Collection[int]) -> Self:
        """Those where one of the claimants with these keys speaks, whose name was not erased there."""
        return self.filter(speaker__in=claimants, speaker_name__isnull=False)

    def not_withdrawn(self) -> Self:
        """Those that were not withdrawn, where many are read: `standing` looks at the history of each."""
        withdrawals = HistoryEntry.objects.filter(
            act=Act.APPEARANCE_WITHDRAWN, claim__entries__number=models.F("about")
        )
        return self.exclude(pk__in=withdrawals.order_by().values("claim__entries"))

    def in_any(self, claims: Collection[int]) -> Self:
        """Those of any of the claims with these keys that were not withdrawn, in no order."""
        return self.filter(claim__in=claims).not_withdrawn().order_by()

    def publisher_counts(self, *, most: int) -> dict[int, int]:
        """Return the keys of the `most` publishers that carry the most claims, and how many each does."""
        named = self.filter(article__publisher__isnull=False)
        return most_counted(named, "article__publisher", most=most)

    def spoken_by(self, claimant: Claimant) -> Self:
        """Those where `claimant`, by any of their records, speaks."""
        return self.filter(speaker__in=claimant.same, speaker_name__isnull=False)

    def in_text_order(self) -> Self:
        """As the quotes stand in their article."""
        return self.order_by("start", "pk")


class WordingQuerySet(WritesFewRows, models.QuerySet["Wording"]):
    """Reads of wordings."""

    def for_summaries(self, claims: Iterable[Claim]) -> Self:
        """Those of `claims` with their claimants, with no more of each than lists show."""
        along = self.filter(claim__in=claims).order_by().select_related("claimant")
        return along.only(*OF_SUMMARIES)

    def of_version(self, claim: int, version: int) -> Self:
        """That version of what the claim with this key says, with its claimant."""
        return self.filter(claim=claim, version=version).select_related("claimant")

    def said_between(self, first: date | None, last: date | None) -> Self:
        """Those by which a claim was made on one of these days; of a month or a year, its first day counts."""
        found = self.filter(said_on__gte=first) if first else self
        return found.filter(said_on__lte=last) if last else found


class Wording(LedgerRow):
    """One version of what the claim says, who is held to say it, and when."""

    KEY = "wording"
    ERASABLE = ("text", "claimant_name", "claimant_role")
    FACTS = ("version", "language", "kind", "claimant", "said_on", "said_on_precision")

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="wordings", db_index=False
    )
    version = models.PositiveIntegerField(_("version"))
    text = ErasableTextField(_("text"))
    text_salt = SaltField()
    language = models.CharField(max_length=20, default="en")
    kind = models.CharField(max_length=10, choices=ClaimKind.choices)
    claimant = models.ForeignKey(
        Claimant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="wordings",
        db_index=False,
    )
    claimant_name = ErasableTextField()
    claimant_name_salt = SaltField()
    claimant_role = ErasableTextField()
    claimant_role_salt = SaltField()
    said_on = models.DateField(null=True, blank=True)
    said_on_precision = models.CharField(
        max_length=5, choices=Precision.choices, default=Precision.DAY
    )

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        default_permissions = ("view",)
        ordering = ["claim_id", "version"]
        indexes = [
            models.Index(fields=["claimant", "-entry"], name="wording_last_of_claimant"),
            models.Index(fields=["kind", "claim"], name="wording_by_kind"),
            models.Index(fields=["language", "claim"], name="wording_by_language"),
            models.Index(fields=["said_on", "claim"], name="wording_by_day_said"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="wording_version_once"),
            known_value("wording_kind_known", "kind", ClaimKind),
            known_value("wording_precision_known", "said_on_precision", Precision),
            *paired_with_salt("wording", "text", "claimant_name", "claimant_role"),
        ]

    def __str__(self) -> str:
        return self.text or gettext("[redacted]")


class Appearance(LedgerRow):
    """A claim in an article: the exact quote, where it stands, who says it there and how."""

    KEY = "appearance"
    ERASABLE = ("speaker_name", "exact", "prefix", "suffix", "cue", "article_sha256")
    FACTS = (
        "article",
        "speaker",
        "start",
        "end",
        "cue_class",
        "position",
        "inferred",
        "direct",
    )

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="appearances", db_index=False
    )
    article_sha256 = ErasableTextField()
    article_sha256_salt = SaltField()
    speaker = models.ForeignKey(
        Claimant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appearances",
        db_index=False,
    )
    speaker_name = ErasableTextField(_("speaker"))
    speaker_name_salt = SaltField()
    exact = ErasableTextField(_("quote"))
    exact_salt = SaltField()
    prefix = ErasableTextField()
    prefix_salt = SaltField()
    suffix = ErasableTextField()
    suffix_salt = SaltField()
    start = models.PositiveIntegerField(help_text=_("Code points from the start of the text"))
    end = models.PositiveIntegerField()
    cue = ErasableTextField()
    cue_salt = SaltField()
    cue_class = models.CharField(
        _("kind of reporting words"),
        max_length=16,
        choices=CueClass.choices,
        default=CueClass.NEUTRAL,
    )
    position = models.CharField(
        _("position"), max_length=16, choices=Position.choices, default=Position.ASSERTS
    )
    inferred = models.BooleanField(default=False, help_text=_("The speaker is our reading"))
    direct = models.BooleanField(default=False, help_text=_("Between quotation marks"))

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        default_permissions = ("view",)
        ordering = ["claim_id", "entry_id"]
        indexes = [
            models.Index(fields=["article", "start"], name="appearance_in_article"),
            models.Index(fields=["position", "-entry"], name="appearance_by_position"),
            models.Index(fields=["cue_class", "-entry"], name="appearance_by_cue"),
            models.Index(fields=["speaker", "-entry"], name="appearance_last_of_speaker"),
        ]
        constraints = [
            known_value("appearance_cue_class_known", "cue_class", CueClass),
            known_value("appearance_position_known", "position", Position),
            models.CheckConstraint(
                name="appearance_span", condition=models.Q(end__gt=models.F("start"))
            ),
            *paired_with_salt(
                "appearance",
                "speaker_name",
                "exact",
                "prefix",
                "suffix",
                "cue",
                "article_sha256",
            ),
        ]

    def __str__(self) -> str:
        return self.exact or gettext("[redacted]")
