"""/api/v1/topics/: what listed claims are filed under, by name, and that they have no past."""

from __future__ import annotations

import pytest

from claims.models import User
from claims.vocabulary import VerificationStatus
from claims.workflow import file_claim, merge_claims, record_topic
from tests import factories
from tests.api.conftest import Api, Queries


def test_only_topics_of_listed_claims_are_told(api: Api, editor: User) -> None:
    names = ["Water", "Bread", "Secret"]
    water, bread, secret = [record_topic(name=name, by=editor) for name in names]
    claims = [factories.published_claim(VerificationStatus.DISPUTED) for _ in range(2)]
    file_claim(claims[0], topics={water, bread}, by=editor)
    file_claim(claims[1], topics={water}, by=editor)
    file_claim(factories.ClaimFactory(), topics={secret}, by=editor)
    shown = api.get("topics/")["results"]
    assert [(one["name"], one["claims"], one["more_claims"]) for one in shown] == [
        ("Bread", 1, False),
        ("Water", 2, False),
    ]
    assert len(api.get(shown[1]["claims_url"])["results"]) == 2
    assert api.client.get(shown[1]["html_url"]).status_code == 200
    one = api.get(shown[1]["url"])
    assert one["claims_by_status"] == {
        "confirmed": 0,
        "unconfirmed": 0,
        "disputed": 2,
        "withdrawn": 0,
    }
    assert api.fetch(f"topics/{secret.slug}/").status_code == 404
    merge_claims(claims[0], into=claims[1], reason="The same.", by=editor)
    assert [each["name"] for each in api.get("topics/")["results"]] == ["Water"]


def test_topics_are_walked_by_name_both_ways(api: Api, editor: User) -> None:
    claim = factories.published_claim()
    topics = {record_topic(name=name, by=editor) for name in "CADB"}
    file_claim(claim, topics=topics, by=editor)
    page = api.get("topics/", limit=3)
    assert [one["name"] for one in page["results"]] == ["A", "B", "C"]
    page = api.get(page["next"])
    assert [one["name"] for one in page["results"]] == ["D"]
    assert [one["name"] for one in api.get(page["previous"])["results"]] == ["A", "B", "C"]


@pytest.mark.parametrize("path", ["topics/", "topics/bread/"])
def test_topics_have_no_past(api: Api, editor: User, path: str) -> None:
    topic = record_topic(name="Bread", by=editor)
    file_claim(factories.published_claim(), topics={topic}, by=editor)
    [error] = api.get(path, 400, as_of="2024-01-01")["errors"]
    assert error["parameter"] == "as_of"
    assert "no part of the history" in error["detail"]


@pytest.mark.parametrize("rows", [1, 20])
def test_costs_do_not_grow(api: Api, queries: Queries, rows: int, editor: User) -> None:
    claim = factories.published_claim()
    topics = {record_topic(name=f"Topic {number}", by=editor) for number in range(rows)}
    file_claim(claim, topics=topics, by=editor)
    with queries(1):  # the page, each topic with how many claims it has
        page = api.get("topics/")["results"]
    assert len(page) == rows
    with queries(2):  # the topic; how many claims of each status
        api.get(page[0]["url"])
