"""Reviews for the tests of the queues, and what a queue shows of them."""

from __future__ import annotations

from typing import Any

from claims import workflow
from claims.models import Review, User
from claims.vocabulary import ReviewReason
from tests import factories

LIST = "/admin/claims/review/"


def opened(wording: str, by: User, **columns: Any) -> Review:
    """Open a review on a new claim; `columns` are those that no verb sets yet, or that only time does."""
    claim = factories.ClaimFactory(wording=wording, by=by)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=by)
    Review.objects.filter(pk=review.pk).update(**columns)
    return Review.objects.get(pk=review.pk)


def shown_in(page: Any) -> list[str]:
    """Return the wordings on a list, in its order."""
    return [review.claim.wording for review in page.context["cl"].result_list]
