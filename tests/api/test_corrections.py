"""/api/v1/corrections/: what the register put right, as the public log of corrections tells it."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import Cause, RedactionReason, VerificationStatus
from claims.workflow import propose_redaction, redact_text, void_verdict, withdraw_evidence
from tests import factories
from tests.api.conftest import Api, Queries


def last_moment() -> str:
    return HistoryEntry.objects.latest("recorded_at").recorded_at.isoformat()


def put_right(claim: Claim, editor: User, second_editor: User) -> None:
    """Withdraw evidence, remove a text, correct a verdict and take it back."""
    piece = claim.evidence.earliest("pk")
    withdraw_evidence(piece, reason="It was retracted.", by=editor)
    fields, reason = ["evidence.title"], RedactionReason.COURT_ORDER
    entry = claim.evidence.latest("pk").entry
    redact_text(propose_redaction(entry, fields=fields, reason=reason, by=editor), by=second_editor)
    factories.give_verdict(claim, VerificationStatus.DISPUTED, cause=Cause.CORRECTION)
    void_verdict(claim, reason="A mistake.", by=editor)


def test_each_act_says_what_stood_before_and_what_stands_now(
    api: Api, published: Claim, editor: User, second_editor: User
) -> None:
    put_right(published, editor, second_editor)
    told: list[Any] = api.get("corrections/")["results"]
    assert [(one["act"], one["before"], one["after"]) for one in told] == [
        ("verdict_voided", "disputed", None),
        ("verdict_given", "confirmed", "disputed"),
        ("text_redacted", "confirmed", "confirmed"),
        ("evidence_withdrawn", "confirmed", "confirmed"),
    ]
    voided, corrected, removed, withdrawn = told
    assert voided["reason"] == "A mistake."
    assert (removed["reason"], removed["reason_code"]) == (None, "court_order")
    assert withdrawn["source"] == published.evidence.earliest("pk").title
    assert {one["id"] for one in told} == {f"{published.public_id}-{one['entry']}" for one in told}
    assert "#history-" in corrected["html_url"]


def test_the_log_can_be_read_of_one_claim_and_of_then(
    api: Api, published: Claim, editor: User, second_editor: User
) -> None:
    other = factories.published_claim()
    void_verdict(other, reason="A mistake.", by=editor)
    then = last_moment()
    put_right(published, editor, second_editor)
    assert len(api.get("corrections/")["results"]) == 5
    [one] = api.get("corrections/", as_of=then, expand="claim")["results"]
    assert one["claim"]["id"] == other.public_id
    assert one["claim"]["status"] is None
    factories.give_verdict(other)
    [one] = api.get("corrections/", as_of=then, expand="claim")["results"]
    assert one["claim"]["status"] is None
    one = api.get("corrections/", claim=other.public_id, expand="claim")["results"][-1]
    assert one["claim"]["status"] == "confirmed"
    page = api.get("corrections/", limit=2, fields="id")
    walked = page["results"]
    while page["next"]:
        page = api.get(page["next"])
        walked += page["results"]
    assert walked == api.get("corrections/", fields="id")["results"]


def test_nothing_of_unpublished_claims_is_told(api: Api, claim: Claim, editor: User) -> None:
    piece = factories.EvidenceFactory(claim=claim)
    withdraw_evidence(piece, reason="Retracted.", by=editor)
    assert api.get("corrections/")["results"] == []
    assert api.get("corrections/", claim=claim.public_id)["results"] == []


@pytest.mark.parametrize("rows", [1, 20])
def test_costs_do_not_grow(api: Api, queries: Queries, rows: int, editor: User) -> None:
    claims = [factories.published_claim() for _ in range(rows)]
    for claim in claims:
        void_verdict(claim, reason="A mistake.", by=editor)
    then = last_moment()
    with queries(1):  # the page, each act with its claim's summary
        assert len(api.get("corrections/", expand="claim")["results"]) == rows
    for claim in claims:
        factories.give_verdict(claim)
    with queries(2):  # and the documents that tell the summaries of then
        assert len(api.get("corrections/", expand="claim", as_of=then)["results"]) == rows
