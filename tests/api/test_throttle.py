"""The rate: too many requests are refused with the time to wait, each reader is counted alone."""

from __future__ import annotations

import time
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import ConnectionError

from claims.api.throttles import ReaderThrottle
from claims.models import User
from claims.models.key_text import new_key_text
from tests.api.conftest import Api
from tests.workflow.scene_keys import issued


@pytest.fixture(autouse=True)
def three_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rate that no minute's turn can interrupt."""
    monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": "3/day"})


@pytest.fixture
def shared(settings: Any) -> BaseCache:
    """A cache that is not of one process, as far as counting goes."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "shared"}}
    caches["default"].clear()
    return caches["default"]


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


@pytest.mark.parametrize("path", ["statuses/", "match/", "claims/"])
def test_a_browser_s_question_uses_up_nothing_and_asks_nobody(
    api: Api, django_assert_num_queries: Any, path: str
) -> None:
    """Nor does it tell whether a key is one: whoever guesses at keys is counted."""
    wrong = {"Authorization": f"Bearer {new_key_text()}"}
    with django_assert_num_queries(0):
        for headers in [{}, wrong] * 3:
            answer = api.client.options(f"/api/v1/{path}", REMOTE_ADDR="192.0.2.1", headers=headers)
            assert (answer.status_code, "X-RateLimit-Limit" in answer) == (204, False)
    assert codes(api, 4, "192.0.2.1") == [200, 200, 200, 429]


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


def test_a_shared_cache_counts_as_one_of_a_process_does(api: Api, shared: BaseCache) -> None:
    assert codes(api, 4, "192.0.2.1") == [200, 200, 200, 429]
    assert codes(api, 3, "192.0.2.2") == [200, 200, 200]


def test_a_count_that_the_cache_forgets_meanwhile_lets_the_reader_through(
    api: Api, shared: BaseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "add", lambda *args, **kwargs: True)
    assert codes(api, 5, "192.0.2.1") == [200] * 5


def test_ipv4_readers_on_a_socket_for_both_families_are_counted_apart(api: Api) -> None:
    assert codes(api, 4, "::ffff:192.0.2.1") == [200, 200, 200, 429]
    assert ask(api, "::ffff:192.0.2.2").status_code == 200
    assert ask(api, "192.0.2.1").status_code == 429


def test_without_its_cache_the_register_still_answers(
    api: Api, shared: BaseCache, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shared, "add", Mock(side_effect=ConnectionError("refused")))
    assert codes(api, 4, "192.0.2.1") == [200, 200, 200, 200]
    assert "the cache does not answer: refused" in caplog.text


def test_every_answer_says_what_is_left(api: Api) -> None:
    first = ask(api, "192.0.2.1")
    tag = first["ETag"]
    known = ask(api, "192.0.2.1", if_none_match=tag)
    missing = api.client.get("/api/v1/nothing/", REMOTE_ADDR="192.0.2.1")
    refused = ask(api, "192.0.2.1")
    answers = [first, known, missing, refused]
    assert [answer.status_code for answer in answers] == [200, 304, 404, 429]
    for answer, left in zip(answers, (2, 1, 0, 0), strict=True):
        policy = parsed(answer["RateLimit-Policy"])
        limit = parsed(answer["RateLimit"])
        assert policy == ("anonymous", {"q": 3, "w": 86400})
        assert limit[0] == "anonymous"
        assert limit[1]["r"] == left == int(answer["X-RateLimit-Remaining"])
        assert answer["X-RateLimit-Limit"] == "3"
        assert 0 < int(answer["X-RateLimit-Reset"]) - time.time() <= limit[1]["t"] + 1


def parsed(header: str) -> tuple[str, dict[str, int]]:
    """Return the one item of a list of RFC 9651, a string with whole numbers as parameters."""
    name, *given = header.split(";")
    assert name.startswith('"')
    assert name.endswith('"')
    pairs = (one.split("=") for one in given)
    return name.strip('"'), {key: int(value) for key, value in pairs}


def test_a_refusal_names_the_policy_as_registered(api: Api) -> None:
    codes(api, 3, "192.0.2.1")
    problem = ask(api, "192.0.2.1").json()
    assert problem["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    assert problem["violated-policies"] == ["anonymous"]


def test_the_draft_can_be_left_out(api: Api, settings: Any) -> None:
    settings.FACTCHECK_API_RATELIMIT_HEADERS = False
    answer = ask(api, "192.0.2.1")
    assert "RateLimit" not in answer
    assert "RateLimit-Policy" not in answer
    assert answer["X-RateLimit-Remaining"] == "2"


def test_a_key_has_a_rate_of_its_own_wherever_it_is_used(api: Api, contributor: User) -> None:
    key, other = issued(contributor, rate=2), issued(contributor, rate=2)
    sent = {"authorization": f"Bearer {key.text}"}
    answers = [ask(api, f"192.0.2.{number}", **sent) for number in range(3)]
    if answers[-1].status_code == 200:  # the minute turned between two requests
        answers = [*answers[1:], ask(api, "192.0.2.9", **sent), ask(api, "192.0.2.9", **sent)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["violated-policies"] == ["key"]
    assert answers[0]["RateLimit-Policy"] == '"key";q=2;w=60'
    assert ask(api, "192.0.2.1").status_code == 200
    assert ask(api, "192.0.2.1", authorization=f"Bearer {other.text}").status_code == 200


def test_whoever_guesses_at_keys_is_counted(api: Api) -> None:
    sent = {"authorization": f"Bearer {new_key_text()}"}
    assert codes(api, 4, "192.0.2.1", **sent) == [401, 401, 401, 429]
