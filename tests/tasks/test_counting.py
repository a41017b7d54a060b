"""Counting what the page of statistics shows, by a worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from claims import workflow
from claims.layout import counted
from claims.models import Count, User
from claims.tasks.counting import count_statistics
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import html, words

pytestmark = pytest.mark.django_db
LONG = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def counted_in(took: timedelta) -> Count:
    """Have the worker count, and say how long that took."""
    count_statistics.func()
    Count.objects.update(took=took)
    return Count.objects.get()


def test_what_took_long_to_count_is_shown_as_it_was_counted(client: Client) -> None:
    factories.published_claim()
    at = counted_in(LONG).at
    factories.published_claim(VerificationStatus.DISPUTED)
    page = words(html(client, "/statistics/"))
    assert "The lists show 1 claim with a verdict." in page
    assert f"Counted on {at:%-d %B %Y}, {at:%H:%M}" in page
    assert "disputed" not in client.get("/statistics/months.csv").content.decode()


def test_what_is_counted_in_a_moment_is_counted_for_each_reader(client: Client) -> None:
    counted_in(timedelta(seconds=1))
    factories.published_claim(VerificationStatus.DISPUTED)
    page = words(html(client, "/statistics/"))
    assert "The lists show 1 claim with a verdict." in page
    assert "Counted on" not in page


def test_the_numbers_come_back_as_they_were_counted(client: Client, editor: User) -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    workflow.file_claim(claim, topics=[workflow.record_topic(name="Énergie", by=editor)], by=editor)
    workflow.void_verdict(factories.published_claim(), reason="A namesake.", by=editor)
    now = counted.count()
    assert all((now.months, now.changes, now.waits, now.kinds, now.topics, now.corrections))
    assert counted.read(counted.written(now)) == now
    assert isinstance(now.months[0][0], date)


def test_counting_takes_a_fiftieth_of_the_time_at_most() -> None:
    at = datetime(2026, 11, 29, 12, tzinfo=UTC)
    long, brief = (Count(at=at, took=timedelta(seconds=took)) for took in (60, 0.1))
    assert long.stands(at + timedelta(minutes=49, seconds=59))
    assert not long.stands(at + timedelta(minutes=50))
    assert brief.stands(at + timedelta(minutes=4, seconds=59))
    assert not brief.stands(at + timedelta(minutes=5))


def test_it_is_counted_again_when_its_time_is_over_and_not_before() -> None:
    first = counted_in(LONG)
    count_statistics.func()
    assert Count.objects.get().at == first.at
    Count.objects.update(at=first.at - LONG * 50)
    count_statistics.func()
    assert Count.objects.get().at > first.at


def test_what_another_edition_counted_is_not_read_and_replaced(client: Client) -> None:
    counted_in(LONG)
    Count.objects.update(shape="another", numbers="{}")
    factories.published_claim()
    assert "The lists show 1 claim with a verdict." in words(html(client, "/statistics/"))
    count_statistics.func()
    assert Count.objects.get().shape == counted.SHAPE


@pytest.mark.parametrize("rows", [1, 20])
def test_a_page_of_kept_numbers_costs_one_query(
    client, django_assert_num_queries, rows: int
) -> None:
    for _ in range(rows):
        factories.published_claim()
    counted_in(LONG)
    # 1 what was counted
    with django_assert_num_queries(1):
        html(client, "/statistics/")
