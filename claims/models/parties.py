"""Who publishes and who claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models.functions import Coalesce, Lower, Now
from django.utils.translation import gettext_lazy as _

from claims.hosts import host_of
from claims.models.fields import PublicIdField, known_value
from claims.models.user import User
from claims.vocabulary import ClaimantKind, PublisherKind


def _any_case(column: str, word: str) -> models.Q:
    """SQLite folds the case of ASCII letters only: try how names are usually spelled."""
    spellings = {word, word.lower(), word.upper(), word.title()}
    matches = models.Q()
    for spelling in sorted(spellings if not word.isascii() else {word}):
        matches |= models.Q(**{f"{column}__icontains": spelling})
    return matches


class PublisherQuerySet(models.QuerySet["Publisher"]):
    """Reads of publishers."""

    def described_by(self, words: Iterable[str]) -> Self:
        """Those of whose name or domain each word is part."""
        matches = models.Q()
        for word in words:
            matches &= _any_case("name", word) | _any_case("domain", word)
        return self.filter(matches)

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

    def standing(self) -> Self:
        """Those that were not found to be another."""
        return self.filter(merged_into__isnull=True)

    def with_names(self) -> Self:
        """Fetch along all their names, and whom they were found to be."""
        return self.select_related("merged_into").prefetch_related("aliases")

    def called(self, name: str) -> Self:
        """Those of exactly that name, or with it as another name."""
        aliased = ClaimantAlias.objects.filter(name__iexact=name).values("claimant")
        return self.filter(models.Q(name__iexact=name) | models.Q(pk__in=aliased))

    def described_by(self, words: Iterable[str]) -> Self:
        """Those of whom each word is part of a name, the role, or an affiliation at any time."""
        matches = models.Q()
        for word in words:
            said = _any_case("name", word)
            aliases = ClaimantAlias.objects.filter(said)
            served = Affiliation.objects.filter(_any_case("role", word) | _any_case("body", word))
            matches &= (
                said
                | _any_case("role", word)
                | models.Q(pk__in=aliases.values("claimant"))
                | models.Q(pk__in=served.values("claimant"))
            )
        return self.filter(matches)

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
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=10, choices=ClaimantKind.choices)
    role = models.CharField(
        _("role"),
        max_length=300,
        blank=True,
        help_text=_("Such as: spokesperson, Ministry of Health"),
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]
        constraints = [
            known_value("claimant_kind_known", "kind", ClaimantKind),
            models.CheckConstraint(name="claimant_named", condition=~models.Q(name="")),
            models.UniqueConstraint(Lower("name"), "role", name="claimant_name_and_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}" if self.role else self.name

    @property
    def survivor(self) -> Claimant:
        """Whom this claimant was found to be, or the claimant."""
        claimant = self
        while claimant.merged_into is not None:
            claimant = claimant.merged_into
        return claimant

    def is_called(self, name: str) -> bool:
        """Whether that is the claimant's name, or another name of theirs, capitals aside."""
        names = [self.name, *(alias.name for alias in self.aliases.all())]
        return name.casefold() in [one.casefold() for one in names]


class ClaimantAlias(models.Model):
    """Another name under which a claimant is known, such as a transliteration or a former name."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=300)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ("view",)
        verbose_name_plural = "claimant aliases"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), "claimant", name="claimant_alias_once"),
            models.CheckConstraint(name="claimant_alias_named", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Reads of affiliations."""

    def on(self, day: date) -> Self:
        """Those that held on `day`, as far as is known: an open end holds."""
        begun = models.Q(since__isnull=True) | models.Q(since__lte=day)
        lasting = models.Q(until__isnull=True) | models.Q(until__gte=day)
        return self.filter(begun & lasting)


class Affiliation(models.Model):
    """What a claimant was, and for whom, during some time: spokesperson of a ministry from 2019 to 2022."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="affiliations")
    role = models.CharField(max_length=300)
    body = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["claimant_id", "-since", "pk"]
        constraints = [
            models.CheckConstraint(name="affiliation_has_role", condition=~models.Q(role="")),
            models.CheckConstraint(
                name="affiliation_ends_after_it_begins",
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.body}" if self.body else self.role


class ClaimantMerger(models.Model):
    """The record of one claimant having been found to be another; never changed."""

    claimant = models.OneToOneField(Claimant, on_delete=models.PROTECT, related_name="merger")
    into = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="mergers")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="merger_has_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="merger_of_two", condition=~models.Q(claimant=models.F("into"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant_id} is {self.into_id}"
