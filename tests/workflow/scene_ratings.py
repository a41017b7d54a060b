"""The part of the scene that is about second ratings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from claims import workflow
from claims.models import Review, User
from claims.vocabulary import ReviewReason, Role, Verb, VerificationStatus
from tests import factories


class Ratings:
    """A claim that waits for a second rating."""

    @cached_property
    def to_rate(self) -> Review:
        """A review in which somebody proposed a verdict that others are not shown yet."""
        return rated_blind(factories.ClaimFactory(), by=factories.person(Role.REVIEWER))


def rated_blind(
    claim: Any,
    status: VerificationStatus = VerificationStatus.DISPUTED,
    *,
    by: User,
    **texts: Any,
) -> Review:
    """Open a review of `claim`, ask for a second rating and propose `status`."""
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=by)
    workflow.set_second_rating(review, needed=True, by=by)
    factories.proposed_review(claim, status, proposer=by, **texts)
    review.refresh_from_db()
    return review


RATING_CALLS: dict[Verb, Callable[[Any, User], object]] = {
    Verb.SET_SECOND_RATING: lambda s, by: workflow.set_second_rating(s.opened, needed=True, by=by),
    Verb.RATE_CLAIM: lambda s, by: workflow.rate_claim(
        s.to_rate, status=VerificationStatus.CONFIRMED, reason="r", by=by
    ),
}
