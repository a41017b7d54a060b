"""The rate: too many requests are refused with the time to wait, each reader is counted alone."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError

from claims.api.throttles import ReaderThrottle
from tests.api.conftest import Api


@pytest.fixture(autouse=True)
def three_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rate that no minute's turn can interrupt."""
    monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": "3/day"})


def ask(api: Api, address: str, **headers: str) -> Any:
    return api.client.get("/api/v1/statuses/", REMOTE_ADDR=address, headers=headers)


def codes(api: Api, times: int, address: str, **headers: str) -> list[int]:
    return [ask(api, address, **headers).status_code for _ in range(times)]


def test_too_many_requests_are_told_how_long_to_wait(api: Api) -> None:
    assert codes(api, 4, "192.0.2.1") == [200, 200, 200, 429]
    refused = ask(api, "192.0.2.1")
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 24 * 60 * 60
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_other_readers_are_not_affected(api: Api) -> None:
    assert codes(api, 4, "192.0.2.1")[-1] == 429
    assert codes(api, 3, "192.0.2.2") == [200, 200, 200]


def test_a_claimed_address_is_not_believed(api: Api) -> None:
    answers = [ask(api, "192.0.2.1", x_forwarded_for=f"198.51.100.{number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_behind_a_trusted_proxy_its_word_counts_and_the_clients_does_not(
    api: Api, settings: Any
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    spoofed = [f"198.51.100.{number}, 203.0.113.7" for number in range(4)]
    assert [ask(api, "192.0.2.1", x_forwarded_for=chain).status_code for chain in spoofed] == [
        200,
        200,
        200,
        429,
    ]
    assert ask(api, "192.0.2.1", x_forwarded_for="203.0.113.8").status_code == 200


def test_the_addresses_of_one_ipv6_network_are_one_reader(api: Api) -> None:
    answers = [ask(api, f"2001:db8::{number:x}").status_code for number in range(4)]
    assert answers == [200, 200, 200, 429]
    assert ask(api, "2001:db8:0:1::1").status_code == 200


def test_a_reader_without_an_address_is_counted_too(api: Api) -> None:
    assert codes(api, 4, "unix:") == [200, 200, 200, 429]


def test_without_a_rate_nobody_is_refused(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": None})
    assert codes(api, 10, "192.0.2.1") == [200] * 10


def test_a_count_that_the_cache_forgets_meanwhile_lets_the_reader_through(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.api.throttles.cache.add", lambda *args, **kwargs: True)
    assert codes(api, 5, "192.0.2.1") == [200] * 5


def test_ipv4_readers_on_a_socket_for_both_families_are_counted_apart(api: Api) -> None:
    assert codes(api, 4, "::ffff:192.0.2.1") == [200, 200, 200, 429]
    assert ask(api, "::ffff:192.0.2.2").status_code == 200
    assert ask(api, "192.0.2.1").status_code == 429


def test_without_its_cache_the_register_still_answers(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cache, "add", Mock(side_effect=ConnectionError("refused")))
    assert codes(api, 4, "192.0.2.1") == [200, 200, 200, 200]
    assert "the cache does not answer: refused" in caplog.text
