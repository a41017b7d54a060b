"""relate_claims: what is stated of two claims, once and without contradiction, and no part of their histories."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims import workflow
from claims.desk_vocabulary import RELATIONS_TURNED, RelationKind
from claims.models import Claim, ClaimRelation, HistoryEntry, User
from claims.workflow import relate_claims
from tests import factories
from tests.workflow.observing import refused, stale_columns

pytestmark = pytest.mark.django_db
NARROWER, REPEATS, CONTRADICTS = (
    RelationKind.NARROWER,
    RelationKind.REPEATS,
    RelationKind.CONTRADICTS,
)


@pytest.fixture
def other() -> Claim:
    """Another claim."""
    return factories.ClaimFactory()


def test_it_is_of_both_claims(claim: Claim, other: Claim, reviewer: User) -> None:
    relation = relate_claims(claim, other, kind=NARROWER, reason="Officers only.", by=reviewer)
    assert stale_columns(relation) == []
    assert (relation.added_by, relation.reason) == (reviewer, "Officers only.")
    assert [*ClaimRelation.objects.of(claim)] == [*ClaimRelation.objects.of(other)] == [relation]
    assert (relation.beyond(claim), relation.beyond(other)) == (other, claim)
    assert (relation.is_stated_of(claim), relation.is_stated_of(other)) == (True, False)


def test_each_kind_can_be_read_from_the_other_side() -> None:
    assert set(RELATIONS_TURNED) == set(RelationKind)


def test_it_is_no_part_of_the_history(claim: Claim, other: Claim, reviewer: User) -> None:
    before = HistoryEntry.objects.count()
    relate_claims(claim, other, kind=REPEATS, reason="The same words.", by=reviewer)
    assert HistoryEntry.objects.count() == before


def test_two_claims_may_stand_to_one_another_in_two_ways(
    claim: Claim, other: Claim, reviewer: User
) -> None:
    for kind in (NARROWER, CONTRADICTS):
        relate_claims(claim, other, kind=kind, reason="r", by=reviewer)
    assert ClaimRelation.objects.standing().between(other, claim).count() == 2


def test_a_claim_is_not_related_to_itself(claim: Claim, reviewer: User) -> None:
    with refused("does not stand to itself", field="other"):
        relate_claims(claim, claim, kind=REPEATS, reason="r", by=reviewer)


@pytest.mark.parametrize("kind", list(RelationKind))
def test_it_is_stated_once_whichever_way_round(
    claim: Claim, other: Claim, reviewer: User, kind: RelationKind
) -> None:
    relate_claims(claim, other, kind=kind, reason="r", by=reviewer)
    for one, another in ((claim, other), (other, claim)):
        with refused("stated of the two claims already", field="kind"):
            relate_claims(one, another, kind=kind, reason="r", by=reviewer)


@pytest.mark.parametrize(("first", "then"), [(REPEATS, CONTRADICTS), (CONTRADICTS, REPEATS)])
def test_repeating_and_contradicting_exclude_each_other(
    claim: Claim, other: Claim, reviewer: User, first: RelationKind, then: RelationKind
) -> None:
    relate_claims(claim, other, kind=first, reason="r", by=reviewer)
    with refused("cannot both repeat and contradict", field="kind"):
        relate_claims(other, claim, kind=then, reason="r", by=reviewer)


def test_what_was_withdrawn_may_be_stated_anew(claim: Claim, other: Claim, reviewer: User) -> None:
    wrong = relate_claims(claim, other, kind=REPEATS, reason="r", by=reviewer)
    workflow.withdraw_relation(wrong, reason="They differ.", by=reviewer)
    right = relate_claims(other, claim, kind=CONTRADICTS, reason="r", by=reviewer)
    assert [*ClaimRelation.objects.of(claim)] == [wrong, right]


def test_a_reason_and_a_known_kind_are_needed(claim: Claim, other: Claim, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        relate_claims(claim, other, kind=REPEATS, reason=" ", by=reviewer)
    with refused("", field="kind"):
        relate_claims(claim, other, kind="praises", reason="r", by=reviewer)  # type: ignore[arg-type]


def test_a_claim_that_has_ended_stands_to_no_other(
    claim: Claim, other: Claim, editor: User
) -> None:
    merged, discarded = factories.ClaimFactory(by=editor), factories.ClaimFactory(by=editor)
    workflow.merge_claims(merged, into=other, reason="The same.", by=editor)
    workflow.discard_claim(discarded, reason="A mistake.", by=editor)
    for ended, why in ((merged, "was merged into another"), (discarded, "was discarded")):
        with refused(why, field="other"):
            relate_claims(claim, ended, kind=REPEATS, reason="r", by=editor)
        with refused(why):
            relate_claims(ended, claim, kind=REPEATS, reason="r", by=editor)


def test_the_database_refuses_what_the_verb_does(
    claim: Claim, other: Claim, reviewer: User
) -> None:
    relate_claims(claim, other, kind=REPEATS, reason="r", by=reviewer)
    for broken, columns in (
        ("of_two", {"claim": claim, "other": claim, "kind": NARROWER}),
        ("once|UNIQUE", {"claim": other, "other": claim, "kind": REPEATS}),
        ("not_both|UNIQUE", {"claim": other, "other": claim, "kind": CONTRADICTS}),
        ("kind_known", {"claim": claim, "other": other, "kind": "praises"}),
        ("has_reason", {"claim": claim, "other": other, "kind": NARROWER, "reason": ""}),
    ):
        row = ClaimRelation(**{"reason": "r", "added_by": reviewer, **columns})
        with pytest.raises(IntegrityError, match=broken), transaction.atomic():
            row.save(force_insert=True)
