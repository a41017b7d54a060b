"""/api/v1/: the way in, and what is said where there is nothing."""

from __future__ import annotations

import pytest
from django.urls import resolve

from claims import addresses
from claims.api.root import Nothing
from tests.api.conftest import Api, Queries


def test_every_address_of_the_root_leads_somewhere(api: Api, queries: Queries) -> None:
    with queries(0):
        rooms = api.get("")
    for url in rooms.values():
        assert api.client.get(url).status_code == 200


def test_the_paths_that_documents_hold_lead_to_their_views() -> None:
    for path in (
        addresses.claim_api("abc"),
        addresses.claim_history_api("abc"),
        addresses.article_api("abc"),
        addresses.claimant_api("abc"),
    ):
        match = resolve(path)
        assert match.kwargs == {"public_id": "abc"}
        assert match.func.cls is not Nothing  # type: ignore[attr-defined]


def test_a_missing_slash_is_put_right_and_the_question_kept(api: Api) -> None:
    moved = api.fetch("claims?status=disputed&limit=1")
    assert moved.status_code == 301
    assert moved["Location"] == "/api/v1/claims/?status=disputed&limit=1"


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "nothing/",
        "claims/ABCDEFGHJK/",
        "claims/%00/",
        "claims/10%5E20/",
        "claims/100000000000000000000/",
        "claims/１２３/",
        "claims/%D9%A1/",
        "claims/../../etc/",
        "claims/abc/history/1/",
        "/api/v1//evil.example/",
    ],
)
def test_where_nothing_is_a_problem_says_so(api: Api, path: str) -> None:
    answer = api.fetch(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Nothing public has this address."
