"""/api/v1/claims/: which claims are listed, in which order, by which filters, in how many queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.models import Claim, User
from claims.vocabulary import ClaimKind, Precision, VerificationStatus
from claims.workflow import merge_claims, void_verdict
from tests import factories
from tests.api.conftest import Api, Queries


def ids(page: dict[str, Any]) -> list[str]:
    return [result["id"] for result in page["results"]]


def test_a_claim_says_at_least_what_clients_rely_on(api: Api, published: Claim) -> None:
    [result] = api.get("claims/")["results"]
    assert result["id"] == published.public_id
    assert result["url"] == f"http://testserver/api/v1/claims/{published.public_id}/"
    assert result["html_url"].startswith(f"http://testserver/claims/{published.public_id}/")
    assert result["history_url"] == result["url"] + "history/"
    assert result["wording"] == published.wording
    assert result["claimant"] is None
    assert result["status"] == "confirmed"
    assert result["status_since"].endswith("Z")


def test_unpublished_claims_are_not_listed(api: Api, claim: Claim) -> None:
    assert api.get("claims/") == {"results": [], "next": None, "previous": None}


def test_merged_claims_are_not_listed(api: Api, published: Claim, editor: User) -> None:
    survivor = factories.published_claim()
    merge_claims(published, into=survivor, reason="The same.", by=editor)
    assert ids(api.get("claims/")) == [survivor.public_id]


def test_a_withdrawn_verdict_leaves_the_claim_listed_without_status(
    api: Api, published: Claim, editor: User
) -> None:
    void_verdict(published, reason="A mistake.", by=editor)
    [result] = api.get("claims/")["results"]
    assert result["status"] is None
    assert result["status_label"] == "Withdrawn"
    assert api.get("claims/", status="confirmed")["results"] == []


def test_the_status_set_last_comes_first(api: Api) -> None:
    older, newer = factories.published_claim(), factories.published_claim()
    assert ids(api.get("claims/")) == [newer.public_id, older.public_id]
    factories.give_verdict(older, VerificationStatus.DISPUTED)
    assert ids(api.get("claims/")) == [older.public_id, newer.public_id]


@pytest.mark.parametrize("status", VerificationStatus.values)
def test_status_filters(api: Api, status: str) -> None:
    claims = {word: factories.published_claim(word) for word in VerificationStatus}
    assert ids(api.get("claims/", status=status)) == [claims[VerificationStatus(status)].public_id]


def test_kind_language_and_claimant_filter(api: Api) -> None:
    claimant = factories.ClaimantFactory()
    wanted = factories.published_claim(claimant=claimant, kind=ClaimKind.FIGURE, language="de")
    other = factories.published_claim()
    for filters in ({"kind": "figure"}, {"language": "de"}, {"claimant": claimant.public_id}):
        assert ids(api.get("claims/", **filters)) == [wanted.public_id]
    both = {"kind": "fact", "language": "en"}
    assert ids(api.get("claims/", **both)) == [other.public_id]
    assert ids(api.get("claims/", kind="fact", claimant=claimant.public_id)) == []
    assert ids(api.get("claims/", claimant="nobody")) == []


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_one_query(api: Api, queries: Queries, rows: int) -> None:
    claimant = factories.ClaimantFactory()
    for _ in range(rows):
        factories.published_claim(claimant=claimant)
    with queries(1):  # the page, each claim with its stored summary
        assert len(api.get("claims/")["results"]) == rows
    with queries(3):  # the claimant, who is the same; the page
        api.get("claims/", status="confirmed", claimant=claimant.public_id, kind="fact")


@pytest.mark.parametrize("asked", ["pt-BR", "pt-br", "PT-BR"])
def test_a_language_is_found_whatever_capitals_it_is_asked_with(api: Api, asked: str) -> None:
    claim = factories.published_claim(language="PT-br")
    assert api.get(f"claims/{claim.public_id}/")["language"] == "pt-BR"
    assert [one["id"] for one in api.get("claims/", language=asked)["results"]] == [claim.public_id]
    assert api.get("claims/", language="pt")["results"] == []


def test_a_list_says_how_exactly_a_date_is_known(api: Api) -> None:
    factories.published_claim(said_on=date(2020, 1, 1), said_on_precision=Precision.YEAR)
    [shown] = api.get("claims/")["results"]
    assert (shown["said_on"], shown["said_on_precision"]) == ("2020-01-01", "year")
