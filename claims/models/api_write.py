"""What was written through the API: one row for each act, by which its answer can be given again."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Now

from claims.desk_vocabulary import Scope
from claims.models.api_key import ApiKey
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.fields import PublicIdField, known_value
from claims.models.intake import ArticleIntake
from claims.models.report import ReaderReport

LONGEST_IDEMPOTENCY_KEY = 255
ONE_CLAIM = models.Q(claim__isnull=False, entry_number__isnull=False, head_hash__isnull=False)
NO_CLAIM = models.Q(claim=None, entry_number=None, head_hash=None)


class ApiWriteQuerySet(models.QuerySet["ApiWrite"]):
    """Reads of what was written."""

    def by_key(self, key: ApiKey) -> Self:
        """What one key wrote."""
        return self.filter(key=key)

    def called(self, idempotency_key: str) -> Self:
        """What was written under that name of its client's."""
        return self.filter(idempotency_key=idempotency_key)

    def known_as(self, public_id: str) -> Self:
        """The one with that public id."""
        return self.filter(public_id=public_id)

    def kept_at(self, moment: datetime) -> Self:
        """Those whose answers are still given again."""
        return self.filter(expires_at__gt=moment)

    def expired_at(self, moment: datetime) -> Self:
        """Those whose answers need be kept no longer."""
        return self.filter(expires_at__lte=moment)

    def with_things(self) -> Self:
        """Fetch along what each is about, without the texts of articles."""
        found = self.select_related("claim__merged_into", "article", "intake__article", "report")
        heavy = ("article__text", "intake__text", "intake__original", "intake__article__text")
        return found.defer(*heavy, "report__text")


class ApiWrite(models.Model):
    """One act through the API, with all that its answer says. No words of anybody's are in it.

    `request_digest` is the SHA-256 of the request, so that another one under the same name is noticed; `head_hash`
    is that of the claim as the act left it.
    """

    public_id = PublicIdField()
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="writes", db_index=False)
    idempotency_key = models.CharField(max_length=LONGEST_IDEMPOTENCY_KEY)
    request_digest = models.CharField(max_length=64)
    act = models.CharField(max_length=14, choices=Scope.choices)
    status = models.PositiveSmallIntegerField(help_text="Of its answer: 200, 201 or 202")
    at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)

    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entry_number = models.PositiveIntegerField(null=True, blank=True)
    head_hash = models.BinaryField(max_length=32, null=True)
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    intake = models.ForeignKey(
        ArticleIntake, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    report = models.ForeignKey(
        ReaderReport, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ApiWriteQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["key", "-id"], name="api_write_by_key")]
        constraints = [
            models.UniqueConstraint(fields=["key", "idempotency_key"], name="api_write_once"),
            known_value("api_write_act_known", "act", Scope),
            models.CheckConstraint(
                name="api_write_status_known", condition=models.Q(status__in=[200, 201, 202])
            ),
            models.CheckConstraint(
                name="api_write_about_one_thing",
                condition=(
                    (ONE_CLAIM & models.Q(article=None, intake=None, report=None))
                    | (NO_CLAIM & models.Q(article__isnull=False, intake=None, report=None))
                    | (NO_CLAIM & models.Q(article=None, intake__isnull=False, report=None))
                    | (NO_CLAIM & models.Q(article=None, intake=None, report__isnull=False))
                ),
            ),
            models.CheckConstraint(name="api_write_named", condition=~models.Q(idempotency_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.public_id}"
