"""create_preview: an address at which an expert outside reads what is proposed, and what ends it by itself."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims import workflow
from claims.models import PreviewLink, Review, User
from claims.vocabulary import ReviewReason, VerificationStatus
from claims.workflow import VerdictDraft
from claims.workflow.previews import Preview
from tests import factories
from tests.workflow.observing import refused


def made(review: Review, by: User, label: str = "Prof. Lind", days: int = 7) -> Preview:
    return workflow.create_preview(review, label=label, days=days, by=by)


def is_open(token: str) -> bool:
    return PreviewLink.objects.open_at(timezone.now()).opened_with(token).exists()


def test_the_secret_is_told_once_and_only_its_digest_is_kept(
    review: Review, second_reviewer: User
) -> None:
    link, token = made(review, second_reviewer)
    assert len(token) >= 43
    assert link.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(PreviewLink.objects.values().get())
    assert is_open(token)
    assert not is_open(token[:-1])


def test_no_two_secrets_are_alike(review: Review, reviewer: User) -> None:
    tokens = {made(review, reviewer, label=f"Expert {number}").token for number in range(5)}
    assert len(tokens) == 5


def test_it_ends_with_its_last_day(review: Review, reviewer: User) -> None:
    _link, token = made(review, reviewer, days=2)
    with time_machine.travel(timezone.now() + timedelta(days=2, seconds=1)):
        assert not is_open(token)


def test_it_ends_when_the_verdict_is_decided_on(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    _link, token = made(review, reviewer)
    workflow.approve_verdict(review, by=second_reviewer)
    assert not is_open(token)


def test_it_ends_when_the_proposal_is_returned_and_another_does_not_revive_it(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    _link, token = made(review, reviewer)
    workflow.return_review(review, reason="More.", by=second_reviewer)
    assert not is_open(token)
    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="Else.", would_settle="A record."
    )
    workflow.propose_verdict(review, draft, by=reviewer)
    assert not is_open(token)


@pytest.mark.parametrize("days", [0, 31, -1])
def test_days_without_sense_are_refused(review: Review, reviewer: User, days: int) -> None:
    with refused("1 to 30 days", field="days"):
        made(review, reviewer, days=days)


@pytest.mark.parametrize("label", ["", "  ", "x" * 121])
def test_it_has_to_be_for_somebody(review: Review, reviewer: User, label: str) -> None:
    with refused("", field="label"):
        made(review, reviewer, label=label)


def test_one_person_has_one_address(review: Review, reviewer: User) -> None:
    first = made(review, reviewer)
    with refused("Revoke that one first", field="label"):
        made(review, reviewer, label="prof. lind")
    workflow.revoke_preview(first.link, by=reviewer)
    assert is_open(made(review, reviewer).token)


def test_where_nothing_is_proposed_nothing_is_shown(reviewer: User) -> None:
    review = workflow.open_review(
        factories.ClaimFactory(), reason=ReviewReason.NEW_CLAIM, by=reviewer
    )
    with refused("Nothing is proposed"):
        made(review, reviewer)


def test_whoever_has_yet_to_rate_the_claim_makes_none(
    reviewer: User, second_reviewer: User
) -> None:
    claim = factories.ClaimFactory()
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    workflow.set_second_rating(review, needed=True, by=reviewer)
    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A record."
    )
    workflow.propose_verdict(review, draft, by=reviewer)
    with refused("Rate it first"):
        made(review, second_reviewer)
    assert is_open(made(review, reviewer).token)
