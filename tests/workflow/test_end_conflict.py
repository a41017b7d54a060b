"""end_conflict: people end their own conflicts of interest, editors anybody's."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.models import Claim, ConflictOfInterest, User
from claims.vocabulary import ReviewReason
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def conflict(claim: Claim, reviewer: User) -> ConflictOfInterest:
    """What the reviewer declared."""
    return workflow.declare_conflict(claim=claim, reason="r", by=reviewer)


def test_it_ends_and_binds_no_more(
    conflict: ConflictOfInterest, reviewer: User, second_reviewer: User
) -> None:
    assert workflow.end_conflict(conflict, by=reviewer) is conflict
    assert conflict.ended_by == reviewer
    assert stale_columns(conflict) == []
    assert conflict.claim is not None
    review = workflow.open_review(conflict.claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    workflow.assign_review(review, to=reviewer, by=second_reviewer)


def test_it_can_be_declared_anew(
    conflict: ConflictOfInterest, claim: Claim, reviewer: User
) -> None:
    workflow.end_conflict(conflict, by=reviewer)
    assert workflow.declare_conflict(claim=claim, reason="Again.", by=reviewer).ended_at is None


def test_an_editor_ends_what_is_somebody_elses(conflict: ConflictOfInterest, editor: User) -> None:
    workflow.end_conflict(conflict, by=editor)
    assert ConflictOfInterest.objects.get().ended_by == editor


def test_nobody_else_ends_it(conflict: ConflictOfInterest, second_reviewer: User) -> None:
    with refused("Can record conflicts of interest of others", error=PermissionDenied):
        workflow.end_conflict(conflict, by=second_reviewer)


def test_it_ends_once(conflict: ConflictOfInterest, reviewer: User) -> None:
    workflow.end_conflict(conflict, by=reviewer)
    with refused("ended already"):
        workflow.end_conflict(conflict, by=reviewer)
