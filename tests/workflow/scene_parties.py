"""The claimants of the scene, and the calls that are about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from claims import workflow
from claims.models import Affiliation, Claimant, ClaimantAlias, User
from claims.vocabulary import Role, Verb
from tests import factories


class Parties:
    """Somebody whom no claim names, with all that the desk can know of them."""

    @cached_property
    def claimant(self) -> Claimant:
        """Somebody."""
        return factories.ClaimantFactory()

    @cached_property
    def twin(self) -> Claimant:
        """Somebody who is the same."""
        return factories.ClaimantFactory()

    @cached_property
    def alias(self) -> ClaimantAlias:
        """Another name of theirs."""
        by = factories.person(Role.REVIEWER)
        return workflow.add_alias(self.claimant, name="Somebody", by=by)

    @cached_property
    def affiliation(self) -> Affiliation:
        """What they are, without an end."""
        by = factories.person(Role.REVIEWER)
        return workflow.add_affiliation(self.claimant, role="Clerk", by=by)


PARTY_CALLS: dict[Verb, Callable[[Parties, User], object]] = {
    Verb.ADD_ALIAS: lambda s, by: workflow.add_alias(s.claimant, name="A. Berg", by=by),
    Verb.WITHDRAW_ALIAS: lambda s, by: workflow.withdraw_alias(s.alias, reason="r", by=by),
    Verb.ADD_AFFILIATION: lambda s, by: workflow.add_affiliation(s.claimant, role="Mayor", by=by),
    Verb.END_AFFILIATION: lambda s, by: workflow.end_affiliation(
        s.affiliation, until=date(2025, 1, 1), by=by
    ),
    Verb.WITHDRAW_AFFILIATION: lambda s, by: workflow.withdraw_affiliation(
        s.affiliation, reason="r", by=by
    ),
    Verb.LINK_CLAIMANT: lambda s, by: workflow.link_claimant(
        s.claimant, wikidata="Q4115189", by=by
    ),
    Verb.MERGE_CLAIMANTS: lambda s, by: workflow.merge_claimants(
        s.claimant, into=s.twin, reason="r", by=by
    ),
}
PARTIES_PREPARED = ("claimant", "twin", "alias", "affiliation")
