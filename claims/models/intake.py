"""Articles on their way in: what was sent or fetched, and what was understood of it, until a person records it.

Internal, and the only place where an article's parts can still be changed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.desk_vocabulary import UNFINISHED_INTAKES, FetchTrouble, IntakeSource, IntakeState
from claims.models.article import Article
from claims.models.fields import known_value
from claims.models.user import User
from claims.vocabulary import Licence


class ArticleIntakeQuerySet(models.QuerySet["ArticleIntake"]):
    """Reads of intakes."""

    def unfinished(self) -> Self:
        """Those that were neither recorded nor discarded."""
        return self.filter(state__in=UNFINISHED_INTAKES)

    def begun_by(self, person: User) -> Self:
        """Those of one person, the latest first."""
        return self.filter(by=person).order_by("-pk")

    def without_contents(self) -> Self:
        """Leave the long columns where they are."""
        return self.defer("original", "text")

    def of_the_same(self, intake: ArticleIntake) -> Self:
        """Others that are under way with the same address, text or bytes."""
        same = models.Q(pk=None)
        if intake.url:
            same |= models.Q(url=intake.url)
        if intake.original_sha256:
            same |= models.Q(original_sha256=intake.original_sha256)
        return self.unfinished().filter(same).exclude(pk=intake.pk).select_related("by")

    def untouched_since(self, moment: datetime) -> Self:
        """Those that were to be fetched, and of which nothing was heard since."""
        under_way = (IntakeState.WAITING, IntakeState.FETCHING)
        return self.filter(state__in=under_way, changed_at__lt=moment)


class ArticleIntake(models.Model):
    """One article on its way in. `url` is the address asked for, then the one it was found at."""

    source = models.CharField(max_length=4, choices=IntakeSource.choices)
    state = models.CharField(max_length=9, choices=IntakeState.choices)
    trouble = models.CharField(max_length=11, choices=FetchTrouble.choices, blank=True)
    trouble_detail = models.TextField(blank=True)

    url = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    original = models.BinaryField(null=True)
    original_sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    title = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)
    authors = models.TextField(blank=True, help_text="Separated by semicolons")
    publisher_name = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    date_unknown = models.BooleanField(default=False)
    year_missing = models.BooleanField(default=False)
    language = models.CharField(max_length=20, blank=True)
    canonical_url = models.TextField(blank=True)
    text = models.TextField(blank=True)
    licence = models.CharField(max_length=12, choices=Licence.choices, default=Licence.QUOTES_ONLY)
    warnings = models.TextField(blank=True, help_text="One a line")

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="intakes", db_index=False)
    at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.PROTECT, related_name="intakes"
    )

    objects = ArticleIntakeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = "intake"
        indexes = [
            models.Index(fields=["by", "state"], name="intake_by_state"),
            models.Index(fields=["url"], name="intake_url"),
            models.Index(fields=["original_sha256"], name="intake_original"),
        ]
        constraints = [
            known_value("intake_source_known", "source", IntakeSource),
            known_value("intake_state_known", "state", IntakeState),
            known_value("intake_trouble_known", "trouble", FetchTrouble, blank=True),
            known_value("intake_licence_known", "licence", Licence),
            models.CheckConstraint(
                name="intake_recorded_as_article",
                condition=models.Q(state=IntakeState.RECORDED) ^ models.Q(article=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.file_name or f"Intake {self.pk}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker still has to do its part."""
        return self.state in (IntakeState.WAITING, IntakeState.FETCHING)

    @property
    def is_unfinished(self) -> bool:
        """Whether a person still has to do theirs."""
        return self.state in UNFINISHED_INTAKES

    @property
    def paragraphs(self) -> list[str]:
        """The text, paragraph by paragraph."""
        return self.text.split("\n\n") if self.text else []

    def age(self, now: datetime) -> timedelta:
        """How long nothing has changed."""
        return now - self.changed_at
