"""The state machine of reviews, as data: which verb leads from which state to which."""

from __future__ import annotations

from claims.models import Review
from claims.vocabulary import ACTIVE_REVIEW_STATES, ReviewState, Verb
from claims.workflow.refusals import RuleBroken

TRANSITIONS: dict[tuple[ReviewState, Verb], ReviewState] = {
    (ReviewState.OPEN, Verb.ASSIGN_REVIEW): ReviewState.ASSIGNED,
    (ReviewState.ASSIGNED, Verb.ASSIGN_REVIEW): ReviewState.ASSIGNED,
    (ReviewState.RETURNED, Verb.ASSIGN_REVIEW): ReviewState.ASSIGNED,
    (ReviewState.OPEN, Verb.PROPOSE_VERDICT): ReviewState.PROPOSED,
    (ReviewState.ASSIGNED, Verb.PROPOSE_VERDICT): ReviewState.PROPOSED,
    (ReviewState.RETURNED, Verb.PROPOSE_VERDICT): ReviewState.PROPOSED,
    (ReviewState.PROPOSED, Verb.RETURN_REVIEW): ReviewState.RETURNED,
    (ReviewState.PROPOSED, Verb.APPROVE_VERDICT): ReviewState.APPROVED,
    **{(state, Verb.CLOSE_REVIEW): ReviewState.CLOSED for state in ACTIVE_REVIEW_STATES},
}


def next_state(review: Review, verb: Verb) -> ReviewState:
    """Return the state that `verb` leads to. Raises RuleBroken when it leads nowhere from here."""
    state = ReviewState(review.state)
    try:
        return TRANSITIONS[state, verb]
    except KeyError:
        allowed = sorted(v.value.replace("_", " ") for s, v in TRANSITIONS if s == state)
        hint = f"possible now: {', '.join(allowed)}" if allowed else "its work is done"
        raise RuleBroken(f"This review is {state.label.lower()}; {hint}.") from None


def possible(review: Review) -> set[Verb]:
    """Return the verbs that lead somewhere from where the review stands."""
    return {verb for state, verb in TRANSITIONS if state == review.state}
