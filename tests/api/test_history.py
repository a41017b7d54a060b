"""/api/v1/claims/<id>/history/: every act in order, with the bytes a client can check by itself."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from django.conf import LazySettings

from claims import documents
from claims.history.sealing import seal
from claims.models import Claim, User
from claims.vocabulary import Act, RedactionReason, VerificationStatus
from claims.workflow import (
    merge_claims,
    propose_redaction,
    redact_text,
    void_verdict,
    withdraw_evidence,
)
from tests import factories
from tests.api.conftest import Api, Queries


def address(claim: Claim) -> str:
    return f"claims/{claim.public_id}/history/"


def test_the_acts_come_in_their_order_as_the_document_has_them(
    api: Api, published: Claim, editor: User
) -> None:
    withdraw_evidence(published.evidence.all()[0], reason="Retracted.", by=editor)
    void_verdict(published, reason="A mistake.", by=editor)
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    seal()
    results = api.get(address(published))["results"]
    leaves = [result.pop("leaf") for result in results]
    assert [result.pop("log_index") for result in results] == list(range(len(results)))
    document = documents.current(published)
    assert document
    assert results == document["history"]
    assert all(leaves)
    assert [result["number"] for result in results] == list(range(1, len(results) + 1))
    statuses = {result["act"]: result["status"] for result in results if "status" in result}
    assert statuses == {"verdict_given": "disputed", "verdict_voided": None}


def test_a_client_can_check_the_chain(api: Api, published: Claim) -> None:
    previous = bytes(32)
    for result in api.get(address(published))["results"]:
        leaf = result["leaf"].encode()
        assert hashlib.sha256(b"\x00" + leaf).hexdigest() == result["leaf_hash"]
        said = json.loads(leaf)
        assert base64.urlsafe_b64decode(said["prev"] + "=") == previous
        assert (said["seq"], said["kind"]) == (result["number"], result["act"])
        previous = bytes.fromhex(result["leaf_hash"])
    assert previous.hex() == api.get(f"claims/{published.public_id}/")["head"]["leaf_hash"]


def test_the_history_of_a_moment_ends_there(api: Api, published: Claim) -> None:
    before = api.get(address(published))
    moment = published.entries.latest("number").recorded_at.isoformat()
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    assert api.get(address(published), as_of=moment) == before
    assert len(api.get(address(published))["results"]) > len(before["results"])


def test_the_history_after_an_entry_ends_with_it(
    api: Api, published: Claim, queries: Queries
) -> None:
    number = published.head_number
    before = api.get(address(published))
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    # 1: the moment of the entry; 2: the claim; 3: the entries; 4: what has been erased of them
    with queries(4):
        assert api.get(address(published), as_of=number) == before


def test_an_act_without_a_place_in_the_log_says_so(
    api: Api, published: Claim, settings: LazySettings
) -> None:
    seal()
    settings.FACTCHECK_SEALING = "loop"
    factories.EvidenceFactory(claim=published)
    places = [result["log_index"] for result in api.get(address(published))["results"]]
    assert places == [*range(published.head_number - 1), None]


def test_a_merged_claims_history_stays_readable(api: Api, published: Claim, editor: User) -> None:
    survivor = factories.published_claim()
    merge_claims(published, into=survivor, reason="The same.", by=editor)
    last = api.get(address(published))["results"][-1]
    assert (last["act"], last["other_claim"]) == (Act.CLAIM_MERGED, survivor.public_id)


def test_an_erased_value_is_erased_at_every_moment_and_says_why(
    api: Api, published: Claim, editor: User, second_editor: User
) -> None:
    entry = published.entries.get(number=1)
    moment = published.entries.latest("number").recorded_at.isoformat()
    request = propose_redaction(entry, fields=["by_name"], reason=RedactionReason.SAFETY, by=editor)
    redact_text(request, by=second_editor)
    for given in ({}, {"as_of": moment}):
        first = api.get(address(published), **given)["results"][0]
        assert first["by"] is None
        assert first["redacted"]["by_name"]["reason"] == "safety"


@pytest.mark.parametrize("rows", [1, 20])
def test_a_history_takes_three_queries(
    api: Api, queries: Queries, published: Claim, rows: int
) -> None:
    for _ in range(rows):
        factories.EvidenceFactory(claim=published)
    # 1: the claim; 2: the entries with their verdicts and wordings; 3: what has been erased of them
    with queries(3):
        api.get(address(published))
