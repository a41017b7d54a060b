"""discard_claim: a claim recorded by mistake leaves every list, keeps its history, and takes no further act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents, workflow
from claims.models import Appearance, Article, Claim, User
from claims.vocabulary import Act, RedactionReason, ReviewReason, Role
from claims.workflow import AppearanceDraft, ClaimDraft, discard_claim, record_claim
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns


@pytest.fixture
def article(contributor: User) -> Article:
    return factories.ArticleFactory(text="She said the bridge is safe.", by=contributor)


def recorded(article: Article, by: User) -> Claim:
    """Record the same words from the same quote."""
    found = AppearanceDraft(article=article, exact="the bridge is safe")
    return record_claim(ClaimDraft(wording="It is safe."), appearance=found, by=by)


def test_a_discarded_claim_keeps_its_history(claim: Claim, reviewer: User) -> None:
    entry = discard_claim(claim, reason="Not a statement.", by=reviewer)
    assert last_entry(claim) == entry
    assert (entry.number, entry.act, entry.note) == (2, Act.CLAIM_DISCARDED, "Not a statement.")
    assert claim.discarded_at == entry.recorded_at
    assert stale_columns(claim) == []
    assert documents.current(claim) is None


def test_undo_needs_no_reason_of_its_own(claim: Claim, contributor: User) -> None:
    assert discard_claim(claim, by=contributor).note == "Recorded by mistake."


def test_it_leaves_the_lists_of_claims_that_stand(claim: Claim, contributor: User) -> None:
    assert claim in Claim.objects.standing()
    assert claim in Claim.objects.unreviewed()
    discard_claim(claim, by=contributor)
    assert claim not in Claim.objects.standing()
    assert claim not in Claim.objects.unreviewed()
    assert claim in Claim.objects.with_progress()


def test_the_same_claim_can_be_recorded_again(article: Article, contributor: User) -> None:
    first = recorded(article, contributor)
    with refused("recorded from this quote already", field="wording"):
        recorded(article, contributor)
    discard_claim(first, by=contributor)
    again = recorded(article, contributor)
    assert [row.claim for row in Appearance.objects.standing()] == [again]


def test_a_published_claim_stays(published: Claim, editor: User) -> None:
    with refused("was published, so it stays"):
        discard_claim(published, by=editor)
    workflow.void_verdict(published, reason="Wrong.", by=editor)
    with refused("was published, so it stays"):
        discard_claim(published, by=editor)


def test_a_review_in_progress_is_ended_first(claim: Claim, reviewer: User) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    with refused("Close the review in progress"):
        discard_claim(claim, by=reviewer)
    workflow.close_review(review, reason="A mistake.", by=reviewer)
    assert discard_claim(claim, by=reviewer).number == 2


def test_a_reason_may_not_be_empty(claim: Claim, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        discard_claim(claim, reason="", by=reviewer)


def test_a_contributor_discards_only_their_own(claim: Claim) -> None:
    other = factories.person(Role.CONTRIBUTOR)
    with refused("You may not take this back", error=PermissionDenied):
        discard_claim(claim, by=other)


def test_a_contributor_discards_only_what_nobody_built_on(
    claim: Claim, contributor: User, reviewer: User
) -> None:
    factories.EvidenceFactory(claim=claim, by=reviewer)
    with refused("something was recorded after it", error=PermissionDenied):
        discard_claim(claim, by=contributor)
    assert discard_claim(claim, by=reviewer).number == 3


ACTS: dict[str, Callable[[Claim, Claim, User], object]] = {
    "discard": lambda claim, other, by: discard_claim(claim, by=by),
    "reword": lambda claim, other, by: workflow.reword_claim(claim, wording="x", reason="r", by=by),
    "evidence": lambda claim, other, by: factories.EvidenceFactory(claim=claim, by=by),
    "review": lambda claim, other, by: workflow.open_review(
        claim, reason=ReviewReason.NEW_CLAIM, by=by
    ),
    "merge": lambda claim, other, by: workflow.merge_claims(claim, into=other, reason="r", by=by),
    "take over": lambda claim, other, by: workflow.merge_claims(
        other, into=claim, reason="r", by=by
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_discarded_claim_takes_no_further_act(claim: Claim, editor: User, act: str) -> None:
    other = factories.ClaimFactory(by=editor)
    discard_claim(claim, by=editor)
    with refused("was discarded"):
        ACTS[act](claim, other, editor)


def test_what_it_says_can_still_be_erased(claim: Claim, editor: User, second_editor: User) -> None:
    discard_claim(claim, by=editor)
    request = workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.text"],
        reason=RedactionReason.DATA_PROTECTION,
        by=editor,
    )
    workflow.redact_text(request, by=second_editor)
    claim.refresh_from_db()
    assert claim.wording == ""
    assert claim.discarded_at is not None
