"""The state machine of reviews, walked completely: every state by every verb."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from claims import workflow
from claims.models import Claim, Review, User
from claims.vocabulary import ACTIVE_REVIEW_STATES, ReviewReason, ReviewState, Verb
from claims.workflow.machine import TRANSITIONS, possible
from tests.workflow.observing import refused, stale_columns
from tests.workflow.scene import UNCONFIRMED

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "workflow.md"


def assign(review: Review, proposer: User, approver: User) -> None:
    to = approver if review.assignee == proposer else proposer
    workflow.assign_review(review, to=to, by=approver)


def propose(review: Review, proposer: User, approver: User) -> None:
    workflow.propose_verdict(review, UNCONFIRMED, by=proposer)


def send_back(review: Review, proposer: User, approver: User) -> None:
    workflow.return_review(review, reason="r", by=approver)


def approve(review: Review, proposer: User, approver: User) -> None:
    workflow.approve_verdict(review, by=approver)


def close(review: Review, proposer: User, approver: User) -> None:
    workflow.close_review(review, reason="r", by=approver)


Step = Callable[[Review, User, User], None]
STEPS: dict[Verb, Step] = {
    Verb.ASSIGN_REVIEW: assign,
    Verb.PROPOSE_VERDICT: propose,
    Verb.RETURN_REVIEW: send_back,
    Verb.APPROVE_VERDICT: approve,
    Verb.CLOSE_REVIEW: close,
}
WAYS: dict[ReviewState, list[Step]] = {
    ReviewState.OPEN: [],
    ReviewState.ASSIGNED: [assign],
    ReviewState.PROPOSED: [propose],
    ReviewState.RETURNED: [propose, send_back],
    ReviewState.APPROVED: [propose, approve],
    ReviewState.CLOSED: [close],
}


@pytest.mark.parametrize("verb", list(STEPS), ids=lambda verb: verb.value)
@pytest.mark.parametrize("state", list(ReviewState), ids=lambda state: state.value)
def test_a_verb_leads_where_the_machine_says_or_is_refused(
    state: ReviewState, verb: Verb, claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    for step in WAYS[state]:
        step(review, reviewer, second_reviewer)
    assert review.state == state
    if (state, verb) in TRANSITIONS:
        STEPS[verb](review, reviewer, second_reviewer)
        assert Review.objects.get().state == TRANSITIONS[state, verb]
    else:
        with refused(f"This review is {state.label.lower()};"):
            STEPS[verb](review, reviewer, second_reviewer)
    assert stale_columns(review) == []


def test_every_state_and_every_verb_of_the_machine_is_walked() -> None:
    assert set(WAYS) == set(ReviewState)
    assert {verb for _, verb in TRANSITIONS} == set(STEPS)


def test_nothing_leads_out_of_a_final_state() -> None:
    final = set(ReviewState) - set(ACTIVE_REVIEW_STATES)
    assert final == {ReviewState.APPROVED, ReviewState.CLOSED}
    assert not [state for state, _ in TRANSITIONS if state in final]


@pytest.mark.parametrize("state", list(ReviewState), ids=lambda state: state.value)
def test_what_is_possible_is_what_the_machine_allows(state: ReviewState) -> None:
    assert possible(Review(state=state)) == {verb for s, verb in TRANSITIONS if s == state}


def test_the_documented_drawing_is_the_real_machine() -> None:
    arrows = re.findall(r"^ *(\w+) --> (\w+): (\w+)$", DOCUMENTATION.read_text(), re.MULTILINE)
    real = {(s.value, to.value, v.value) for (s, v), to in TRANSITIONS.items()}
    assert {arrow for arrow in arrows if arrow[0] != "start"} == real
