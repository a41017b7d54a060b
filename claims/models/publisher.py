"""Who publishes articles and sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from claims.hosts import host_of
from claims.models.fields import PublicIdField, known_value
from claims.models.spelling import any_case
from claims.vocabulary import PublisherKind

if TYPE_CHECKING:
    from claims.models.claim import Claim


class PublisherQuerySet(models.QuerySet["Publisher"]):
    """Reads of publishers."""

    def described_by(self, words: Iterable[str]) -> Self:
        """Those of whose name or domain each word is part."""
        matches = models.Q()
        for word in words:
            matches &= any_case("name", word) | any_case("domain", word)
        return self.filter(matches)

    def in_public(self, until: datetime | None = None) -> Self:
        """Those of an article in which a published claim appears, and those of evidence on a published claim.

        With `until`, those that readers could find so at that moment.
        """
        from claims.models.evidence import Evidence  # which, as all below, stands on the publishers
        from claims.models.wording import Appearance

        places = Appearance.objects.seen(until).filter(article__publisher=models.OuterRef("pk"))
        pieces = Evidence.objects.seen(until).filter(
            publisher=models.OuterRef("pk"), publisher_name__isnull=False
        )
        return self.filter(models.Exists(places) | models.Exists(pieces))

    def of_kind(self, kind: str) -> Self:
        """Publishers of one kind."""
        return self.filter(kind=kind)

    def shown_with(self, claim: Claim) -> Self:
        """Those in whose articles `claim` appears, and those that are cited on it."""
        carries = claim.appearances.values("article__publisher")
        return self.filter(
            models.Q(pk__in=carries) | models.Q(pk__in=claim.evidence.values("publisher"))
        )

    def known_as(self, public_id: str) -> Self:
        """The publisher with that public id."""
        return self.filter(public_id=public_id)

    def of_address(self, address: str) -> Publisher | None:
        """Return the one known by the host of a web address, if there is one."""
        host = host_of(address)
        return self.filter(domain=host).first() if host else None


class Publisher(models.Model):
    """An outlet or body that publishes articles and sources."""

    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=200)
    domain = models.CharField(
        _("domain"),
        max_length=253,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Such as example.org"),
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=PublisherKind.choices, default=PublisherKind.OTHER
    )

    objects = PublisherQuerySet.as_manager()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "-id"], name="publisher_by_name"),
            models.Index(fields=["kind", "name", "-id"], name="publisher_by_kind"),
        ]
        constraints = [
            known_value("publisher_kind_known", "kind", PublisherKind),
            models.CheckConstraint(name="publisher_named", condition=~models.Q(name="")),
            # Those with a domain are one by that; its index also finds publishers by their name.
            models.UniqueConstraint(
                Lower("name"), Coalesce("domain", models.Value("")), name="publisher_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
