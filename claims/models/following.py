"""Who follows a claim by e-mail. Internal, no part of the history, and gone once they stop."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.private_links import secret_of, token_digest

PURPOSE = "following"


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Reads of followers."""

    def opened_with(self, token: str) -> Self:
        """The one whose private address holds `token`, with the claim they follow."""
        return self.filter(token_digest=token_digest(token)).select_related("claim")

    def reached_at(self, email: str) -> Self:
        """Those with this address, in whichever case of letters it is written."""
        return self.alias(reached_at=Lower("email")).filter(reached_at=Lower(models.Value(email)))

    def of(self, claim_id: int) -> Self:
        """Those of the claim with this key."""
        return self.filter(claim=claim_id)

    def confirmed(self) -> Self:
        """Those who said at their own mailbox that they want it."""
        return self.filter(confirmed_at__isnull=False)

    def confirmed_by(self, moment: datetime) -> Self:
        """Those who had said so by a moment."""
        return self.filter(confirmed_at__lte=moment)

    def unconfirmed(self) -> Self:
        """Those who may know nothing of it: somebody typed their address."""
        return self.filter(confirmed_at__isnull=True)

    def asked_before(self, moment: datetime) -> Self:
        """Those who last asked before a moment."""
        return self.filter(asked_at__lt=moment)

    def mailed_since(self, moment: datetime) -> Self:
        """Those to whom the private address was mailed after a moment."""
        return self.filter(mailed_at__gt=moment)

    def reached_where(self, others: FollowerQuerySet) -> Self:
        """Those whose address is that of one of `others`."""
        addresses = others.order_by().values(reached_at=Lower("email"))
        return self.alias(reached_at=Lower("email")).filter(reached_at__in=addresses)


class Follower(models.Model):
    """One address that a claim's changes are mailed to, once it was confirmed from its mailbox."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="followers")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=20, help_text="In which they read")
    seed = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    mailed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the private address was last mailed to them"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(confirmed_at__isnull=True),
                name="follower_unconfirmed",
            )
        ]
        constraints = [
            models.UniqueConstraint("claim", Lower("email"), name="follower_once"),
        ]

    def __str__(self) -> str:
        return f"Follower {self.pk}"  # never the address: this stands in logs and tracebacks

    @property
    def token(self) -> str:
        """The secret of their private address; nothing where that was made under another key of the server."""
        secret = secret_of(self.seed, purpose=PURPOSE)
        return secret if token_digest(secret) == self.token_digest else ""
