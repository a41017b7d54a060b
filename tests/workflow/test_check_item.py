"""check_item: the checklist of a review, answered item by item, and what it means for a proposal."""

from __future__ import annotations

import pytest

from claims.models import ChecklistItem, Claim, Review, ReviewCheck, User
from claims.vocabulary import ReviewReason
from claims.workflow import (
    check_item,
    close_review,
    open_review,
    propose_verdict,
    return_review,
)
from claims.workflow.checklist import open_items
from tests import factories
from tests.workflow.observing import refused
from tests.workflow.scene import UNCONFIRMED


@pytest.fixture
def review(claim: Claim, contributor: User, editor: User) -> Review:
    """A review that goes by a checklist of two items."""
    factories.method("Look.", "Ask.", by=editor)
    return open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


@pytest.fixture
def look(review: Review) -> ChecklistItem:
    """The first item."""
    return open_items(review)[0]


def test_an_item_is_seen_to_by_somebody(
    review: Review, look: ChecklistItem, reviewer: User
) -> None:
    check = check_item(review, look, by=reviewer)
    assert (check.review, check.item, check.by, check.not_applicable) == (
        review,
        look,
        reviewer,
        "",
    )
    assert [item.text for item in open_items(review)] == ["Ask."]


def test_an_item_that_does_not_apply_says_why(
    review: Review, look: ChecklistItem, reviewer: User
) -> None:
    check_item(review, look, not_applicable=" It is a figure. ", by=reviewer)
    assert ReviewCheck.objects.get().not_applicable == "It is a figure."
    assert look not in open_items(review)


def test_the_same_answer_again_leaves_the_first_persons_name(
    review: Review, look: ChecklistItem, reviewer: User, editor: User
) -> None:
    first = check_item(review, look, by=reviewer)
    assert check_item(review, look, by=editor) == first
    assert ReviewCheck.objects.get().by == reviewer


def test_another_answer_bears_the_name_of_whoever_gave_it(
    review: Review, look: ChecklistItem, reviewer: User, editor: User
) -> None:
    first = check_item(review, look, by=reviewer)
    at = ReviewCheck.objects.get().at
    second = check_item(review, look, not_applicable="A figure.", by=editor)
    second.refresh_from_db()
    assert (second.pk, second.by, second.at > at) == (first.pk, editor, True)


def test_an_item_of_another_checklist_is_refused(
    review: Review, look: ChecklistItem, editor: User
) -> None:
    other = factories.method("Elsewhere.", by=editor).items.get()
    with refused("another checklist", field="item"):
        check_item(review, other, by=editor)


def test_a_review_goes_by_the_checklist_that_was_in_force_when_it_was_opened(
    review: Review, editor: User
) -> None:
    factories.method("Elsewhere.", by=editor)
    assert [item.text for item in open_items(review)] == ["Look.", "Ask."]


def test_nothing_is_proposed_while_an_item_is_open(
    review: Review, look: ChecklistItem, reviewer: User
) -> None:
    check_item(review, look, by=reviewer)
    with refused("or say why it does not apply. Open: “Ask.”"):
        propose_verdict(review, UNCONFIRMED, by=reviewer)
    check_item(review, open_items(review)[0], not_applicable="Nobody to ask.", by=reviewer)
    assert propose_verdict(review, UNCONFIRMED, by=reviewer).pk


def test_while_a_proposal_waits_the_answers_stay_as_its_proposer_left_them(
    review: Review, look: ChecklistItem, reviewer: User, editor: User
) -> None:
    factories.see_to_checklist(review, by=reviewer)
    propose_verdict(review, UNCONFIRMED, by=reviewer)
    with refused("before a verdict is proposed: proposed"):
        check_item(review, look, not_applicable="Not here.", by=editor)
    return_review(review, reason="Ask again.", by=editor)
    assert check_item(review, look, not_applicable="Not here.", by=editor).by == editor


def test_a_review_that_ended_takes_no_answers(
    review: Review, look: ChecklistItem, reviewer: User
) -> None:
    close_review(review, reason="A duplicate.", by=reviewer)
    with refused("before a verdict is proposed: closed"):
        check_item(review, look, by=reviewer)


@pytest.mark.parametrize("why", ["x" * 301, "a\0b"])
def test_a_reason_that_cannot_be_kept_is_refused(
    review: Review, look: ChecklistItem, reviewer: User, why: str
) -> None:
    with refused("", field="not_applicable"):
        check_item(review, look, not_applicable=why, by=reviewer)
