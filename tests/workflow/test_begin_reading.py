"""begin_reading: somebody is at it, unless there is nothing left to do."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import Claim, User
from tests import factories
from tests.workflow.fetching_of import ADDRESS


def test_it_says_that_a_page_is_being_fetched(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    assert workflow.begin_reading(reading, by=contributor)
    reading.refresh_from_db()
    assert reading.state == ReadingState.FETCHING


def test_it_may_be_begun_again_after_a_worker_died(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    assert workflow.begin_reading(reading, by=contributor)
    assert workflow.begin_reading(reading, by=contributor)


def test_there_is_nothing_to_do_for_one_that_is_done(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    workflow.fail_reading(reading, FetchTrouble.GONE, by=contributor)
    assert not workflow.begin_reading(reading, by=contributor)
    reading.refresh_from_db()
    assert reading.state == ReadingState.FAILED


def test_it_needs_the_right_to_add_evidence(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    with pytest.raises(PermissionDenied):
        workflow.begin_reading(reading, by=factories.UserFactory())
