"""/api/v1/claimants/<id>/: who somebody is in the register, and where their claims are."""

from __future__ import annotations

import pytest

from claims.models import User
from claims.vocabulary import VerificationStatus
from claims.workflow import link_claimant, reword_claim, void_verdict
from tests import factories
from tests.api.conftest import Api, Queries


def test_claims_are_counted_by_status_and_lead_to_their_list(api: Api, editor: User) -> None:
    claimant = factories.ClaimantFactory(role="Mayor")
    factories.ClaimFactory(claimant=claimant)
    for status in (VerificationStatus.CONFIRMED, VerificationStatus.CONFIRMED, "disputed"):
        factories.published_claim(VerificationStatus(status), claimant=claimant)
    void_verdict(factories.published_claim(claimant=claimant), reason="A mistake.", by=editor)
    shown = api.get(f"claimants/{claimant.public_id}/")
    assert (shown["name"], shown["role"]) == (claimant.name, "Mayor")
    assert shown["claims_by_status"] == {
        "confirmed": 2,
        "unconfirmed": 0,
        "disputed": 1,
        "withdrawn": 1,
    }
    assert len(api.get(shown["claims_url"])["results"]) == 4


def test_who_made_an_earlier_wording_can_still_be_read(api: Api, editor: User) -> None:
    claimant = factories.ClaimantFactory()
    claim = factories.published_claim(claimant=claimant)
    reword_claim(claim, wording="Anew.", reason="Misattributed.", claimant=None, by=editor)
    shown = api.get(f"claimants/{claimant.public_id}/")
    assert shown["claims_by_status"]["confirmed"] == 0


def test_a_claimant_of_unpublished_claims_is_as_unknown_as_none(api: Api) -> None:
    claimant = factories.ClaimantFactory()
    factories.ClaimFactory(claimant=claimant)
    hidden, none = api.fetch(f"claimants/{claimant.public_id}/"), api.fetch("claimants/0000000000/")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content.replace(claimant.public_id.encode(), b"0" * 10) == none.content


@pytest.mark.parametrize("rows", [1, 20])
def test_a_claimant_takes_five_queries(api: Api, queries: Queries, rows: int) -> None:
    claimant = factories.ClaimantFactory()
    for _ in range(rows):
        factories.published_claim(claimant=claimant)
    # 1: the claimant; 2: who is the same; 3: how many claims of each status; 4, 5: what they were, if it may be told
    with queries(5):
        api.get(f"claimants/{claimant.public_id}/")


def test_wikidata_says_who_they_are_once_the_desk_does(api: Api, editor: User) -> None:
    claimant = factories.ClaimantFactory()
    factories.published_claim(claimant=claimant)
    assert api.get(f"claimants/{claimant.public_id}/")["wikidata"] is None
    link_claimant(claimant, wikidata="Q4115189", by=editor)
    assert api.get(f"claimants/{claimant.public_id}/")["wikidata"] == "Q4115189"
    assert [one["wikidata"] for one in api.get("claimants/")["results"]] == ["Q4115189"]
