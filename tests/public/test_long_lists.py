"""Public lists of a large register: what is looked for is found by an index, and nothing of it sorted first."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.models import Claimant, HistoryEntry
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


def test_changes_of_verdicts_are_looked_for_among_changed_claims_alone() -> None:
    factories.published_claim()
    assert "claim_changed_status" in HistoryEntry.objects.changes_of_verdict().explain()
