"""What was counted ahead of whoever asks: counting a large register takes longer than a server may take to answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

# Counting takes a worker no more than a fiftieth of its time.
SHARE = 50
AT_LEAST = timedelta(minutes=5)
# What takes no longer than this, whoever asks for the page may count.
BRIEF = timedelta(seconds=1)


class CountQuerySet(models.QuerySet["Count"]):
    """Reads of what was counted, and the one write that replaces it."""

    def of(self, name: str, shape: str) -> Count | None:
        """Return what was counted last under a name, if this program can read it."""
        return self.filter(name=name, shape=shape).first()

    def replace(
        self, name: str, shape: str, numbers: str, *, at: datetime, took: timedelta
    ) -> None:
        """Keep what was counted in place of what was counted before."""
        told = {"shape": shape, "numbers": numbers, "at": at, "took": took}
        self.update_or_create(name=name, defaults=told)


class Count(models.Model):
    """The numbers of one page as they were at a moment, and how long it took to count them. Not history: replaced."""

    name = models.CharField(max_length=40, unique=True)
    shape = models.CharField(max_length=64, help_text="SHA-256 of what the numbers are made of")
    numbers = models.TextField(help_text="JSON")
    at = models.DateTimeField(help_text="When counting began")
    took = models.DurationField()

    objects = CountQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}, {self.at}"

    @property
    def is_brief(self) -> bool:
        """Whether it can be counted again by whoever asks for it."""
        return self.took <= BRIEF

    def stands(self, now: datetime) -> bool:
        """Return whether it is too early to count again."""
        return now < self.at + max(AT_LEAST, self.took * SHARE)
