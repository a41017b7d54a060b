"""Requests at fault in very many places: refused in a few words, never an error of ours."""

from __future__ import annotations

import json

from tests.api.conftest import Api


def test_of_very_many_errors_the_first_are_named(api: Api) -> None:
    body = json.dumps({f"m{number}": 1 for number in range(20_000)})
    for answer in (
        api.client.post("/api/v1/match/", body, content_type="application/json"),
        api.client.get("/api/v1/claims/?" + "&".join(f"p{number}=1" for number in range(900))),
    ):
        assert answer.status_code in {400, 422}
        assert len(answer.json()["errors"]) == 100
        assert len(answer.content) < 40_000


def test_more_parameters_than_django_reads_are_refused(api: Api) -> None:
    answer = api.client.get("/api/v1/claims/?" + "&".join(["limit=1"] * 5_000))
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
