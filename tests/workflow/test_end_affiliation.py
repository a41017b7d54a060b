"""end_affiliation: the last day of what a claimant was, once it is known."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import Affiliation, User
from claims.workflow import add_affiliation, end_affiliation, withdraw_affiliation
from tests import factories
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def open_ended(contributor: User) -> Affiliation:
    """What somebody has been since a day."""
    claimant = factories.ClaimantFactory()
    return add_affiliation(claimant, role="mayor", since=date(2020, 1, 1), by=contributor)


def test_it_ends_and_says_who_said_so(open_ended: Affiliation, reviewer: User) -> None:
    assert end_affiliation(open_ended, until=date(2024, 1, 1), by=reviewer) is open_ended
    assert stale_columns(open_ended) == []
    assert open_ended.ended_by == reviewer
    assert not Affiliation.objects.on(date(2024, 1, 2)).exists()


def test_it_does_not_end_before_it_began(open_ended: Affiliation, reviewer: User) -> None:
    with refused("end before it began", field="until"):
        end_affiliation(open_ended, until=date(2019, 12, 31), by=reviewer)


def test_an_end_that_is_known_stays(open_ended: Affiliation, reviewer: User) -> None:
    end_affiliation(open_ended, until=date(2024, 1, 1), by=reviewer)
    with refused("Its end is known already", field="until"):
        end_affiliation(open_ended, until=date(2025, 1, 1), by=reviewer)


def test_one_that_was_withdrawn_does_not_end(open_ended: Affiliation, reviewer: User) -> None:
    withdraw_affiliation(open_ended, reason="Wrong.", by=reviewer)
    with refused("withdrawn already"):
        end_affiliation(open_ended, until=date(2024, 1, 1), by=reviewer)
