"""What people outside tell the register: errors, new evidence, replies of claimants, claims to check."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import ReportChannel, ReportKind, ReportState
from claims.models.claim import Claim
from claims.models.entry import HistoryEntry
from claims.models.fields import PublicIdField, known_value
from claims.models.private_links import secret_of, token_digest
from claims.models.review import Review
from claims.models.user import User
from claims.vocabulary import Act

# What a review may lead to in public; mergers and erasures have reasons of their own.
LED_TO = frozenset(Act) - {
    Act.CLAIM_MERGED,
    Act.CLAIM_ABSORBED,
    Act.CLAIM_DISCARDED,
    Act.TEXT_REDACTED,
}
PURPOSE = "report"
UNTOLD = models.Q(decided_at__isnull=False, told_at__isnull=True) & ~models.Q(sender_email="")


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    """Reads of reports."""

    def waiting(self) -> Self:
        """Reports nobody has decided on, the longest waiting first."""
        return self.filter(state=ReportState.NEW).order_by("received_at", "pk")

    def to_tell(self, since: datetime) -> Self:
        """Reports decided since, whose senders are still to be mailed what became of them, the first decided first."""
        late = self.filter(UNTOLD, decided_at__gte=since)
        return late.select_related("claim").order_by("decided_at", "pk")

    def with_claim(self) -> Self:
        """Fetch the claim along, and who decided."""
        return self.select_related("claim__claimant", "decided_by", "review")

    def opened_with(self, token: str) -> Self:
        """The report whose private address holds `token`, with its claim and its review."""
        return self.filter(token_digest=token_digest(token)).select_related(
            "claim", "review__claim"
        )


class ReaderReport(models.Model):
    """One report from outside. Its text and its sender's address are internal; the outcome is told to the sender."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    channel = models.CharField(max_length=5, choices=ReportChannel.choices)
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.NEW)
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    text = models.TextField()
    url = models.TextField(blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.EmailField(max_length=254, blank=True)
    received_at = models.DateTimeField(db_default=Now())
    taken_down_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the outcome was mailed to the sender"
    )
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    seed = models.CharField(
        max_length=64,
        blank=True,
        help_text="The key of the form it came by: sent twice, it is one report",
    )
    token_digest = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=20, blank=True, help_text="In which the sender read")
    receipt_at = models.DateTimeField(
        null=True, blank=True, help_text="When the private address was mailed to the sender"
    )

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader report")
        verbose_name_plural = _("reader reports")
        default_permissions = ("view",)
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "received_at"], name="report_queue"),
            models.Index(fields=["decided_at"], condition=UNTOLD, name="report_to_tell"),
        ]
        constraints = [
            known_value("report_kind_known", "kind", ReportKind),
            known_value("report_channel_known", "channel", ReportChannel),
            known_value("report_state_known", "state", ReportState),
            models.CheckConstraint(name="report_has_text", condition=~models.Q(text="")),
            models.UniqueConstraint(
                fields=["seed"], condition=~models.Q(seed=""), name="report_form_once"
            ),
            models.UniqueConstraint(
                fields=["token_digest"],
                condition=~models.Q(token_digest=""),
                name="report_opened_with",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def token(self) -> str:
        """The secret of its private address; nothing where it has none, or one of an earlier key of the server."""
        secret = secret_of(self.seed, purpose=PURPOSE) if self.seed else ""
        return secret if token_digest(secret) == self.token_digest else ""

    def led_to(self) -> models.QuerySet[HistoryEntry]:
        """What was recorded in public while the review it opened was at work, the verdict of that review included.

        Without the hashed bytes. Nothing of a claim that readers cannot see.
        """
        review, since = self.review, self.decided_at
        if review is None or since is None or not review.claim.is_published:
            return HistoryEntry.objects.none()
        acts = review.claim.entries.filter(act__in=LED_TO, recorded_at__gte=since).defer("leaf")
        if review.entry_number is not None:
            acts = acts.filter(number__lte=review.entry_number)
        elif review.decided_at is not None:
            acts = acts.recorded_until(review.decided_at)
        return acts.in_order()
