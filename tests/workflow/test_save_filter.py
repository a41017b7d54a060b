"""save_filter: what a list is narrowed by is kept under a name of one's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.admin.reports import ReaderReportAdmin
from claims.admin.reviews import ReviewAdmin
from claims.admin.stale import StaleClaimAdmin
from claims.desk_vocabulary import FILTERED_BY, FilteredList
from claims.models import SavedFilter, User
from claims.workflow import filters
from tests import factories
from tests.workflow.observing import refused

REVIEWS = FilteredList.REVIEWS


def test_a_filter_is_kept(contributor: User) -> None:
    query = "?queue=mine&topic=energy&q=%C3%BC+x"
    saved = workflow.save_filter(list=REVIEWS, name=" Mine ", query=query, by=contributor)
    assert (saved.person, saved.name, saved.query) == (contributor, "Mine", query[1:])


def test_a_name_is_ones_own_and_stands_once(contributor: User, reviewer: User) -> None:
    workflow.save_filter(list=REVIEWS, name="Mine", query="queue=mine", by=contributor)
    with refused("You have a filter of this name.", field="name"):
        workflow.save_filter(list=REVIEWS, name="MINE", query="age=3", by=contributor)
    workflow.save_filter(list=REVIEWS, name="Mine", query="age=3", by=reviewer)
    workflow.save_filter(list=FilteredList.STALE, name="Mine", query="q=x", by=contributor)


@pytest.mark.parametrize(
    "query",
    ["", "?", "queue=", "nonsense=1", "queue=mine&claim__wording__regex=x", "p=2", "q=%00"],
)
def test_a_query_the_list_does_not_know_is_refused(contributor: User, query: str) -> None:
    with refused("narrowed", field="query"):
        workflow.save_filter(list=REVIEWS, name="Mine", query=query, by=contributor)


@pytest.mark.parametrize("query", ["q=" + "x" * 2000, "&".join(["q=x"] * 21)])
def test_a_query_beyond_measure_is_refused(contributor: User, query: str) -> None:
    with refused("", field="query"):
        workflow.save_filter(list=REVIEWS, name="Mine", query=query, by=contributor)


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_what_is_no_name_is_refused(contributor: User, name: str) -> None:
    with refused("", field="name"):
        workflow.save_filter(list=REVIEWS, name=name, query="queue=mine", by=contributor)


def test_nobody_keeps_more_than_they_can_read(
    contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST", 1)
    workflow.save_filter(list=REVIEWS, name="Mine", query="queue=mine", by=contributor)
    with refused("delete one first"):
        workflow.save_filter(list=REVIEWS, name="Old", query="age=30", by=contributor)


def test_somebody_who_does_not_work_here_keeps_nothing(db: None) -> None:
    reader = factories.UserFactory(is_staff=False)
    with refused("You may not work on this desk.", error=PermissionDenied):
        workflow.save_filter(list=REVIEWS, name="Mine", query="queue=mine", by=reader)
    assert not SavedFilter.objects.exists()


def test_what_can_be_kept_is_what_the_lists_offer() -> None:
    admins: dict[FilteredList, Any] = {
        FilteredList.REVIEWS: ReviewAdmin,
        FilteredList.REPORTS: ReaderReportAdmin,
        FilteredList.STALE: StaleClaimAdmin,
    }
    offered = {which: one.open_lookups | {"q", "o"} for which, one in admins.items()}
    assert offered == FILTERED_BY
