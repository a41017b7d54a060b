"""Conflicts of interest that people declared on a claim, or on a claimant and so on all their claims. Internal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.parties import Claimant
from claims.models.sameness import merged_with
from claims.models.user import User


@dataclass(frozen=True, slots=True)
class Reach:
    """The claims, and the claimants with all their claims, that somebody keeps out of."""

    claims: set[int] = field(default_factory=set)
    claimants: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.claims or self.claimants)


class ConflictQuerySet(models.QuerySet["ConflictOfInterest"]):
    """Reads of conflicts of interest."""

    def in_force(self) -> Self:
        """Those that nobody ended."""
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        """Those that somebody ended."""
        return self.filter(ended_at__isnull=False)

    def of(self, person: User) -> Self:
        """Those of `person`, the latest first."""
        return self.filter(person=person).order_by("-declared_at", "-pk")

    def with_subject(self) -> Self:
        """Fetch along whose they are, what they are about, and who declared and ended them."""
        people = ("person", "declared_by", "ended_by")
        return self.select_related(*people, "claim__claimant", "claimant")

    def binding(self, claim: Claim) -> Self:
        """Those that bind `claim`, be it by its claimant or by way of a merger."""
        claims = merged_with(Claim, {claim.pk})
        claimants = merged_with(Claimant, {claim.claimant_id} if claim.claimant_id else ())
        return self.filter(models.Q(claim__in=claims) | models.Q(claimant__in=claimants))

    def reach(self) -> Reach:
        """Return what these conflicts bind, mergers of claims and claimants included."""
        rows: Iterable[tuple[int | None, int | None]] = list(self.values_list("claim", "claimant"))
        return self.reach_of(rows)

    def reach_of(self, rows: Iterable[tuple[int | None, int | None]]) -> Reach:
        """Return what conflicts on these claims and claimants bind, mergers of both included."""
        claims = {claim for claim, _ in rows if claim is not None}
        claimants = {claimant for _, claimant in rows if claimant is not None}
        return Reach(merged_with(Claim, claims), merged_with(Claimant, claimants))


class ConflictOfInterest(models.Model):
    """One person's reason to keep out of the verdicts on one claim, or on the claims of one claimant."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="conflicts_of_interest", db_index=False
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="conflicts_of_interest"
    )
    claimant = models.ForeignKey(
        Claimant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conflicts_of_interest",
    )
    reason = models.TextField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["-declared_at", "-pk"]
        indexes = [models.Index(fields=["person", "ended_at"], name="conflict_of_person")]
        constraints = [
            models.CheckConstraint(
                name="conflict_on_one_thing",
                condition=models.Q(claim__isnull=True, claimant__isnull=False)
                | models.Q(claim__isnull=False, claimant__isnull=True),
            ),
            models.CheckConstraint(name="conflict_has_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="conflict_ended_by_somebody",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "claim"],
                condition=models.Q(ended_at__isnull=True),
                name="conflict_on_claim_once",
            ),
            models.UniqueConstraint(
                fields=["person", "claimant"],
                condition=models.Q(ended_at__isnull=True),
                name="conflict_on_claimant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.claim or self.claimant}"

    @property
    def subject(self) -> Claim | Claimant | None:
        """The claim or claimant that it is about."""
        return self.claim or self.claimant
