"""uncheck_item: an item of the checklist is open after all."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims.models import Claim, Review, User
from claims.vocabulary import ReviewReason
from claims.workflow import check_item, open_review, propose_verdict, uncheck_item
from claims.workflow.checklist import open_items
from tests import factories
from tests.workflow.observing import refused
from tests.workflow.scene import UNCONFIRMED


@pytest.fixture
def review(claim: Claim, contributor: User, editor: User) -> Review:
    """A review that goes by a checklist of one item."""
    factories.method("Look.", by=editor)
    return open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def test_an_item_is_open_again(review: Review, reviewer: User, editor: User) -> None:
    [look] = open_items(review)
    check_item(review, look, by=reviewer)
    uncheck_item(review, look, by=editor)
    assert open_items(review) == [look]
    uncheck_item(review, look, by=editor)
    assert open_items(review) == [look]


def test_it_needs_the_verb_that_answers(review: Review, reviewer: User, contributor: User) -> None:
    [look] = open_items(review)
    check_item(review, look, by=reviewer)
    with refused("You may not", error=PermissionDenied):
        uncheck_item(review, look, by=contributor)


def test_it_is_refused_while_a_proposal_waits(review: Review, reviewer: User) -> None:
    [look] = open_items(review)
    factories.see_to_checklist(review, by=reviewer)
    propose_verdict(review, UNCONFIRMED, by=reviewer)
    with refused("before a verdict is proposed"):
        uncheck_item(review, look, by=reviewer)
