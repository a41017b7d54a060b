"""merge_claims: a duplicate ends; both histories stay, and readers are led to the survivor."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents
from claims.models import Claim, User
from claims.vocabulary import Act, EvidenceKind, ReviewReason, Stance
from claims.workflow import EvidenceDraft, add_evidence, merge_claims, open_review
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns


@pytest.fixture
def survivor(db: None) -> Claim:
    return factories.published_claim()


def test_both_histories_say_so(claim: Claim, survivor: Claim, editor: User) -> None:
    entry = merge_claims(claim, into=survivor, reason="Same statement.", by=editor)
    ended, absorbed = last_entry(claim), last_entry(survivor)
    assert entry == ended
    assert (ended.act, ended.other_claim, ended.note) == (
        Act.CLAIM_MERGED,
        survivor,
        "Same statement.",
    )
    assert (absorbed.act, absorbed.other_claim) == (Act.CLAIM_ABSORBED, claim)
    assert (claim.merged_into, survivor.merged_into) == (survivor, None)
    assert stale_columns(claim) == stale_columns(survivor) == []


def test_readers_are_led_to_the_survivor(published: Claim, survivor: Claim, editor: User) -> None:
    merge_claims(published, into=survivor, reason="Same.", by=editor)
    document = documents.current(published)
    assert document is not None
    assert document["merged_into"]["id"] == survivor.public_id
    assert list(Claim.objects.listed()) == [survivor]


def test_an_unpublished_duplicate_stays_unnamed_in_public(
    claim: Claim, survivor: Claim, editor: User
) -> None:
    merge_claims(claim, into=survivor, reason="Same.", by=editor)
    document = documents.current(survivor)
    assert document is not None
    assert document["history"][-1]["other_claim"] is None
    assert claim.public_id not in documents.encode(document)


def test_a_merged_claim_is_worked_on_no_more(claim: Claim, survivor: Claim, editor: User) -> None:
    merge_claims(claim, into=survivor, reason="Same.", by=editor)
    draft = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.OTHER, source_text="Letter")
    with refused("was merged into another"):
        add_evidence(claim, draft, by=editor)


def test_a_claim_is_not_merged_into_itself(claim: Claim, editor: User) -> None:
    with refused("into itself", field="into"):
        merge_claims(claim, into=Claim.objects.get(pk=claim.pk), reason="r", by=editor)


def test_claims_are_not_merged_in_a_circle(claim: Claim, editor: User) -> None:
    other = factories.ClaimFactory()
    merge_claims(claim, into=other, reason="r", by=editor)
    with refused("was merged into another"):
        merge_claims(other, into=claim, reason="r", by=editor)


def test_readers_are_not_led_to_an_unpublished_claim(
    published: Claim, claim: Claim, editor: User
) -> None:
    unpublished = factories.ClaimFactory()
    with refused("not published yet", field="into"):
        merge_claims(published, into=unpublished, reason="r", by=editor)


def test_a_duplicate_under_review_is_not_merged(
    claim: Claim, survivor: Claim, editor: User
) -> None:
    open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    with refused("Close the review in progress"):
        merge_claims(claim, into=survivor, reason="r", by=editor)
    assert stale_columns(claim) == []


def test_merging_needs_a_reason(claim: Claim, survivor: Claim, editor: User) -> None:
    with refused("may not be empty", field="reason"):
        merge_claims(claim, into=survivor, reason=" ", by=editor)


def test_a_claim_that_was_merged_away_takes_no_other_in(
    claim: Claim, survivor: Claim, editor: User
) -> None:
    ended = factories.ClaimFactory()
    merge_claims(ended, into=survivor, reason="Same.", by=editor)
    with refused("merge into the one that remains", field="into"):
        merge_claims(claim, into=ended, reason="Same.", by=editor)


def test_whoever_may_not_merge_learns_nothing_of_the_claims(
    claim: Claim, contributor: User, django_assert_num_queries
) -> None:
    contributor.has_perm("claims.record_claim")  # permissions are read once for each person
    with refused("Can merge duplicate claims", error=PermissionDenied):
        merge_claims(claim, into=claim, reason=" ", by=contributor)
    with django_assert_num_queries(0), pytest.raises(PermissionDenied):
        merge_claims(claim, into=claim, reason="Same.", by=contributor)
