"""/api/v1/statuses/: exactly three, and ratings that no program can misread."""

from __future__ import annotations

from claims.vocabulary import VerificationStatus
from tests.api.conftest import Api, Queries


def test_there_are_exactly_three(api: Api, queries: Queries) -> None:
    with queries(0):
        results = api.get("statuses/")["results"]
    assert [one["value"] for one in results] == VerificationStatus.values
    assert all(one["definition"] and one["label"] for one in results)
    for one in results:
        assert api.get(one["claims_url"])["results"] == []


def test_no_rating_holds_the_word_of_another(api: Api) -> None:
    ratings = [one["textual_rating"].lower() for one in api.get("statuses/")["results"]]
    assert ratings == ["confirmed", "unproven", "disputed"]
    for word in ("confirmed", "true", "correct", "verified", "supported"):
        assert [rating for rating in ratings if word in rating] in ([], ["confirmed"])
