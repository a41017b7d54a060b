"""withdraw_relation: what was wrongly stated of two claims is shown to nobody but the desk, with the reason."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims.desk_vocabulary import RelationKind
from claims.models import Claim, ClaimRelation, User
from claims.workflow import relate_claims, withdraw_relation
from tests import factories
from tests.workflow.observing import refused, stale_columns

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation(published: Claim, reviewer: User) -> ClaimRelation:
    """What was stated of two published claims."""
    other = factories.published_claim()
    return relate_claims(
        published, other, kind=RelationKind.REPEATS, reason="The same.", by=reviewer
    )


def test_it_stays_for_the_desk_and_leaves_the_readers(
    relation: ClaimRelation, published: Claim, editor: User
) -> None:
    assert [*ClaimRelation.objects.readable_with(published)] == [relation]
    assert withdraw_relation(relation, reason="Another bridge.", by=editor) is relation
    assert stale_columns(relation) == []
    assert (relation.withdrawn_by, relation.withdrawal_reason) == (editor, "Another bridge.")
    assert [*ClaimRelation.objects.of(published)] == [relation]
    assert [*ClaimRelation.objects.readable_with(published)] == []


def test_it_is_withdrawn_once(relation: ClaimRelation, editor: User) -> None:
    withdraw_relation(relation, reason="Another bridge.", by=editor)
    with refused("withdrawn already"):
        withdraw_relation(relation, reason="Another bridge.", by=editor)


def test_a_reason_is_needed(relation: ClaimRelation, editor: User) -> None:
    with refused("may not be empty", field="reason"):
        withdraw_relation(relation, reason=" ", by=editor)


def test_the_database_wants_the_whole_of_a_withdrawal(relation: ClaimRelation) -> None:
    rows = ClaimRelation.objects.filter(pk=relation.pk)
    with pytest.raises(IntegrityError, match="withdrawn_by_somebody"), transaction.atomic():
        rows.update(withdrawal_reason="Nobody's.")
