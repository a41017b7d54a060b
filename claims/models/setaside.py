"""Suggested statements that somebody found to be no claims. Internal: about the desk's work, not about a claim."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.models.article import Article
from claims.models.user import User


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Reads of what was set aside."""

    def at(self, article: Article, start: int, end: int) -> Self:
        """What was set aside at exactly that place."""
        return self.filter(article=article, start=start, end=end)


class SetAside(models.Model):
    """One place of an article, in code points of its text, that is not to be suggested again."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="set_aside", db_index=False
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end"], name="set_aside_once"),
            models.CheckConstraint(
                name="set_aside_span", condition=models.Q(end__gt=models.F("start"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.start}-{self.end}"
