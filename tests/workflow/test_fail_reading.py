"""fail_reading: there is nothing from the address, and the person is told why."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import Claim, User
from tests import factories
from tests.workflow.fetching_of import ADDRESS, read_reading


def test_the_trouble_and_its_detail_are_kept(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    workflow.fail_reading(reading, FetchTrouble.BUSY, detail="Status 503\0.", by=contributor)
    assert (reading.state, reading.trouble) == (ReadingState.FAILED, FetchTrouble.BUSY)
    assert reading.trouble_detail == "Status 503 ."


def test_what_is_done_stays_as_it_is(claim: Claim, contributor: User) -> None:
    reading = read_reading(claim, contributor)
    workflow.fail_reading(reading, FetchTrouble.BUSY, by=contributor)
    assert (reading.state, reading.trouble) == (ReadingState.READY, "")


def test_it_needs_the_right_to_add_evidence(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    with pytest.raises(PermissionDenied):
        workflow.fail_reading(reading, FetchTrouble.BUSY, by=factories.UserFactory())
