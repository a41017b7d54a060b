"""ask_to_follow, confirm_following, stop_following: readers follow a claim by e-mail, through mergers as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import Claim, Follower, User
from claims.models.private_links import new_seed
from claims.workflow import merge_claims
from claims.workflow.following import (
    ask_to_follow,
    confirm_following,
    forget_unconfirmed,
    stop_following,
)
from tests import factories
from tests.workflow.observing import refused

Asking = Callable[..., Follower]
ANN = "ann@example.org"


def asked(claim: Claim, email: str = ANN, language: str = "en-gb") -> Follower:
    """Return somebody who asked and did not confirm."""
    return ask_to_follow(claim, email=email, language=language)


def confirmed(claim: Claim, email: str = ANN) -> Follower:
    """Return somebody who confirmed."""
    follower = asked(claim, email)
    confirm_following(follower)
    return follower


@pytest.fixture
def survivor(db: None) -> Claim:
    return factories.published_claim()


def test_asking_alone_confirms_nothing(published: Claim) -> None:
    follower = asked(published)
    assert follower.confirmed_at is None
    assert (follower.claim, follower.email, follower.language) == (published, ANN, "en-gb")
    assert len(follower.token) == 43  # 256 bits
    assert follower.token not in str(Follower.objects.values_list().get())


def test_asked_again_in_other_letters_it_is_the_same_follower(published: Claim) -> None:
    first = asked(published)
    again = asked(published, "ANN@Example.ORG", "de")
    assert again == Follower.objects.get() == first
    assert (again.token, again.language) == (first.token, "de")
    assert again.asked_at > first.asked_at


def test_whoever_asks_for_another_changes_nothing_that_was_confirmed(published: Claim) -> None:
    confirmed(published)
    before = Follower.objects.values().get()
    asked(published, language="de")
    assert Follower.objects.values().get() == before


def test_the_database_holds_each_address_once_for_a_claim(published: Claim) -> None:
    follower = asked(published)
    follower.pk, follower.email, follower.token_digest = None, ANN.upper(), new_seed()
    with pytest.raises(IntegrityError), transaction.atomic():
        follower.save(force_insert=True)


@pytest.mark.parametrize(
    "email", ["", " ", "nobody", "a@b.example\nBcc: c@d.example", "a\0@b.example", "x" * 255]
)
def test_an_address_that_is_none_is_refused_at_its_field(published: Claim, email: str) -> None:
    with refused("", field="email"):
        asked(published, email)
    assert not Follower.objects.exists()


def test_to_the_outside_an_unpublished_claim_is_none(claim: Claim) -> None:
    with refused("Say which claim it is about.", field="claim"):
        asked(claim)


def test_confirmed_once_more_it_keeps_its_day(published: Claim) -> None:
    follower = confirmed(published)
    first = Follower.objects.get().confirmed_at
    confirm_following(follower)
    follower.confirmed_at = None  # as somebody else looked before
    confirm_following(follower)
    assert Follower.objects.get().confirmed_at == first is not None


@pytest.mark.parametrize("begin", [asked, confirmed])
def test_who_stops_is_forgotten_altogether(published: Claim, begin: Asking) -> None:
    stop_following(begin(published))
    assert not Follower.objects.exists()


def test_following_is_no_part_of_the_history(published: Claim) -> None:
    before = published.entries.count()
    stop_following(confirmed(published))
    published.refresh_from_db()
    assert (published.entries.count(), published.head_number) == (before, before)


def test_who_does_not_confirm_within_a_week_is_forgotten(published: Claim) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=7, minutes=1), tick=False):
        asked(published)
        kept = [confirmed(published, "bob@example.org")]
    with time_machine.travel(timezone.now() - timedelta(days=6, hours=23), tick=False):
        kept.append(asked(published, "cleo@example.org"))
    forget_unconfirmed()
    assert list(Follower.objects.order_by("pk")) == kept


def test_followers_of_a_duplicate_follow_the_survivor(
    published: Claim, survivor: Claim, editor: User
) -> None:
    ann, bob = confirmed(published), asked(published, "bob@example.org")
    merge_claims(published, into=survivor, reason="Same.", by=editor)
    assert set(survivor.followers.all()) == {ann, bob}
    assert list(survivor.followers.confirmed()) == [ann]
    assert not published.followers.exists()


@pytest.mark.parametrize("theirs", [asked, confirmed])
@pytest.mark.parametrize("ours", [asked, confirmed])
def test_who_followed_both_follows_once_and_confirmed_if_they_ever_did(
    published: Claim, survivor: Claim, editor: User, theirs: Asking, ours: Asking
) -> None:
    other = confirmed(survivor, "bob@example.org")
    theirs(published, ANN.upper())
    ours(survivor)
    merge_claims(published, into=survivor, reason="Same.", by=editor)
    (ann,) = survivor.followers.exclude(pk=other.pk)
    assert ann.email.lower() == ANN
    assert (ann.confirmed_at is not None) == (confirmed in (theirs, ours))


def test_a_merger_that_is_refused_moves_nobody(
    published: Claim, survivor: Claim, editor: User
) -> None:
    confirmed(published)
    with refused("", field="reason"):
        merge_claims(published, into=survivor, reason="", by=editor)
    assert published.followers.exists()


def test_who_asks_for_a_duplicate_follows_the_last_survivor(
    published: Claim, survivor: Claim, editor: User
) -> None:
    last = factories.published_claim()
    merge_claims(published, into=survivor, reason="Same.", by=editor)
    merge_claims(survivor, into=last, reason="Same.", by=editor)
    published.refresh_from_db()
    assert asked(published).claim == last
