"""Claimants of the scene with all that the desk can know of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from claims import workflow
from claims.models import Claim, Claimant, User
from claims.vocabulary import ClaimantKind
from tests import factories


def parties(claim: Claim, *, by: User) -> None:
    """Give whoever makes `claim` names, affiliations and a second record; of each, something is withdrawn."""
    mayor = claim.claimant
    assert mayor is not None
    workflow.add_alias(mayor, name="Δημαρχεύων", by=by)
    wrong = workflow.add_alias(mayor, name="Αντιδήμαρχος", by=by)
    workflow.withdraw_alias(wrong, reason="Άλλος.", by=by)
    held: dict[str, Any] = {"role": "Δήμαρχος", "body": "Δήμος"}
    workflow.add_affiliation(mayor, **held, by=by)
    ended = workflow.add_affiliation(mayor, **held, since=date(2019, 1, 1), by=by)
    workflow.end_affiliation(ended, until=date(2023, 1, 1), by=by)
    other = workflow.add_affiliation(mayor, role="Γραμματέας", since=date(2010, 1, 1), by=by)
    workflow.withdraw_affiliation(other, reason="Άλλος.", by=by)
    workflow.add_affiliation(mayor, role="Σύμβουλος", until=date(2009, 1, 1), by=by)
    double = workflow.record_claimant(name="Ο δήμαρχος", kind=ClaimantKind.PERSON, by=by)
    workflow.add_alias(double, name="Ο κύριος δήμαρχος", by=by)
    workflow.merge_claimants(double, into=mayor, reason="Ο ίδιος.", by=by)


def known_as(claimant: Claimant, words: str, by: User) -> None:
    """Write `words` wherever something can be said of a claimant."""
    workflow.add_alias(claimant, name=f"{words} 2", by=by)
    workflow.add_affiliation(claimant, role=words, body=words, by=by)
    twin = factories.ClaimantFactory(name=f"{words} 3")
    workflow.merge_claimants(twin, into=claimant, reason=words, by=by)
