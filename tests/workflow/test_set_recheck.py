"""set_recheck, and what follows: the day comes, a review is opened, once, and never beside another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import RecheckCause, SourceState
from claims.models import Claim, ClaimTopic, Recheck, Review, SourceWatch, Topic, User
from claims.vocabulary import ClaimKind, ReviewReason, VerificationStatus
from claims.workflow.rechecks import note_look, open_due_reviews
from tests import factories
from tests.workflow.observing import refused

TODAY = timezone.now().date()
SOON = TODAY + timedelta(days=30)


def test_a_day_is_kept_changed_and_taken_away(published: Claim, reviewer: User) -> None:
    workflow.set_recheck(published, due_on=SOON, note="Results are out then", by=reviewer)
    kept = Recheck.objects.get()
    assert (kept.due_on, kept.cause, kept.set_by) == (SOON, RecheckCause.BY_HAND, reviewer)
    workflow.set_recheck(published, due_on=TODAY, by=reviewer)
    assert Recheck.objects.get().due_on == TODAY
    assert workflow.set_recheck(published, due_on=None, by=reviewer) is None
    assert not Recheck.objects.exists()


@pytest.mark.parametrize("day", [TODAY - timedelta(days=2), date(2200, 1, 1)])
def test_a_day_that_is_past_or_far_off_is_refused(
    published: Claim, reviewer: User, day: date
) -> None:
    with refused("from today on", field="due_on"):
        workflow.set_recheck(published, due_on=day, by=reviewer)


def test_what_cannot_be_checked_is_not_checked_again(reviewer: User) -> None:
    opinion = factories.ClaimFactory(kind=ClaimKind.OPINION)
    with refused("not checkable"):
        workflow.set_recheck(opinion, due_on=SOON, by=reviewer)


def test_a_review_is_opened_when_the_day_comes_and_only_once(
    published: Claim, reviewer: User
) -> None:
    workflow.set_recheck(published, due_on=SOON, note="Results", by=reviewer)
    assert open_due_reviews(SOON - timedelta(days=1)) == 0
    assert open_due_reviews(SOON) == 1
    assert open_due_reviews(SOON) == 0
    opened = Review.objects.active().get()
    assert (opened.reason, opened.opened_by) == (ReviewReason.RECHECK_DUE, reviewer)
    assert "Results" in opened.note
    assert not Recheck.objects.exists()


def test_the_day_waits_for_a_review_in_progress(
    published: Claim, reviewer: User, editor: User
) -> None:
    busy = workflow.open_review(published, reason=ReviewReason.NEW_EVIDENCE, by=editor)
    workflow.set_recheck(published, due_on=TODAY, by=reviewer)
    assert open_due_reviews(TODAY) == 0
    workflow.close_review(busy, reason="r", by=editor)
    assert open_due_reviews(TODAY) == 1


def test_the_shortest_interval_of_the_topics_begins_with_each_verdict(
    published: Claim, editor: User
) -> None:
    for name, days in (("Energy", 90), ("Health", 30), ("Sport", None)):
        topic = Topic.objects.create(name=name, slug=name.lower(), recheck_days=days)
        ClaimTopic.objects.create(claim=published, topic=topic, filed_by=editor)
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    planned = Recheck.objects.get()
    assert (planned.due_on, planned.cause) == (
        timezone.now().date() + timedelta(days=30),
        RecheckCause.TOPIC,
    )
    assert open_due_reviews(planned.due_on) == 1
    assert Review.objects.active().get().opened_by.public_name == "The register itself"


def test_a_new_verdict_ends_what_was_due(published: Claim, reviewer: User) -> None:
    workflow.set_recheck(published, due_on=TODAY, by=reviewer)
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    assert not Recheck.objects.exists()


def test_a_claim_that_ended_meanwhile_is_dropped(
    published: Claim, reviewer: User, editor: User
) -> None:
    workflow.set_recheck(published, due_on=TODAY, by=reviewer)
    other = factories.published_claim()
    workflow.merge_claims(published, into=other, reason="r", by=editor)
    assert open_due_reviews(TODAY) == 0
    assert not Recheck.objects.exists()
    with refused("Nothing more happens"):
        workflow.set_recheck(Claim.objects.get(pk=published.pk), due_on=SOON, by=reviewer)


def look(claim: Claim, *found: SourceState) -> SourceWatch:
    piece: Any = claim.evidence.first()
    for one in found:
        watch = note_look(piece, one, at=timezone.now())
    return watch


def test_a_page_that_changed_makes_its_claim_due_at_once_and_is_told_once(
    published: Claim,
) -> None:
    look(published, SourceState.SAME)
    assert not Recheck.objects.exists()
    look(published, SourceState.CHANGED)
    planned = Recheck.objects.get()
    assert (planned.due_on, planned.cause) == (TODAY, RecheckCause.SOURCE_CHANGED)
    Recheck.objects.all().delete()
    look(published, SourceState.CHANGED)
    assert not Recheck.objects.exists()


def test_a_page_is_gone_when_it_was_missed_twice(published: Claim) -> None:
    assert look(published, SourceState.GONE).state == SourceState.UNREACHABLE
    assert not Recheck.objects.exists()
    assert look(published, SourceState.GONE).state == SourceState.GONE
    assert Recheck.objects.get().cause == RecheckCause.SOURCE_GONE


def test_a_page_that_came_back_was_never_gone(published: Claim) -> None:
    look(published, SourceState.GONE, SourceState.SAME, SourceState.GONE)
    assert not Recheck.objects.exists()
