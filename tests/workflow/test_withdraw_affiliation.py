"""withdraw_affiliation: what a claimant never was finds nobody any more, and stays to be seen on the desk."""

from __future__ import annotations

import pytest

from claims.models import Affiliation, Claimant, User
from claims.workflow import add_affiliation, withdraw_affiliation
from tests import factories
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def wrong(contributor: User) -> Affiliation:
    """What somebody never was."""
    return add_affiliation(factories.ClaimantFactory(), role="astronaut", by=contributor)


def test_it_stays_with_the_reason(wrong: Affiliation, reviewer: User) -> None:
    assert withdraw_affiliation(wrong, reason="A namesake.", by=reviewer) is wrong
    assert stale_columns(wrong) == []
    assert (wrong.withdrawn_by, wrong.withdrawal_reason) == (reviewer, "A namesake.")


def test_it_finds_nobody_and_can_be_added_again(wrong: Affiliation, reviewer: User) -> None:
    withdraw_affiliation(wrong, reason="A namesake.", by=reviewer)
    assert not Affiliation.objects.standing().exists()
    assert not Claimant.objects.described_by(["astronaut"]).exists()
    add_affiliation(wrong.claimant, role="astronaut", by=reviewer)


def test_it_is_withdrawn_once_and_with_a_reason(wrong: Affiliation, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        withdraw_affiliation(wrong, reason=" ", by=reviewer)
    withdraw_affiliation(wrong, reason="A namesake.", by=reviewer)
    with refused("withdrawn already"):
        withdraw_affiliation(wrong, reason="A namesake.", by=reviewer)
