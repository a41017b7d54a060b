"""The cache of one process: what it counts beside what it keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from claims import local_cache
from claims.local_cache import LocalCache


@pytest.fixture
def cache() -> LocalCache:
    one = LocalCache("tests", {})
    one.clear()
    return one


def count(cache: LocalCache, reader: str, turn: int = 1) -> int:
    return cache.counted(reader, period=60, turn=turn)


def test_readers_are_counted_each_for_themselves(cache: LocalCache) -> None:
    assert [count(cache, one) for one in ("a", "a", "b", "a")] == [1, 2, 1, 3]


def test_each_turn_of_a_period_begins_anew_and_periods_have_nothing_to_do_with_each_other(
    cache: LocalCache,
) -> None:
    assert [count(cache, "a", turn) for turn in (1, 1, 2, 2)] == [1, 2, 1, 2]
    assert cache.counted("a", period=86_400, turn=2) == 1
    assert count(cache, "a", 2) == 3


def test_whatever_asks_for_the_cache_of_that_name_counts_together(cache: LocalCache) -> None:
    """Django makes one for each thread."""
    assert (count(cache, "a"), count(LocalCache("tests", {}), "a")) == (1, 2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: count(LocalCache("tests", {}), "a"), range(400)))
    assert count(cache, "a") == 403


def test_no_more_readers_are_known_than_there_is_room_for(
    cache: LocalCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_cache, "READERS", 2)
    assert [count(cache, one) for one in ("a", "b", "b", "c", "b", "a")] == [1, 1, 2, 1, 3, 1]


def test_what_was_counted_is_forgotten_with_what_is_kept(cache: LocalCache) -> None:
    count(cache, "a")
    cache.set("key", "value")
    cache.clear()
    assert (count(cache, "a"), cache.get("key")) == (1, None)
