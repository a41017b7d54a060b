"""Who publishes and who claims."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce, Lower

from claims.models.fields import PublicIdField, known_value
from claims.vocabulary import ClaimantKind, PublisherKind


class Publisher(models.Model):
    """An outlet or body that publishes articles and sources."""

    public_id = PublicIdField()
    name = models.CharField(max_length=200)
    domain = models.CharField(
        max_length=253,
        null=True,
        blank=True,
        unique=True,
        help_text="Such as example.org",
    )
    kind = models.CharField(
        max_length=20, choices=PublisherKind.choices, default=PublisherKind.OTHER
    )

    class Meta:
        ordering = ["name"]
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


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    """Reads of claimants."""

    def of_kind(self, kind: str) -> Self:
        """Claimants of one kind."""
        return self.filter(kind=kind)

    def named_in_public(self) -> Self:
        """Those whom a published claim names as its maker or as a speaker, by the name it shows last.

        The name is taken from the history as `public_name` and `public_role`, so that a name erased there is not
        told here.
        """
        claimants = Claimant.objects.filter(pk=models.OuterRef("pk"))
        made = claimants.filter(
            wordings__claim__published_at__isnull=False, wordings__claimant_name__isnull=False
        ).order_by("-wordings__pk")
        spoken = claimants.filter(
            appearances__claim__published_at__isnull=False,
            appearances__speaker_name__isnull=False,
        ).order_by("-appearances__pk")
        return self.filter(models.Exists(made) | models.Exists(spoken)).annotate(
            public_name=Coalesce(
                models.Subquery(made.values("wordings__claimant_name")[:1]),
                models.Subquery(spoken.values("appearances__speaker_name")[:1]),
            ),
            public_role=models.Subquery(made.values("wordings__claimant_role")[:1]),
        )


class Claimant(models.Model):
    """A person, body or unnamed source that makes claims."""

    public_id = PublicIdField()
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=ClaimantKind.choices)
    role = models.CharField(
        max_length=300,
        blank=True,
        help_text="Such as: spokesperson, Ministry of Health",
    )

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            known_value("claimant_kind_known", "kind", ClaimantKind),
            models.CheckConstraint(name="claimant_named", condition=~models.Q(name="")),
            models.UniqueConstraint(Lower("name"), "role", name="claimant_name_and_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name
