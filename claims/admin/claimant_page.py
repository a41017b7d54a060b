"""What a claimant's page on the desk shows: all their names, what they were and when, their claims, and mergers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from claims import addresses
from claims.admin.steps import Step, may
from claims.models import (
    Affiliation,
    Claim,
    Claimant,
    ClaimantAlias,
    ClaimantMerger,
    User,
)
from claims.vocabulary import Verb

LISTED = 10
STEPS = (
    (Verb.ADD_ALIAS, _("Add another name"), "add-name"),
    (Verb.ADD_AFFILIATION, _("Add an affiliation"), "add-affiliation"),
    (Verb.LINK_CLAIMANT, _("Wikidata"), "link"),
    (Verb.DECLARE_CONFLICT, _("Conflict of interest"), "declare-conflict"),
    (Verb.MERGE_CLAIMANTS, _("Merge"), "merge"),
)


class ClaimantPage:
    """One claimant, with all who were found to be the same, as one person of the desk sees them."""

    def __init__(self, claimant: Claimant, person: User) -> None:
        self.claimant = claimant
        self.person = person

    @property
    def steps(self) -> Iterator[Step]:
        """Yield what this person can do here; nothing where the claimant was merged into another."""
        for verb, label, slug in STEPS:
            if self.claimant.merged_into_id is None and may(self.person, verb):
                yield Step(label, f"admin:claims_claimant_{slug}", self.claimant.pk)

    @cached_property
    def _names(self) -> list[ClaimantAlias]:
        return list(ClaimantAlias.objects.of_any(self.claimant.same))

    @property
    def names(self) -> list[ClaimantAlias]:
        """The other names that stand."""
        return [one for one in self._names if one.withdrawn_at is None]

    @cached_property
    def _affiliations(self) -> list[Affiliation]:
        return list(Affiliation.objects.dated(self.claimant.same))

    @property
    def affiliations(self) -> list[Affiliation]:
        """What they were, the latest first."""
        return [one for one in self._affiliations if one.withdrawn_at is None]

    @property
    def withdrawn(self) -> list[ClaimantAlias | Affiliation]:
        """What was taken back, the names first."""
        stated: list[ClaimantAlias | Affiliation] = [*self._names, *self._affiliations]
        return [one for one in stated if one.withdrawn_at is not None]

    @cached_property
    def mergers(self) -> list[ClaimantMerger]:
        """Who was merged into whom, the latest first."""
        return list(ClaimantMerger.objects.among(self.claimant.same))

    @cached_property
    def claims(self) -> list[Claim]:
        """Some of their claims, those last acted on first."""
        own = Claim.objects.by_claimant(self.claimant).with_progress()
        return list(own.order_by("-head_at", "-pk")[:LISTED])

    @cached_property
    def claim_count(self) -> int:
        """How many claims are attributed to them."""
        return Claim.objects.by_claimant(self.claimant).count()

    @cached_property
    def voiced(self) -> list[Claim]:
        """Some of the claims of others that they speak of somewhere, those last acted on first."""
        others = Claim.objects.voiced_by(self.claimant).not_by(self.claimant).with_progress()
        return list(others.order_by("-head_at", "-pk")[:LISTED])

    @cached_property
    def public_url(self) -> str:
        """Where readers find the claimant, or nothing where they do not."""
        shown = Claimant.objects.named_in_public().filter(pk=self.claimant.pk).first()
        if shown is None:
            return ""
        return addresses.claimant_page(shown.public_id, getattr(shown, "public_name", ""))

    @property
    def may_withdraw_names(self) -> bool:
        """Whether to offer taking names back."""
        return may(self.person, Verb.WITHDRAW_ALIAS)

    @property
    def may_change_affiliations(self) -> bool:
        """Whether to offer ending affiliations and taking them back."""
        return may(self.person, Verb.WITHDRAW_AFFILIATION)
