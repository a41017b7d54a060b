"""Answers are open to other sites and kept by caches for a while; refusals are open and not kept."""

from __future__ import annotations

import pytest

from claims.models import Claim
from tests.api.conftest import Api

ADDRESSES = ["", "claims/", "articles/", "claimants/", "statuses/", "schema/"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_any_site_may_read_and_caches_may_keep(api: Api, path: str) -> None:
    answer = api.fetch(path)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "Retry-After"} <= {
        name.strip() for name in answer["Access-Control-Expose-Headers"].split(",")
    }
    assert answer["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    again = api.fetch(path, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["nothing/", "claims/?limit=0", "claims/0000000000/"])
def test_refusals_are_open_and_not_kept(api: Api, path: str) -> None:
    answer = api.fetch(path)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"


def test_a_browser_is_told_that_it_may_ask(api: Api) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    answer = api.client.options("/api/v1/claims/", headers=asked)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "*, Authorization"
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert answer.content == b""


def test_a_session_changes_nothing(api: Api, published: Claim, admin_client: object) -> None:
    path = f"/api/v1/claims/{published.public_id}/"
    answer = admin_client.get(path)  # type: ignore[attr-defined]
    assert answer.content == api.client.get(path).content


def test_people_are_named_by_their_public_names_only(api: Api, published: Claim) -> None:
    for path in (
        "claims/",
        f"claims/{published.public_id}/",
        f"claims/{published.public_id}/history/",
    ):
        text = api.fetch(path).content.decode()
        for name in ("rashid", "sofia", "carla"):
            assert name not in text


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_condition_on_a_date_of_modification_is_ignored_for_there_is_none(
    api: Api, path: str
) -> None:
    for name in ("if-unmodified-since", "if-modified-since"):
        answer = api.fetch(path, headers={name: "Sat, 01 Jan 2000 00:00:00 GMT"})
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_version_that_is_not_the_one_there_is_fails(api: Api, path: str) -> None:
    answer = api.fetch(path, headers={"if-match": '"another"'})
    assert (answer.status_code, answer["Cache-Control"]) == (412, "no-store")
    assert answer["Content-Type"] == "application/problem+json"
    mark = api.fetch(path)["ETag"]
    assert api.fetch(path, headers={"if-match": mark}).status_code == 200
