"""delete_filter: a filter of one's own is deleted."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import FilteredList
from claims.models import SavedFilter, User
from tests.workflow.observing import refused


@pytest.fixture
def saved(reviewer: User) -> SavedFilter:
    """A filter of the reviewer's."""
    return workflow.save_filter(
        list=FilteredList.REVIEWS, name="Mine", query="queue=mine", by=reviewer
    )


def test_it_is_deleted(saved: SavedFilter, reviewer: User) -> None:
    workflow.delete_filter(saved, by=reviewer)
    assert not SavedFilter.objects.exists()


def test_nobody_deletes_somebody_elses(saved: SavedFilter, editor: User) -> None:
    with refused("This is somebody else's filter.", error=PermissionDenied):
        workflow.delete_filter(saved, by=editor)
