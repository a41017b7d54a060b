"""merge_claimants: two records of one claimant; nothing is moved, and everything of both is found under one."""

from __future__ import annotations

import pytest

from claims import documents, workflow
from claims.models import Claim, Claimant, ClaimantAlias, ClaimantMerger, User
from claims.search import desk, index
from claims.vocabulary import ClaimantKind
from claims.workflow import ClaimDraft, add_affiliation, add_alias, merge_claimants
from claims.workflow.conflicts import conflict_with
from tests import factories
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def double(db: None) -> Claimant:
    return factories.ClaimantFactory(name="M. Miler")


@pytest.fixture
def miller(db: None) -> Claimant:
    return factories.ClaimantFactory(name="Matthew Miller")


def merge(double: Claimant, miller: Claimant, editor: User) -> ClaimantMerger:
    return merge_claimants(double, into=miller, reason="One person.", by=editor)


def test_both_records_stay_and_say_so(double: Claimant, miller: Claimant, editor: User) -> None:
    merger = merge(double, miller, editor)
    assert (merger.claimant, merger.into, merger.by) == (double, miller, editor)
    assert (merger.reason, double.merged_into, miller.merged_into) == ("One person.", miller, None)
    assert stale_columns(double) == stale_columns(miller) == []
    assert double.same == miller.same == sorted([double.pk, miller.pk])


def test_what_claims_show_stays_as_it_was_recorded(
    double: Claimant, miller: Claimant, editor: User
) -> None:
    claim = factories.published_claim(claimant=double)
    factories.published_claim(claimant=miller)
    before = documents.current(claim)
    merge(double, miller, editor)
    claim.refresh_from_db()
    assert documents.current(claim) == before
    assert claim.claimant == double
    assert stale_columns(claim) == []


def test_the_claims_of_both_are_found_together_by_any_of_their_names(
    double: Claimant, miller: Claimant, editor: User
) -> None:
    add_alias(double, name="Matvei", by=editor)
    claims = [factories.ClaimFactory(claimant=one) for one in (double, miller)]
    merge(double, miller, editor)
    for one in (double, miller):
        assert list(Claim.objects.by_claimant(one).order_by("pk")) == claims
        assert list(Claim.objects.of_claimant(one.pk).order_by("pk")) == claims
    for name in ("matvei", "miler", "matthew"):
        assert list(desk.find_claims(name).order_by("pk")) == claims
    assert index.differences() == []
    recorded = workflow.record_claimant(name="m. miler", kind=ClaimantKind.PERSON, by=editor)
    assert recorded == miller


def test_the_names_of_claims_recorded_later_are_found_too(
    double: Claimant, miller: Claimant, editor: User
) -> None:
    merge(double, miller, editor)
    claim = workflow.record_claim(ClaimDraft(wording="It is.", claimant=miller), by=editor)
    add_alias(miller, name="Matvei", by=editor)
    assert list(desk.find_claims("miler matvei")) == [claim]
    assert index.differences() == []


def test_several_mergers_lead_to_the_last_at_once(
    double: Claimant, miller: Claimant, editor: User
) -> None:
    last = factories.ClaimantFactory(name="Matthew A. Miller")
    merge(double, miller, editor)
    merge(miller, last, editor)
    double.refresh_from_db()
    assert double.merged_into == last
    assert [one.into for one in ClaimantMerger.objects.order_by("pk")] == [miller, last]
    assert len(double.same) == len(last.same) == 3


def test_a_conflict_of_interest_on_one_binds_the_claims_of_both(
    double: Claimant, miller: Claimant, editor: User, reviewer: User
) -> None:
    workflow.declare_conflict(claimant=double, reason="A cousin.", by=reviewer)
    claim = factories.ClaimFactory(claimant=miller)
    assert not conflict_with(reviewer, claim)
    merge(double, miller, editor)
    assert conflict_with(reviewer, claim)


def test_nobody_is_merged_into_themselves(double: Claimant, editor: User) -> None:
    with refused("into themselves", field="into"):
        merge(double, Claimant.objects.get(pk=double.pk), editor)


def test_nobody_is_merged_in_a_circle_or_twice(
    double: Claimant, miller: Claimant, editor: User
) -> None:
    merge(double, miller, editor)
    with refused("merge into the one that remains", field="into"):
        merge(miller, double, editor)
    other = factories.ClaimantFactory()
    with refused("merged into another already"):
        merge(double, other, editor)


def test_two_kinds_are_not_one(double: Claimant, editor: User) -> None:
    body = factories.ClaimantFactory(name="Ministry", kind=ClaimantKind.BODY)
    with refused("different kinds", field="into"):
        merge(double, body, editor)


def test_readers_are_not_led_to_somebody_they_cannot_see(
    double: Claimant, miller: Claimant, editor: User
) -> None:
    factories.published_claim(claimant=double)
    factories.ClaimFactory(claimant=miller)
    with refused("merge the other way round", field="into"):
        merge(double, miller, editor)
    assert merge(miller, double, editor).pk


def test_a_reason_is_needed(double: Claimant, miller: Claimant, editor: User) -> None:
    with refused("may not be empty", field="reason"):
        merge_claimants(double, into=miller, reason=" ", by=editor)


def test_what_was_known_of_an_erased_name_goes_with_it(
    double: Claimant, miller: Claimant, editor: User, second_editor: User
) -> None:
    claim = factories.published_claim(claimant=double)
    kept = factories.published_claim(claimant=miller)
    workflow.withdraw_alias(
        add_alias(double, name="Secret", by=editor), reason="Not Secret.", by=editor
    )
    add_alias(double, name="Matvei", by=editor)
    add_alias(miller, name="M. MILER", by=editor)
    add_alias(miller, name="Matt", by=editor)
    add_affiliation(double, role="clerk", body="Bridge Office", by=editor)
    merge_claimants(double, into=miller, reason="Miler is Miller.", by=editor)
    named = claim.entries.get(number=1)
    factories.erase(named, "wording.claimant_name", by=editor, and_by=second_editor)
    told = [*Claimant.objects.values_list("name", "role")]
    told += [*ClaimantAlias.objects.values_list("name", "withdrawal_reason")]
    told += [*double.affiliations.values_list("role", "body")]
    told += [*ClaimantMerger.objects.values_list("reason", "reason")]
    words = " ".join(word for pair in told for word in pair).lower()
    assert not any(gone in words for gone in ("miler", "matvei", "secret", "clerk", "bridge"))
    assert list(desk.find_claims("miler")) == list(desk.find_claims("matvei")) == []
    assert list(desk.find_claims("matt")) == [kept]
    assert index.differences() == []
