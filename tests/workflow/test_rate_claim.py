"""rate_claim: a second person says what the status should be, before they know what was proposed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import RatingState
from claims.models import Claim, Rating, Review, User
from claims.vocabulary import ReviewState, Role, VerificationStatus
from claims.workflow.opinions import may_know
from tests import factories
from tests.workflow.observing import refused, stale_columns
from tests.workflow.scene_ratings import rated_blind

CONFIRMED, DISPUTED, UNCONFIRMED = (
    VerificationStatus.CONFIRMED,
    VerificationStatus.DISPUTED,
    VerificationStatus.UNCONFIRMED,
)


@pytest.fixture
def secret(claim: Claim, reviewer: User) -> Review:
    """A review in which “disputed” was proposed and a second rating is awaited."""
    return rated_blind(claim, DISPUTED, by=reviewer)


def rate(review: Review, status: VerificationStatus, by: User) -> Rating:
    return workflow.rate_claim(review, status=status, reason="So I read it.", by=by)


def third() -> User:
    return factories.person(Role.REVIEWER)


def test_whoever_proposes_has_rated(secret: Review, reviewer: User, second_reviewer: User) -> None:
    given = secret.ratings.get()
    assert (given.by, given.status, given.blind) == (reviewer, DISPUTED, True)
    assert secret.rating_state == RatingState.SECOND
    assert (may_know(secret, reviewer), may_know(secret, second_reviewer)) == (True, False)


def test_two_who_agree_settle_it(secret: Review, second_reviewer: User) -> None:
    given = rate(secret, DISPUTED, second_reviewer)
    assert (given.reason, given.blind) == ("So I read it.", True)
    assert secret.rating_state == RatingState.DECIDED
    assert stale_columns(secret) == []
    workflow.approve_verdict(secret, by=second_reviewer)
    assert secret.claim.status == DISPUTED


def test_a_superuser_rates_first_like_everybody(secret: Review) -> None:
    boss = User.objects.create_superuser("boss", "", "pw", public_name="Boss")
    told = "Rate it first"
    with refused(told):
        workflow.approve_verdict(secret, by=boss)
    with refused(told):
        workflow.return_review(secret, reason="r", by=boss)


def test_two_who_disagree_wait_for_a_third(secret: Review, second_reviewer: User) -> None:
    rate(secret, CONFIRMED, second_reviewer)
    assert secret.rating_state == RatingState.THIRD
    with refused("a third person must rate it"):
        workflow.approve_verdict(secret, by=second_reviewer)
    one_more = third()
    assert not may_know(secret, one_more)
    rate(secret, DISPUTED, one_more)
    assert secret.rating_state == RatingState.DECIDED
    workflow.approve_verdict(secret, by=second_reviewer)


def test_a_majority_against_the_proposal_sends_it_back(
    secret: Review, reviewer: User, second_reviewer: User
) -> None:
    for person in (second_reviewer, third()):
        rate(secret, UNCONFIRMED, person)
    with refused("stand behind “Unconfirmed”: return the proposal"):
        workflow.approve_verdict(secret, by=second_reviewer)
    workflow.return_review(secret, reason="We read it otherwise.", by=second_reviewer)
    factories.proposed_review(secret.claim, UNCONFIRMED, proposer=reviewer)
    workflow.approve_verdict(secret, by=second_reviewer)
    first = secret.ratings.order_by("pk").first()
    assert first is not None
    assert first.status == DISPUTED  # the rating stays as it was given


def test_three_who_all_disagree_have_no_majority(secret: Review, second_reviewer: User) -> None:
    one_more = third()
    rate(secret, CONFIRMED, second_reviewer)
    rate(secret, UNCONFIRMED, one_more)
    assert secret.rating_state == RatingState.SPLIT
    with refused("No majority stands behind a status"):
        workflow.approve_verdict(secret, by=one_more)


def test_one_who_comes_round_does_not_replace_the_third(
    secret: Review, reviewer: User, second_reviewer: User
) -> None:
    rate(secret, UNCONFIRMED, second_reviewer)
    workflow.return_review(secret, reason="I see nothing.", by=second_reviewer)
    factories.proposed_review(secret.claim, UNCONFIRMED, proposer=reviewer)
    secret.refresh_from_db()
    assert secret.rating_state == RatingState.THIRD
    assert secret.ratings.count() == 2


def test_nobody_rates_twice(secret: Review, reviewer: User, second_reviewer: User) -> None:
    with refused("You have rated this claim"):
        rate(secret, CONFIRMED, reviewer)
    rate(secret, CONFIRMED, second_reviewer)
    with refused("You have rated this claim"):
        rate(secret, DISPUTED, second_reviewer)


def test_enough_is_enough(secret: Review, second_reviewer: User) -> None:
    rate(secret, DISPUTED, second_reviewer)
    one_more = third()
    with refused("Enough people have rated this claim."):
        rate(secret, DISPUTED, one_more)


def test_what_nobody_asked_for_is_refused(review: Review, second_reviewer: User) -> None:
    with refused("No second rating is asked for."):
        rate(review, DISPUTED, second_reviewer)


def test_a_claim_is_rated_while_a_proposal_waits(secret: Review, reviewer: User) -> None:
    workflow.return_review(secret, reason="I found more.", by=reviewer)
    one_more = third()
    with refused("A claim is rated while a proposal waits."):
        rate(secret, DISPUTED, one_more)


def test_a_first_rating_nobody_answered_goes_with_the_next_proposal(
    secret: Review, reviewer: User
) -> None:
    workflow.return_review(secret, reason="I found more.", by=reviewer)
    factories.proposed_review(secret.claim, CONFIRMED, proposer=reviewer)
    secret.refresh_from_db()
    assert secret.ratings.get().status == CONFIRMED
    assert (secret.state, secret.rating_state) == (ReviewState.PROPOSED, RatingState.SECOND)


def test_a_conflict_of_interest_rates_nothing(secret: Review, second_reviewer: User) -> None:
    workflow.declare_conflict(claim=secret.claim, reason="A friend.", by=second_reviewer)
    with refused("conflict of interest", error=PermissionDenied):
        rate(secret, DISPUTED, second_reviewer)


def test_whoever_published_alone_does_not_rate_what_follows(
    secret: Review, second_reviewer: User, editor: User
) -> None:
    draft = workflow.VerdictDraft(status=DISPUTED, rationale="Now.")
    workflow.override_verdict(secret.claim, draft, reason="At once.", by=editor)
    with refused("somebody else must rate", error=PermissionDenied):
        rate(secret, DISPUTED, editor)
    rate(secret, DISPUTED, second_reviewer)


def test_a_rating_needs_a_reason(secret: Review, second_reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        workflow.rate_claim(secret, status=DISPUTED, reason=" ", by=second_reviewer)


@pytest.mark.parametrize("status", ["true", "", None])
def test_what_is_no_status_is_refused(secret: Review, second_reviewer: User, status: Any) -> None:
    with refused("", field="status"):
        workflow.rate_claim(secret, status=status, reason="r", by=second_reviewer)


def test_only_reviews_that_ended_are_counted(secret: Review, second_reviewer: User) -> None:
    rate(secret, DISPUTED, second_reviewer)
    assert Rating.objects.first_with_second() == {}
    workflow.approve_verdict(secret, by=second_reviewer)
    assert Rating.objects.first_with_second() == {(DISPUTED, DISPUTED): 1}


def test_the_first_two_are_counted_and_not_the_third(secret: Review, second_reviewer: User) -> None:
    rate(secret, CONFIRMED, second_reviewer)
    rate(secret, DISPUTED, third())
    workflow.approve_verdict(secret, by=second_reviewer)
    assert Rating.objects.first_with_second() == {(DISPUTED, CONFIRMED): 1}


def test_rating_writes_no_history(secret: Review, second_reviewer: User) -> None:
    before = secret.claim.entries.count()
    rate(secret, DISPUTED, second_reviewer)
    assert secret.claim.entries.count() == before
