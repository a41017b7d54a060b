"""A claim that lived for months: the guards are taken down for the length of a test, and acts happen on their days.

The register itself records nothing but now; what is tested with such a life only reads it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import time_machine

from claims import workflow
from claims.models import Claim
from claims.vocabulary import Role, VerificationStatus
from tests import factories
from tests.management.tampering import drop_guards

RECORDED = datetime(2024, 1, 10, 9, 0, 0, tzinfo=UTC)
CONFIRMED = datetime(2024, 2, 1, 12, 30, 0, tzinfo=UTC)
REWORDED = datetime(2024, 3, 5, 8, 15, 7, tzinfo=UTC)
DISPUTED = datetime(2024, 5, 5, 12, 0, 0, tzinfo=UTC)
LATER = datetime(2024, 11, 1, tzinfo=UTC)


def at(moment: datetime) -> time_machine.travel:
    """Return the context in which it is `moment` and the clock stands."""
    return time_machine.travel(moment, tick=False)


def long_life() -> Claim:
    """Return a claim confirmed in February, reworded in March and disputed in May, in three seconds."""
    drop_guards()
    with at(RECORDED):
        claim = factories.ClaimFactory(wording="The bridge is safe.")
    with at(CONFIRMED):
        factories.give_verdict(claim, rationale="Two engineers say so.")
    with at(REWORDED):
        editor = factories.person(Role.EDITOR)
        workflow.reword_claim(claim, wording="The new bridge is safe.", reason="Clear.", by=editor)
    with at(DISPUTED):
        factories.give_verdict(claim, VerificationStatus.DISPUTED, rationale="A pier sank.")
    return Claim.objects.get(pk=claim.pk)


def grow(claim: Claim, moments: int) -> None:
    """Add a piece of evidence in each of as many seconds more."""
    for second in range(1, moments + 1):
        with at(DISPUTED.replace(minute=second)):
            factories.EvidenceFactory(claim=claim)
