"""return_review: a proposed verdict goes back to its proposer, with the reason."""

from __future__ import annotations

from claims.desk_vocabulary import NoticeKind
from claims.models import Notice, Review, User
from claims.vocabulary import ReviewState
from claims.workflow import return_review
from tests.workflow.observing import refused, stale_columns


def test_the_proposal_says_why_it_came_back(review: Review, second_reviewer: User) -> None:
    return_review(review, reason="Name the survey.", by=second_reviewer)
    proposal = review.latest_proposal()
    assert proposal is not None
    assert proposal.returned_because == "Name the survey."
    assert review.state == ReviewState.RETURNED
    assert (review.decided_by, review.decided_at) == (None, None)
    assert stale_columns(review) == []


def test_the_proposer_is_told(review: Review, reviewer: User, second_reviewer: User) -> None:
    return_review(review, reason="Name the survey.", by=second_reviewer)
    notice = Notice.objects.get()
    assert (notice.kind, notice.person, notice.by) == (
        NoticeKind.RETURNED,
        reviewer,
        second_reviewer,
    )
    assert (notice.review, notice.claim) == (review, review.claim)


def test_the_proposer_may_take_a_proposal_back(review: Review, reviewer: User) -> None:
    return_review(review, reason="I found more.", by=reviewer)
    assert review.state == ReviewState.RETURNED
    assert not Notice.objects.exists()


def test_returning_needs_a_reason(review: Review, second_reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        return_review(review, reason="", by=second_reviewer)
    assert review.state == ReviewState.PROPOSED


def test_a_returned_review_is_not_returned_again(review: Review, second_reviewer: User) -> None:
    return_review(review, reason="Name the survey.", by=second_reviewer)
    with refused("This review is returned"):
        return_review(review, reason="Again.", by=second_reviewer)


def test_returning_writes_no_history(review: Review, second_reviewer: User) -> None:
    before = review.claim.entries.count()
    return_review(review, reason="Name the survey.", by=second_reviewer)
    assert review.claim.entries.count() == before
