"""A shared cache that takes connections and says nothing: asked once, then left alone for a while."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from time import monotonic

import pytest
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from claims.shared_cache import ImpatientPool
from factcheck.caches import IMPATIENT


@pytest.fixture
def address() -> Iterator[str]:
    """Where connections wait to be taken, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def silent(address: str) -> RedisCache:
    return RedisCache(address, {"OPTIONS": IMPATIENT})


@pytest.fixture(autouse=True)
def nothing_was_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientPool, "silent_until", 0.0)


def test_it_is_waited_for_once_and_then_left_alone(silent: RedisCache) -> None:
    with pytest.raises(RedisError, match="imeout"):
        silent.get("a")
    for ask in (lambda: silent.get("a"), lambda: silent.incr("a"), lambda: silent.set("a", 1)):
        with pytest.raises(RedisError, match="did not answer a moment ago"):
            ask()


def test_whatever_asks_it_in_this_process_knows(silent: RedisCache, address: str) -> None:
    """Django makes a cache for each thread."""
    with pytest.raises(RedisError):
        silent.get("a")
    another = RedisCache(address, {"OPTIONS": IMPATIENT})
    with pytest.raises(RedisError, match="did not answer a moment ago"):
        another.get("a")


def test_it_is_asked_again_after_that(silent: RedisCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImpatientPool, "silent_until", monotonic() - 1)
    with pytest.raises(RedisError, match="imeout"):
        silent.get("a")


def test_redis_is_never_waited_for_longer_than_a_reader_notices() -> None:
    assert IMPATIENT["socket_timeout"] == IMPATIENT["socket_connect_timeout"] == 0.25
