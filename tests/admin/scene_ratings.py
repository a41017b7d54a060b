"""Claims of the scene that a second person has to rate, has rated, or might be asked to."""

from __future__ import annotations

from typing import Any

from claims import workflow
from claims.desk_vocabulary import Priority
from claims.models import Claim, User
from claims.vocabulary import ReviewReason, VerificationStatus
from tests.workflow.scene_ratings import rated_blind


def ratings(
    to_rate: Claim, rated: Claim, urgent: Claim, *, by: User, second: User, **texts: Any
) -> None:
    """Have a claim wait for a second rating, and another be rated by `second`; a third presses."""
    for claim in (to_rate, rated):
        review = rated_blind(claim, VerificationStatus.UNCONFIRMED, by=by, **texts)
        workflow.add_note(review, text="Σημείωση", by=by)
    workflow.rate_claim(review, status=VerificationStatus.DISPUTED, reason="Γιατί", by=second)
    review = workflow.open_review(urgent, reason=ReviewReason.NEW_CLAIM, by=by)
    workflow.prioritise_review(review, priority=Priority.URGENT, by=by)
