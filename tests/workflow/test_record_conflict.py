"""record_conflict: an editor puts down the conflict of interest of somebody else."""

from __future__ import annotations

from claims import workflow
from claims.models import Claim, User
from claims.vocabulary import ReviewReason
from tests.workflow.observing import refused


def test_it_is_the_other_persons_and_says_who_put_it_down(
    claim: Claim, reviewer: User, editor: User
) -> None:
    conflict = workflow.record_conflict(reviewer, claim=claim, reason="Told by phone.", by=editor)
    assert (conflict.person, conflict.declared_by) == (reviewer, editor)


def test_it_binds_like_one_that_was_declared(claim: Claim, reviewer: User, editor: User) -> None:
    workflow.record_conflict(reviewer, claim=claim, reason="r", by=editor)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    with refused("declared a conflict of interest on this claim", field="to"):
        workflow.assign_review(review, to=reviewer, by=editor)


def test_it_is_put_down_once(claim: Claim, reviewer: User, editor: User) -> None:
    workflow.declare_conflict(claim=claim, reason="r", by=reviewer)
    with refused("This conflict of interest is known already.", field="about"):
        workflow.record_conflict(reviewer, claim=claim, reason="r", by=editor)
