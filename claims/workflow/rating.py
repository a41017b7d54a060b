"""The verbs on the second rating of a claim: set_second_rating, rate_claim. All of it is internal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import RatingState
from claims.history.recorder import locked
from claims.models import Proposal, Rating, Review, User
from claims.vocabulary import ACTIVE_REVIEW_STATES, ReviewState, Verb, VerificationStatus
from claims.workflow.conflicts import free_of_conflict
from claims.workflow.inputs import clean_choice, clean_text
from claims.workflow.opinions import add_up, held_in, is_secret
from claims.workflow.planning import at_work_on
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.rules import published_alone_by


def set_second_rating(review: Review, *, needed: bool, by: User) -> Review:
    """Say whether a second person has to rate the claim before they know what was proposed.

    Raises RuleBroken once a verdict was proposed: by then people know it, or count on being asked.
    """
    with at_work_on(review, Verb.SET_SECOND_RATING, by=by):
        may_settle(review)
        if review.needs_second_rating == needed:
            asked, not_asked = (
                _("A second rating is asked for already."),
                _("No second rating is asked for."),
            )
            raise RuleBroken(asked if needed else not_asked, field="needed")
        review.needs_second_rating = needed
        review.rating_state = RatingState.FIRST if needed else RatingState.NOT_ASKED
        review.save(update_fields=["needs_second_rating", "rating_state"])
    return review


def may_settle(review: Review) -> None:
    """Raise RuleBroken where it is too late to say whether a second rating is needed."""
    if review.state not in ACTIVE_REVIEW_STATES:
        raise RuleBroken(_("This review has ended."))
    if review.proposals.exists():
        raise RuleBroken(_("This is settled before a verdict is proposed; one was."))


def rate_claim(review: Review, *, status: VerificationStatus, reason: str, by: User) -> Rating:
    """Say what a claim's status should be, and why, while somebody else's proposal waits.

    Raises PermissionDenied when `by` declared a conflict of interest or published the verdict in force alone;
    RuleBroken when nobody asked for it, nothing is proposed, `by` has rated already or enough people have.
    """
    require(by, Verb.RATE_CLAIM)
    with transaction.atomic():
        locked(review.claim)
        review.refresh_from_db()
        may_rate(review, by)
        rating = Rating.objects.create(
            review=review,
            status=clean_choice("status", status, VerificationStatus),
            reason=clean_text("reason", reason, required=True),
            blind=not _was_shown(review),
            by=by,
        )
        _count(review)
    return rating


def may_rate(review: Review, by: User) -> None:
    """Raise PermissionDenied or RuleBroken where this person cannot rate the claim now."""
    if not review.needs_second_rating:
        raise RuleBroken(_("No second rating is asked for."))
    if review.ratings.filter(by=by).exists():
        raise RuleBroken(_("You have rated this claim; whoever proposes has rated it too."))
    if review.state != ReviewState.PROPOSED:
        raise RuleBroken(_("A claim is rated while a proposal waits."))
    if not is_secret(review):
        raise RuleBroken(_("Enough people have rated this claim."))
    free_of_conflict(by, review.claim)
    if published_alone_by(review.claim) == by.pk:
        told = _("You published the verdict in force alone; somebody else must rate the claim.")
        raise PermissionDenied(told)


def rate_by_proposing(review: Review, proposal: Proposal) -> None:
    """Take a proposal for its author's rating, where ratings are asked for; called under the claim's lock.

    Whoever has rated keeps the rating they gave, unless nobody else has given one yet.
    """
    if not review.needs_second_rating:
        return
    ratings = list(review.ratings.all())
    if [one.by_id for one in ratings] == [proposal.by_id]:
        ratings[0].status, ratings[0].at = proposal.status, timezone.now()
        ratings[0].save(update_fields=["status", "at"])
    elif proposal.by_id not in {one.by_id for one in ratings}:
        blind = is_secret(review) and not _was_shown(review)
        Rating.objects.create(review=review, status=proposal.status, by=proposal.by, blind=blind)
    _count(review)


def _was_shown(review: Review) -> bool:
    """Whether everybody could see what was proposed before: two people agreed then."""
    rated = list(review.ratings.values_list("status", flat=True))
    return len(rated) > 1 and len(set(rated[:2])) == 1


def _count(review: Review) -> None:
    rated = list(review.ratings.values_list("status", flat=True))
    review.rating_state = add_up(rated, held_in(review))
    review.save(update_fields=["rating_state"])
