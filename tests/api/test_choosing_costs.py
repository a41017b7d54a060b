"""/api/v1/claims/: what each filter costs, now and of the past, and what stands beside a claim on request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from claims.api import few
from claims.desk_vocabulary import RelationKind
from claims.models import User
from claims.workflow import file_claim, merge_claims, record_topic, relate_claims, reword_claim
from tests import factories
from tests.api.conftest import Api, Queries
from tests.api.test_choosing import carried, last_moment, of

FILTERS = {
    "status": ("disputed", 0),
    "status withdrawn": ("withdrawn", 0),
    "kind": ("fact", 0),
    "language": ("en", 0),
    "topic": ("bridges", 1),  # whether few are filed there
    "has_evidence": ("supports", 0),
    "said_from": ("2020-01-01", 1),  # whether few claims have it
    "published_from": ("2020-01-01", 1),
    "changed_to": ("today", 0),
    "claimant": ("claimant", 2),  # the claimant, and who is the same
    "publisher": ("publisher", 1),  # the publisher
    "q": ("bridge", 1),  # which claims hold the word, or that many do
    "order": ("said", 0),
}


@pytest.mark.parametrize("rows", [1, 20])
def test_no_filter_costs_more_for_more_rows(
    api: Api, queries: Queries, rows: int, editor: User
) -> None:
    claimant, publisher = factories.ClaimantFactory(), factories.PublisherFactory()
    topic = record_topic(name="Bridges", by=editor)
    for number in range(rows):
        wording = f"The old harbour bridge number {number} is safe."
        said: dict[str, Any] = {"said_on": date(2020, 1, 1), "wording": wording}
        claim = carried(publisher, claimant=claimant, **said)
        file_claim(claim, topics={topic}, by=editor)
    asked = {"claimant": claimant.public_id, "publisher": publisher.public_id}
    asked["today"] = datetime.now(UTC).date().isoformat()
    for name, (value, more) in FILTERS.items():
        with queries(1 + more):
            api.get("claims/", **{name.split()[0]: asked.get(value, value)})
    with queries(4):  # which hold it; the best, those chosen, the page
        found = api.get("claims/", q="bridge", order="relevance")
    assert len(found["results"]) == rows
    near = {"similar_to": "The old harbour bridge is safe, said the mayor."}
    with queries(5):  # the words, the nearest, these; those chosen, the page
        assert len(api.get("claims/", **near)["results"]) == rows
    expand = "claimant,verdict,evidence,topics"
    with queries(2):  # the page with its documents; who the claimants are
        assert len(api.get("claims/", expand=expand)["results"]) == rows


@pytest.mark.parametrize("rows", [1, 20])
def test_no_filter_of_the_past_costs_more_for_more_rows(
    api: Api, queries: Queries, rows: int
) -> None:
    publisher = factories.PublisherFactory()
    for _ in range(rows):
        carried(publisher, said_on=date(2020, 1, 1))
    asked = {
        "as_of": last_moment(),
        "publisher": publisher.public_id,
        "has_evidence": "supports",
        "said_from": "2020-01-01",
        "published_from": "2020-01-01",
        "status": "confirmed",
    }
    with queries(
        4
    ):  # the publisher; who ever had such evidence, and such a day; the page: nothing was recorded since
        assert len(api.get("claims/", **asked)["results"]) == rows


def test_what_stands_beside_a_claim_is_there_on_request(api: Api, editor: User) -> None:
    topic = record_topic(name="Bridges", by=editor)
    claim, other = factories.published_claim(), factories.published_claim()
    third = factories.published_claim()
    file_claim(claim, topics={topic}, by=editor)
    relate_claims(claim, other, kind=RelationKind.NARROWER, reason="One bridge of many.", by=editor)
    relate_claims(
        third, claim, kind=RelationKind.CONTRADICTS, reason="It says the opposite.", by=editor
    )
    shown = api.get(f"claims/{claim.public_id}/", expand="topics,under_review_since,related")
    assert [one["slug"] for one in shown["topics"]] == [topic.slug]
    assert shown["under_review_since"] is None
    assert {(one["relation"], one["claim"]["id"]) for one in shown["related"]} == {
        ("narrower_than", other.public_id),
        ("contradicts", third.public_id),
    }
    [seen] = api.get(f"claims/{other.public_id}/", expand="related")["related"]
    assert seen["relation"] == "broader_than"
    assert "topics" not in api.get(f"claims/{claim.public_id}/")
    merge_claims(other, into=claim, reason="The same.", by=editor)
    related = api.get(f"claims/{claim.public_id}/", expand="related")["related"]
    assert [one["claim"]["id"] for one in related] == of(third)


def test_what_few_have_and_what_many_have_is_found_alike(
    api: Api, monkeypatch: pytest.MonkeyPatch, editor: User
) -> None:
    for number, language in enumerate(("en", "de", "de")):
        said: dict[str, Any] = {"said_on": date(2020, 1, 1 + number), "language": language}
        reword_claim(
            factories.published_claim(**said), wording="Anew.", reason="Clearer.", by=editor
        )
    asked = [
        {"language": "de", "order": "published"},
        {"kind": "fact", "order": "-said"},
        {"status": "confirmed", "order": "said"},
        {"said_from": "2020-01-02"},
        {"said_to": "2020-01-02", "published_from": "2020-01-01", "order": "published"},
        {"changed_from": "2020-01-01", "order": "published"},
        {"language": "en", "as_of": last_moment()},
        {"language": "de", "as_of": last_moment()},
        {"kind": "fact", "said_from": "2020-01-02", "as_of": last_moment()},
        {"has_evidence": "supports", "as_of": last_moment()},
        {"effective_as_of": datetime.now(UTC).date().isoformat()},
        {"effective_as_of": "2020-01-01"},
    ]
    found = [[one["id"] for one in api.get("claims/", **some)["results"]] for some in asked]
    assert [len(some) for some in found] == [2, 3, 3, 2, 2, 3, 1, 2, 2, 3, 3, 0]
    monkeypatch.setattr(few, "FEW", 0)
    assert found == [[one["id"] for one in api.get("claims/", **some)["results"]] for some in asked]
