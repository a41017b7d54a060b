"""Who claims: people, bodies and unnamed sources, by all their names, and what they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from claims.models.fields import PublicIdField, known_value
from claims.models.sameness import merged_with
from claims.models.seen import known_of
from claims.models.spelling import any_case
from claims.models.stated import OfClaimantQuerySet, Stated, withdrawn_by_somebody
from claims.models.user import User
from claims.vocabulary import ClaimantKind
from claims.wikidata import ITEM, address_of


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    """Reads of claimants."""

    def of_kind(self, kind: str) -> Self:
        """Claimants of one kind."""
        return self.filter(kind=kind)

    def standing(self) -> Self:
        """Those that were not found to be another."""
        return self.filter(merged_into__isnull=True)

    def with_claim_count(self) -> Self:
        """Each with `claim_count`: how many claims are attributed to them, counted for the rows read alone."""
        same = Claimant.objects.filter(pk=models.OuterRef("pk")).order_by()
        counted = same.values("pk").annotate(number=models.Count("claims")).values("number")
        return self.annotate(claim_count=models.Subquery(counted))

    def with_names(self) -> Self:
        """Fetch along all their names, and whom they were found to be."""
        return self.select_related("merged_into").prefetch_related("aliases")

    def called(self, name: str) -> Self:
        """Those of exactly that name, or with it as another name."""
        aliased = ClaimantAlias.objects.standing().filter(name__iexact=name).values("claimant")
        return self.filter(models.Q(name__iexact=name) | models.Q(pk__in=aliased))

    def described_by(self, words: Iterable[str]) -> Self:
        """Those of whom each word is part of a name, the role, or an affiliation at any time."""
        matches = models.Q()
        for word in words:
            said = any_case("name", word)
            aliases = ClaimantAlias.objects.standing().filter(said)
            held = any_case("role", word) | any_case("body", word)
            served = Affiliation.objects.standing().filter(held)
            matches &= (
                said
                | any_case("role", word)
                | models.Q(pk__in=aliases.values("claimant"))
                | models.Q(pk__in=served.values("claimant"))
            )
        return self.filter(matches)

    def named_in_public(self, until: datetime | None = None) -> Self:
        """Those whom a published claim names as its maker or as a speaker, by the name it shows last.

        The name is taken from the history as `public_name` and `public_role`, so that a name erased there is not
        told here. With `until`, those whom readers could see at that moment, by the name shown last by then.
        """
        claimants = Claimant.objects.filter(pk=models.OuterRef("pk"))
        held = known_of("wordings", until) & models.Q(wordings__claimant_name__isnull=False)
        spoke = known_of("appearances", until) & models.Q(appearances__speaker_name__isnull=False)
        made = claimants.filter(held).order_by("-wordings__entry_id")
        spoken = claimants.filter(spoke).order_by("-appearances__entry_id")
        return self.filter(models.Exists(made) | models.Exists(spoken)).annotate(
            public_name=Coalesce(
                models.Subquery(made.values("wordings__claimant_name")[:1]),
                models.Subquery(spoken.values("appearances__speaker_name")[:1]),
            ),
            public_role=models.Subquery(made.values("wordings__claimant_role")[:1]),
        )

    def among(self, keys: Iterable[int]) -> Self:
        """Those with one of these keys."""
        return self.filter(pk__in=list(keys))

    def known_as(self, public_id: str) -> Self:
        """The claimant with that public id."""
        return self.filter(public_id=public_id)

    def identities(self, public_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return of which kind each is, and what Wikidata calls them, or whom they were found to be; "" if nothing."""
        item = Coalesce("merged_into__wikidata", "wikidata")
        rows = self.filter(public_id__in=list(public_ids)).annotate(item=item)
        found: Any = rows.values_list("public_id", "kind", "item")
        return {public_id: (kind, called) for public_id, kind, called in found}

    def leading(self, until: datetime | None = None) -> Self:
        """Without those who were found to be somebody whom readers can see: the survivor stands for them.

        With `until`, without those who had been by that moment.
        """
        survivors = Claimant.objects.named_in_public(until)
        if until is None:
            return self.exclude(models.Exists(survivors.filter(pk=models.OuterRef("merged_into"))))
        merged = Claimant.objects.filter(merger__at__lte=until, pk=models.OuterRef("pk"))
        return self.exclude(models.Exists(merged.filter(merger__into__in=survivors.values("pk"))))


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
    wikidata = models.CharField(
        _("Wikidata item"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("Such as Q7747"),
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "-id"], name="claimant_by_name"),
            models.Index(fields=["kind", "name", "-id"], name="claimant_by_kind"),
        ]
        constraints = [
            known_value("claimant_kind_known", "kind", ClaimantKind),
            models.CheckConstraint(name="claimant_named", condition=~models.Q(name="")),
            models.UniqueConstraint(Lower("name"), "role", name="claimant_name_and_role_once"),
            models.CheckConstraint(
                name="claimant_wikidata_is_item",
                condition=models.Q(wikidata="") | models.Q(wikidata__regex=rf"^{ITEM}$"),
            ),
            models.UniqueConstraint(
                fields=["wikidata"],
                condition=~models.Q(wikidata=""),
                name="claimant_wikidata_once",
            ),
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

    @property
    def public_survivor(self) -> Claimant | None:
        """Whom readers are led to: the survivor of this one, with the name they show, if readers can see them."""
        if self.merged_into_id is None:
            return None
        return Claimant.objects.named_in_public().filter(pk=self.merged_into_id).first()

    @property
    def wikidata_url(self) -> str:
        """Where Wikidata says who this is, or nothing; of those found to be the same, only the survivor is linked."""
        return address_of(self.wikidata) if self.wikidata else ""

    @property
    def other_names(self) -> list[str]:
        """The other names that were not withdrawn."""
        return [alias.name for alias in self.aliases.all() if alias.withdrawn_at is None]

    def is_called(self, name: str) -> bool:
        """Whether that is the claimant's name, or another name of theirs, capitals aside."""
        return name.casefold() in [one.casefold() for one in (self.name, *self.other_names)]

    @cached_property
    def same(self) -> list[int]:
        """The keys of the claimant and of all who were found to be the same; one query where nobody was."""
        return sorted(merged_with(Claimant, {self.pk}))


class AliasQuerySet(OfClaimantQuerySet["ClaimantAlias"]):
    """Reads of other names."""


class ClaimantAlias(Stated):
    """Another name under which a claimant is known, such as a transliteration or a former name."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(_("name"), max_length=300)

    objects = AliasQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "claimant",
                condition=models.Q(withdrawn_at=None),
                name="claimant_alias_once",
            ),
            models.CheckConstraint(name="claimant_alias_named", condition=~models.Q(name="")),
            withdrawn_by_somebody("claimant_alias_withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(OfClaimantQuerySet["Affiliation"]):
    """Reads of affiliations."""

    def of_survivors(self, claimants: Iterable[int]) -> Self:
        """What these claimants were, and those who were merged into them."""
        keys = list(claimants)
        theirs = models.Q(claimant__in=keys) | models.Q(claimant__merged_into__in=keys)
        return self.filter(theirs).select_related("claimant__merged_into")

    def dated(self, claimants: Iterable[int]) -> Self:
        """What any of these claimants were, the latest first; what has no beginning last."""
        since = models.F("since").desc(nulls_last=True)
        return self.of_any(claimants).select_related("ended_by").order_by(since, "pk")

    def on(self, day: date) -> Self:
        """Those that held on `day`, as far as is known: an open end holds."""
        begun = models.Q(since__isnull=True) | models.Q(since__lte=day)
        lasting = models.Q(until__isnull=True) | models.Q(until__gte=day)
        return self.filter(begun & lasting)


class Affiliation(Stated):
    """What a claimant was, and for whom, during some time: spokesperson of a ministry from 2019 to 2022."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="affiliations")
    role = models.CharField(_("role"), max_length=300)
    body = models.CharField(_("body"), max_length=300, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["claimant_id", "-since", "pk"]
        constraints = [
            models.CheckConstraint(name="affiliation_has_role", condition=~models.Q(role="")),
            models.CheckConstraint(
                name="affiliation_ends_after_it_begins",
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="affiliation_ended_by_somebody",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False, until__isnull=False),
            ),
            withdrawn_by_somebody("affiliation_withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.body}" if self.body else self.role
