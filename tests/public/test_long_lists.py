"""Public lists of a large register: what is looked for is found by an index, and nothing of it sorted first."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Claimant, HistoryEntry, choosing
from claims.vocabulary import VerificationStatus
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans"),
]


def test_the_name_a_claimant_was_last_given_is_the_end_of_an_index() -> None:
    factories.published_claim(claimant=factories.ClaimantFactory())
    plan = Claimant.objects.named_in_public().order_by().explain()
    assert "ORDER BY" not in plan
    assert "wording_last_of_claimant" in plan or "claims_wording_claimant_id" in plan


@pytest.mark.parametrize("few", [0, 1_000])
def test_changes_of_verdicts_are_found_from_few_changed_claims_or_on_the_way_through_many(
    monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    claims = [factories.published_claim() for _ in range(3)]
    for claim in claims[:2]:
        factories.give_verdict(claim, VerificationStatus.DISPUTED)
    monkeypatch.setattr(choosing, "FEW", few)
    with CaptureQueriesContext(connection) as asked:
        found = list(HistoryEntry.objects.changes_of_verdict())
    assert [one.claim for one in found] == claims[1::-1]
    changed = Claim.objects.standing().with_changed_status().order_by().values("pk")
    assert len(asked) == 2
    assert "claim_changed_status" in changed.explain()
    assert (f"({claims[0].pk}, {claims[1].pk})" in asked[1]["sql"]) is bool(few)


def test_acts_of_one_moment_stand_in_the_order_that_pages_go_on_by() -> None:
    sql = str(HistoryEntry.objects.newest_first().query)
    assert sql.endswith('"recorded_at" DESC, "claims_historyentry"."claim_id" DESC')
