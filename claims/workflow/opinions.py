"""What people think of a claim that a second person has to rate, and who may know it when.

Everybody stands behind the status they rated, and whoever proposes behind the one they propose: after a proposal
came back they may have changed their mind. The ratings themselves stay as they were given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk_vocabulary import SECRET_RATING_STATES, RatingState
from claims.models import Proposal, Review, User
from claims.vocabulary import ACTIVE_REVIEW_STATES, VerificationStatus
from claims.workflow.refusals import RuleBroken

ENOUGH = 3
MISSING = {
    RatingState.FIRST: gettext_lazy("A verdict must be proposed first."),
    RatingState.SECOND: gettext_lazy("A second person must rate this claim before it is approved."),
    RatingState.THIRD: gettext_lazy(
        "The ratings of this claim disagree: a third person must rate it before it is approved."
    ),
}


def add_up(rated: Collection[str], held: Collection[str]) -> RatingState:
    """Return what the statuses that were rated, and those that are now held, add up to.

    Where the first two differ a third person decides, even if one of the two has come round meanwhile.
    """
    if len(held) < ENOUGH:
        alike = len(set(rated)) == 1 and len(set(held)) == 1
        few = [RatingState.FIRST, RatingState.SECOND, RatingState.THIRD]
        return RatingState.DECIDED if len(held) == ENOUGH - 1 and alike else few[len(held)]
    return RatingState.DECIDED if majority(held) else RatingState.SPLIT


def majority(held: Collection[str]) -> VerificationStatus | None:
    """Return the status behind which two people stand at least, and more than behind any other."""
    (first, most), *others = Counter(held).most_common(2)
    ahead = most > 1 and all(number < most for _status, number in others)
    return VerificationStatus(first) if ahead else None


def held_in(review: Review) -> list[str]:
    """Return the status each person stands behind now."""
    held = dict(review.ratings.values_list("by", "status"))
    if proposal := review.latest_proposal():
        held[proposal.by_id] = proposal.status
    return list(held.values())


def is_secret(review: Review) -> bool:
    """Whether what was proposed is kept from those who have not rated the claim."""
    return review.state in ACTIVE_REVIEW_STATES and review.rating_state in SECRET_RATING_STATES


def may_know(review: Review, person: User) -> bool:
    """Whether what was proposed, and why, may be shown to this person."""
    return not is_secret(review) or review.ratings.filter(by=person).exists()


def known_proposal(review: Review, person: User) -> Proposal | None:
    """Return the proposal under discussion, if there is one that this person may know."""
    return review.latest_proposal() if may_know(review, person) else None


def knows_what_was_proposed(review: Review, by: User) -> None:
    """Raise RuleBroken while `by` would decide on what they may not know yet."""
    if not may_know(review, by):
        raise RuleBroken(
            _(
                "Rate it first: until you have rated this claim, you are not shown what was proposed."
            )
        )


def ratings_stand_behind(review: Review, proposal: Proposal) -> None:
    """Raise RuleBroken while ratings are missing, and where most stand behind another status, or behind none."""
    if not review.needs_second_rating:
        return
    if is_secret(review):
        raise RuleBroken(MISSING[RatingState(review.rating_state)])
    status = majority(held_in(review))
    if status is None:
        raise RuleBroken(_("No majority stands behind a status: return the proposal."))
    if status != proposal.status:
        said = _("Most who rated this claim stand behind “%(status)s”: return the proposal.")
        raise RuleBroken(said % {"status": status.label})
