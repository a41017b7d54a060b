"""Tables of the plain register."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

LATEST = ["-status_since", "-id"]


class Status(models.TextChoices):
    """How a claim can stand."""

    CONFIRMED = "confirmed", "Confirmed"
    DISPUTED = "disputed", "Disputed"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"


class Publisher(models.Model):
    """Who publishes."""

    name = models.CharField(max_length=300, unique=True)


class Topic(models.Model):
    """What claims are about."""

    slug = models.SlugField(max_length=100, unique=True)


class Claimant(models.Model):
    """Who claims."""

    public_id = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=300, blank=True)


class Article(models.Model):
    """Where claims stand."""

    public_id = models.CharField(max_length=16, unique=True)
    title = models.TextField()
    language = models.CharField(max_length=35)
    publisher = models.ForeignKey(Publisher, null=True, on_delete=models.PROTECT)
    published_on = models.DateField(null=True)
    source_url = models.TextField(blank=True)


class Claim(models.Model):
    """What is claimed, and how it stands now."""

    public_id = models.CharField(max_length=16, unique=True)
    wording = models.TextField()
    wording_version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=35)
    kind = models.CharField(max_length=10)
    claimant = models.ForeignKey(Claimant, null=True, on_delete=models.PROTECT)
    said_on = models.DateField(null=True)
    said_on_precision = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, blank=True)
    status_since = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    topics = models.ManyToManyField(Topic)
    history = HistoricalRecords(related_name="log")

    class Meta:
        ordering = LATEST
        indexes = [
            models.Index(fields=["status", *LATEST], name="plain_by_status"),
            models.Index(fields=["language", *LATEST], name="plain_by_language"),
            models.Index(fields=LATEST, name="plain_by_time"),
            models.Index(fields=["-published_at", "-id"], name="plain_by_publication"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("page", args=[self.public_id])

    @property
    def verdict(self) -> Verdict | None:
        """The verdict in force, of those that were fetched along."""
        return self.given[-1] if self.given else None  # type: ignore[attr-defined]


class Appearance(models.Model):
    """Where an article makes a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    article = models.ForeignKey(Article, on_delete=models.PROTECT)
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    speaker = models.ForeignKey(Claimant, null=True, on_delete=models.PROTECT)
    speaker_inferred = models.BooleanField(default=False)
    cue = models.CharField(max_length=100, blank=True)
    cue_class = models.CharField(max_length=20)
    position = models.CharField(max_length=10)
    direct = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()


class Evidence(models.Model):
    """What speaks for or against a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField()
    stance = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    primary = models.BooleanField(default=False)
    origin = models.PositiveIntegerField(null=True)
    url = models.TextField(blank=True)
    archived_url = models.TextField(blank=True)
    source_text = models.TextField(blank=True)
    title = models.TextField(blank=True)
    publisher = models.ForeignKey(Publisher, null=True, on_delete=models.PROTECT)
    published_on = models.DateField(null=True)
    excerpt = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    rating = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)
    history = HistoricalRecords(related_name="log")

    class Meta:
        ordering = ["number"]


class Verdict(models.Model):
    """How a claim was judged once, by whom, and on what grounds."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="verdicts")
    status = models.CharField(max_length=12, choices=Status.choices)
    cause = models.CharField(max_length=16)
    wording_version = models.PositiveIntegerField()
    rationale = models.TextField(blank=True)
    known = models.TextField(blank=True)
    not_known = models.TextField(blank=True)
    would_settle = models.TextField(blank=True)
    single_source_reason = models.TextField(blank=True)
    rests_on = models.ManyToManyField(Evidence, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    history = HistoricalRecords(related_name="log")

    class Meta:
        ordering = ["recorded_at"]
        indexes = [
            models.Index(fields=["claim", "-recorded_at", "status"], name="plain_verdict_then")
        ]
