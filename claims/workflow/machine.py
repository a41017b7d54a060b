"""The state machine of reviews, as data: which verb leads from which state to which."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

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
NAMES: dict[Verb, StrOrPromise] = {
    Verb.ASSIGN_REVIEW: _("assign review"),
    Verb.PROPOSE_VERDICT: _("propose verdict"),
    Verb.RETURN_REVIEW: _("return review"),
    Verb.APPROVE_VERDICT: _("approve verdict"),
    Verb.CLOSE_REVIEW: _("close review"),
}


def next_state(review: Review, verb: Verb) -> ReviewState:
    """Return the state that `verb` leads to. Raises RuleBroken when it leads nowhere from here."""
    state = ReviewState(review.state)
    try:
        return TRANSITIONS[state, verb]
    except KeyError:
        allowed = sorted(str(NAMES[v]) for s, v in TRANSITIONS if s == state)
        told = gettext("This review is %(state)s; possible now: %(verbs)s.")
        if not allowed:
            told = gettext("This review is %(state)s; its work is done.")
        raise RuleBroken(
            told % {"state": state.label.lower(), "verbs": ", ".join(allowed)}
        ) from None


def possible(review: Review) -> set[Verb]:
    """Return the verbs that lead somewhere from where the review stands."""
    return {verb for state, verb in TRANSITIONS if state == review.state}
