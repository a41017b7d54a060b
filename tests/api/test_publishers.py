"""/api/v1/publishers/: whom readers can see, what stands in their articles, how they are cited, now and then."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import HistoryEntry, User
from claims.vocabulary import PublisherKind, Stance, VerificationStatus
from claims.workflow import void_verdict, withdraw_appearance
from tests import factories
from tests.api.conftest import Api, Queries
from tests.api.test_articles import quoted_article


def ids(page: dict[str, Any]) -> list[str]:
    return [result["id"] for result in page["results"]]


def last_moment() -> str:
    return HistoryEntry.objects.latest("recorded_at").recorded_at.isoformat()


def test_those_with_an_article_or_evidence_of_a_published_claim_are_listed(api: Api) -> None:
    carries, cites, waits = [factories.PublisherFactory() for _ in range(3)]
    quoted_article(publisher=carries)
    before = last_moment()
    claim = factories.published_claim()
    factories.EvidenceFactory(claim=claim, publisher=cites)
    factories.EvidenceFactory(claim=factories.ClaimFactory(), publisher=waits)
    assert ids(api.get("publishers/")) == [cites.public_id, carries.public_id]
    assert ids(api.get("publishers/", as_of=before)) == [carries.public_id]
    assert ids(api.get("publishers/", as_of="2001-01-01")) == []
    hidden = api.fetch(f"publishers/{waits.public_id}/")
    none = api.fetch("publishers/0000000000/")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content.replace(waits.public_id.encode(), b"0" * 10) == none.content
    then = api.get(f"publishers/{cites.public_id}/", 404, as_of=before)
    assert then["detail"] == "Nothing of this publisher was public then."


def test_what_a_publisher_is(api: Api) -> None:
    agency = factories.PublisherFactory(kind=PublisherKind.NEWS_AGENCY)
    quoted_article(publisher=agency)
    quoted_article(publisher=factories.PublisherFactory())
    [shown] = api.get("publishers/", kind="news_agency")["results"]
    assert (shown["name"], shown["domain"]) == (agency.name, agency.domain)
    assert api.client.get(shown["html_url"]).status_code == 200
    assert api.get(shown["url"], fields="id,name") == {"id": agency.public_id, "name": agency.name}


def test_counts_lead_to_the_lists_they_count_now_and_then(api: Api, editor: User) -> None:
    publisher = factories.PublisherFactory()
    claims = []
    for status in (VerificationStatus.CONFIRMED, VerificationStatus.DISPUTED):
        article = factories.ArticleFactory(publisher=publisher)
        draft = factories.appearance_draft(article, article.text.split(".")[0])
        claims.append(factories.published_claim(status, appearance=draft))
    factories.EvidenceFactory(claim=claims[0], publisher=publisher, stance=Stance.CONTEXT)
    before = last_moment()
    void_verdict(claims[0], reason="A mistake.", by=editor)
    withdraw_appearance(claims[1].appearances.get(), reason="Misread.", by=editor)
    now = api.get(f"publishers/{publisher.public_id}/")
    then = api.get(f"publishers/{publisher.public_id}/", as_of=before)
    none = {"confirmed": 0, "unconfirmed": 0, "disputed": 0, "withdrawn": 0}
    assert now["claims_by_status"] == none | {"withdrawn": 1}
    assert then["claims_by_status"] == none | {"confirmed": 1, "disputed": 1}
    assert now["evidence_by_stance"] == {"supports": 0, "refutes": 0, "context": 1}
    assert then["evidence_by_stance"] == now["evidence_by_stance"]
    for shown, claims_found in ((now, 1), (then, 2)):
        assert len(api.get(shown["claims_url"])["results"]) == claims_found
        assert len(api.get(shown["articles_url"])["results"]) == 2
        assert len(api.get(shown["evidence_url"])["results"]) == 1


@pytest.mark.parametrize("rows", [1, 20])
def test_costs_do_not_grow(api: Api, queries: Queries, rows: int) -> None:
    for _ in range(rows):
        quoted_article(publisher=factories.PublisherFactory())
    then = last_moment()
    for past in ({}, {"as_of": then}):
        with queries(1):  # the page
            page = api.get("publishers/", **past)["results"]
        assert len(page) == rows
        with queries(3):  # the publisher; the claims in its articles; the evidence from it
            api.get(f"publishers/{page[0]['id']}/", **past)
        with queries(2):  # the publisher; the page
            assert len(api.get("articles/", publisher=page[0]["id"], **past)["results"]) == 1
