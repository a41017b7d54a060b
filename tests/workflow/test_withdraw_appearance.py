"""withdraw_appearance: a place recorded by mistake is taken back by an act with a reason, and stays visible."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents
from claims.models import Appearance, Article, Claim, User
from claims.vocabulary import Act, Role
from claims.workflow import AppearanceDraft, add_appearance, record_claim, withdraw_appearance
from claims.workflow.drafts import ClaimDraft
from tests import factories
from tests.workflow.observing import everything, last_entry, refused, stale_columns


@pytest.fixture
def article(contributor: User) -> Article:
    return factories.ArticleFactory(text="She said the bridge is safe.", by=contributor)


@pytest.fixture
def draft(article: Article) -> AppearanceDraft:
    return AppearanceDraft(article=article, exact="the bridge is safe")


@pytest.fixture
def appearance(claim: Claim, draft: AppearanceDraft, contributor: User) -> Appearance:
    return add_appearance(claim, draft, by=contributor)


def test_a_withdrawal_names_the_entry_it_is_about(appearance: Appearance, reviewer: User) -> None:
    entry = withdraw_appearance(appearance, reason="Another bridge.", by=reviewer)
    assert last_entry(appearance.claim) == entry
    assert (entry.act, entry.about) == (Act.APPEARANCE_WITHDRAWN, appearance.entry.number)
    assert entry.note == "Another bridge."
    assert stale_columns(appearance.claim) == []


def test_undo_needs_no_reason_of_its_own(appearance: Appearance, contributor: User) -> None:
    assert withdraw_appearance(appearance, by=contributor).note == "Recorded by mistake."


def test_the_row_stays_as_it_was(appearance: Appearance, reviewer: User) -> None:
    before = everything()["claims.Appearance"]
    withdraw_appearance(appearance, by=reviewer)
    assert everything()["claims.Appearance"] == before
    assert not Appearance.objects.standing().exists()


def test_the_place_that_came_with_the_claim_can_go_and_the_claim_stays(
    draft: AppearanceDraft, contributor: User
) -> None:
    claim = record_claim(ClaimDraft(wording="It is safe."), appearance=draft, by=contributor)
    withdraw_appearance(claim.appearances.get(), by=contributor)
    assert list(Claim.objects.standing()) == [claim]


def test_readers_still_see_it_with_the_reason(
    published: Claim, draft: AppearanceDraft, reviewer: User
) -> None:
    row = add_appearance(published, draft, by=reviewer)
    entry = withdraw_appearance(row, reason="Another bridge.", by=reviewer)
    document = documents.current(published)
    assert document is not None
    (shown,) = document["appearances"]
    assert shown["quote"]["exact"] == "the bridge is safe"
    assert (shown["withdrawn"]["entry"], shown["withdrawn"]["reason"]) == (
        entry.number,
        "Another bridge.",
    )


def test_the_same_place_can_be_recorded_again(
    appearance: Appearance, draft: AppearanceDraft, contributor: User
) -> None:
    claim = appearance.claim
    withdraw_appearance(appearance, by=contributor)
    again = add_appearance(claim, draft, by=contributor)
    assert list(Appearance.objects.standing()) == [again]
    with refused("recorded already", field="exact"):
        add_appearance(claim, draft, by=contributor)


def test_a_claim_may_be_recorded_anew_from_a_quote_that_was_withdrawn(
    draft: AppearanceDraft, contributor: User
) -> None:
    first = record_claim(ClaimDraft(wording="It is safe."), appearance=draft, by=contributor)
    withdraw_appearance(first.appearances.get(), by=contributor)
    again = record_claim(ClaimDraft(wording="It is safe."), appearance=draft, by=contributor)
    assert again != first


def test_nothing_is_withdrawn_twice(appearance: Appearance, contributor: User) -> None:
    withdraw_appearance(appearance, by=contributor)
    with refused("withdrawn already"):
        withdraw_appearance(appearance, by=contributor)


def test_a_reason_may_not_be_empty(appearance: Appearance, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        withdraw_appearance(appearance, reason=" ", by=reviewer)


def test_a_contributor_takes_back_only_their_own(appearance: Appearance) -> None:
    other = factories.person(Role.CONTRIBUTOR)
    with refused("You may not take this back", error=PermissionDenied):
        withdraw_appearance(appearance, by=other)


def test_a_contributor_takes_back_only_what_nobody_built_on(
    appearance: Appearance, contributor: User, reviewer: User
) -> None:
    factories.EvidenceFactory(claim=appearance.claim, by=contributor)
    with refused("something was recorded after it", error=PermissionDenied):
        withdraw_appearance(appearance, by=contributor)
    assert withdraw_appearance(appearance, by=reviewer).about == appearance.entry.number
