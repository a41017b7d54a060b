"""What people on the desk are told, and by which way each of them wants to be told. Internal."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.desk_vocabulary import NoticeKind
from claims.models.claim import Claim
from claims.models.few_rows import WritesFewRows
from claims.models.fields import known_value
from claims.models.review import Review
from claims.models.user import User
from claims.models.webhook import Webhook


class NoticeQuerySet(WritesFewRows, models.QuerySet["Notice"]):
    """Reads of notices."""

    def of(self, person: User) -> Self:
        """What `person` sees behind the bell, the latest first."""
        shown = self.filter(person=person, in_bell=True)
        return shown.select_related("claim", "review", "webhook", "by").order_by("-at", "-pk")

    def unread(self) -> Self:
        """Those nobody has looked at."""
        return self.filter(read_at=None)

    def to_mail(self, *, since: datetime) -> Self:
        """Those told after `since` that still have to be mailed, the oldest first."""
        due = self.filter(by_mail=True, mailed_at=None, at__gte=since)
        return due.select_related("person", "claim", "review", "webhook", "by").order_by("pk")


class Notice(models.Model):
    """One thing one person is told. It holds no text: what it is about says it all."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    webhook = models.ForeignKey(
        Webhook,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    in_bell = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    by_mail = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_of_person"),
            models.Index(
                fields=["id"],
                condition=models.Q(by_mail=True, mailed_at__isnull=True),
                name="notice_to_mail",
            ),
        ]
        constraints = [
            known_value("notice_kind_known", "kind", NoticeKind),
            models.CheckConstraint(
                name="notice_about_one_thing",
                condition=models.Q(claim__isnull=False, webhook__isnull=True)
                | models.Q(claim__isnull=True, webhook__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.person_id})"

    @property
    def about(self) -> Claim | Webhook | None:
        """What it is about, and leads to."""
        return self.claim or self.webhook


class NoticeChoice(models.Model):
    """How one person wants to be told of one kind of thing; without a row, by both ways."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="notice_choices", db_index=False
    )
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    in_bell = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notice_choice_once"),
            known_value("notice_choice_kind_known", "kind", NoticeKind),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
