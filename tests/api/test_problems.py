"""Refusals and failures: problem documents that name what is wrong and tell nothing else."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.utils.html import escape

from claims.api.claims import ClaimList
from claims.api.problem_types import TYPES
from claims.models import Claim
from tests.api.conftest import Api

LISTS = ["claims/", "articles/", "claimants/"]
ADDRESSES = ["", *LISTS, "statuses/", "schema/", "docs/", "docs/start.js", "claims/0000000000/"]
WRITABLE = ["claims/", "articles/"]
EVERY_LIMIT = [
    "0",
    "-1",
    "101",
    "1000000000",
    "1e2",
    "１０",
    "٣",
    "+5",
    " 5",
    "5\x00",
    "",
    "NaN",
    "0x10",
]
NO_CURSOR = [
    "",
    "x",
    "WzAsMV0",
    "WzAsMV0.AAAA",
    "\x00",
    "é" * 400,
    "a" * 100_000,
    ".",
    ".x.y",
    "..",
    "[]",
]


def errors(answer: Any) -> set[str]:
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    return {error["parameter"] for error in answer.json()["errors"]}


def test_all_that_is_wrong_is_named_at_once(api: Api) -> None:
    given = {"limit": "0", "status": "true", "as_of": "then", "colour": "red", "claimant": "A B"}
    problem = api.get("claims/", 400, **given)
    assert {error["parameter"] for error in problem["errors"]} == set(given)
    assert problem["type"] == "http://testserver/api/v1/problems/bad-parameters/"
    assert problem["title"] == "Parameters that cannot be used"
    assert problem["instance"] == "/api/v1/claims/"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", EVERY_LIMIT)
def test_a_limit_that_is_none_is_refused(api: Api, path: str, limit: str) -> None:
    assert errors(api.fetch(path, limit=limit)) == {"limit"}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", NO_CURSOR)
def test_a_cursor_that_is_none_is_refused(api: Api, path: str, cursor: str) -> None:
    assert errors(api.fetch(path, cursor=cursor)) == {"cursor"}


@pytest.mark.parametrize(
    "name",
    [
        "order_by",
        "__",
        "wording__regex",
        "_connector",
        "page",
        "offset",
        "format",
        "id",
        "",
        "\x00",
    ],
)
@pytest.mark.parametrize("path", [*LISTS, "statuses/", ""])
def test_an_unknown_parameter_is_refused(api: Api, path: str, name: str) -> None:
    assert errors(api.client.get(f"/api/v1/{path}", {name: "x"})) == {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "confirmed\x00"),
        ("status", "Confirmed"),
        ("claimant", "' OR 1=1"),
        ("claimant", "１２３"),
        ("claimant", "a" * 17),
        ("kind", "person"),
        ("language", "en\x00"),
        ("language", "e" * 100),
        ("effective_as_of", "2024-11-04T00:00:00Z"),
        ("effective_as_of", "2999-01-01"),
        ("effective_as_of", "2024-02-30"),
    ],
)
def test_a_value_that_is_none_is_refused(api: Api, name: str, value: str) -> None:
    assert errors(api.client.get("/api/v1/claims/", {name: value})) == {name}


def test_a_parameter_given_twice_is_refused(api: Api) -> None:
    assert errors(api.client.get("/api/v1/claims/?limit=1&limit=2")) == {"limit"}


def test_bytes_that_are_no_text_are_refused(api: Api) -> None:
    assert errors(api.client.get("/api/v1/claims/?status=%ff%fe")) == {"status"}
    assert errors(api.client.get("/api/v1/claims/?status=%ed%a0%80")) == {"status"}


def test_more_parameters_than_anybody_needs_are_refused(api: Api) -> None:
    query = "&".join(f"p{number}=1" for number in range(2000))
    answer = api.client.get(f"/api/v1/claims/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_can_be_changed(api: Api, path: str, method: str) -> None:
    answer = getattr(api.client, method)(f"/api/v1/{path}")
    assert answer["Content-Type"] == "application/problem+json"
    if path in WRITABLE and method == "post":
        assert answer.status_code == 401
        return
    assert answer.status_code == 405
    known = {"GET", "HEAD", "OPTIONS", *(["POST"] if path in WRITABLE else [])}
    assert set(answer["Allow"].split(", ")) == known


def test_every_refusal_leads_to_what_it_means(api: Api) -> None:
    listed = api.get("problems/")["results"]
    assert len({kind["type"] for kind in listed}) == len(listed) == len(TYPES)
    for kind in listed:
        assert api.get(kind["type"]) == kind
        page = api.fetch(kind["type"], headers={"accept": "text/html"})
        assert page["Content-Type"].startswith("text/html")
        assert page["Vary"] == "Accept"
        assert escape(kind["advice"]) in page.content.decode()
    assert api.get("problems/none-such/", 404)["type"].endswith("/problems/not-found/")


def test_a_type_of_problem_is_a_promise() -> None:
    """Programs compare these addresses: none is ever taken away, renamed or used for something else."""
    assert {slug: int(kind.status) for slug, kind in TYPES.items()} == {
        "bad-parameters": 400,
        "bad-body": 400,
        "bad-idempotency-key": 400,
        "unreadable": 400,
        "key-needed": 401,
        "key-not-valid": 401,
        "scope-missing": 403,
        "not-permitted": 403,
        "not-found": 404,
        "not-published-then": 404,
        "not-in-effect-then": 404,
        "method-not-allowed": 405,
        "not-acceptable": 406,
        "log-began-anew": 410,
        "against-the-rules": 409,
        "being-written": 409,
        "precondition-failed": 412,
        "too-large": 413,
        "not-json": 415,
        "values-not-usable": 422,
        "nothing-to-read": 422,
        "page-not-answered": 502,
        "idempotency-key-reused": 422,
        "version-needed": 428,
        "failed": 500,
        "down": 503,
    }


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("claims/?limit=0", "bad-parameters"),
        ("nothing/", "not-found"),
        ("claims/0000000000/", "not-found"),
    ],
)
def test_each_refusal_has_its_type(api: Api, path: str, slug: str) -> None:
    assert api.fetch(path).json()["type"] == f"http://testserver/api/v1/problems/{slug}/"


@pytest.mark.parametrize("path", ["", *LISTS, "statuses/", "schema/"])
def test_a_media_type_that_is_not_there_is_refused(api: Api, path: str) -> None:
    answer = api.fetch(path, headers={"accept": "text/csv"})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    assert api.fetch(path, headers={"accept": "text/html,*/*;q=0.8"}).status_code == 200


def test_head_is_get_without_a_body(api: Api, published: Claim) -> None:
    for path in ("claims/", f"claims/{published.public_id}/"):
        full, head = api.fetch(path), api.client.head(f"/api/v1/{path}")
        assert head.content == b""
        assert head["ETag"] == full["ETag"]
        assert head["Content-Length"] == full["Content-Length"]


def test_a_failure_tells_nothing_of_the_inside(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*args: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(ClaimList, "get", fails)
    api.client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        answer = api.client.get("/api/v1/claims/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "hunter2" not in answer.content.decode()
    assert "hunter2" in caplog.text


def test_a_silent_database_means_come_back_later(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> None:
        raise OperationalError("server at 10.0.0.5 closed the connection")

    monkeypatch.setattr(ClaimList, "get", fails)
    answer = api.client.get("/api/v1/claims/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "10.0.0.5" not in answer.content.decode()


def test_in_debug_the_failure_itself_is_shown(
    api: Api, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def fails(*args: Any) -> None:
        raise RuntimeError("seen by the developer")

    settings.DEBUG = True
    monkeypatch.setattr(ClaimList, "get", fails)
    with pytest.raises(RuntimeError, match="developer"):
        api.client.get("/api/v1/claims/")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/", "/api/v2/claims/", "/api/v10"])
def test_no_address_of_the_api_answers_with_a_page(api: Api, path: str) -> None:
    answer = api.client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["instance"] == path
    assert api.client.post(path).status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "a b"])
def test_a_host_that_is_not_ours_is_refused_in_the_language_of_the_asker(
    api: Api, host: str
) -> None:
    answer = api.fetch("claims/", headers={"host": host})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert "evil" not in answer.content.decode()
    page = api.client.get("/claims/", headers={"host": host})
    assert page.status_code == 400
    assert page["Content-Type"] == "text/html; charset=utf-8"


def test_a_failure_outside_the_views_tells_nothing_either(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(ClaimList, "finalize_response", fails)
    api.client.raise_request_exception = False
    answer = api.client.get("/api/v1/claims/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "hunter2" not in answer.content.decode()
