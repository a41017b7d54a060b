"""Claims of the scene that stand to one another in some way."""

from __future__ import annotations

from claims import workflow
from claims.desk_vocabulary import RelationKind
from claims.models import Claim, User


def relations(claim: Claim, other: Claim, *, by: User) -> None:
    """State every kind of relation of two claims, one of them from the other side; the first is withdrawn."""
    wrong = workflow.relate_claims(claim, other, kind=RelationKind.REPEATS, reason="Ίδιο.", by=by)
    workflow.withdraw_relation(wrong, reason="Άλλο.", by=by)
    for one, another, kind in (
        (claim, other, RelationKind.CONTRADICTS),
        (other, claim, RelationKind.NARROWER),
    ):
        workflow.relate_claims(one, another, kind=kind, reason="Σαφές.", by=by)
