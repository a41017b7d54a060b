"""Tables of the plain register."""

from __future__ import annotations

from django.db import models


class Claimant(models.Model):
    """Who claims."""

    name = models.CharField(max_length=300)


class Claim(models.Model):
    """What is claimed, and how it stands now."""

    public_id = models.CharField(max_length=16, unique=True)
    text = models.TextField()
    language = models.CharField(max_length=35)
    claimant = models.ForeignKey(Claimant, null=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=12)
    status_since = models.DateTimeField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-status_since", "-id"]
        indexes = [
            models.Index(fields=["status", "-status_since", "-id"], name="plain_by_status"),
            models.Index(fields=["-status_since", "-id"], name="plain_by_time"),
        ]


class Evidence(models.Model):
    """What speaks for or against a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField()
    stance = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    url = models.TextField(blank=True)
    title = models.TextField(blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    excerpt = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]


class Change(models.Model):
    """One line of a claim's history, as history packages keep it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=30)
    by = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    status = models.CharField(max_length=12, blank=True)
    rationale = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["claim", "recorded_at"], name="plain_change_by_time")]
