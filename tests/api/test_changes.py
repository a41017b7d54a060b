"""/api/v1/changes/: every public act over all claims, in the order of the log, to be followed from any place."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from claims.history import bulk, canonical
from claims.history.sealing import seal
from claims.models import Claim, HistoryEntry, LogLeaf, User
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
from tests.history.conftest import drop_every_guard
from tests.history.ledger import rolled_back

Part = dict[str, Any]


def walk(api: Api, path: str = "changes/", **given: Any) -> list[Part]:
    """Follow `next` until there is no more for now; return every act."""
    seal()
    found: list[Part] = []
    answer = api.get(path, **given)
    while True:
        found += answer["results"]
        if not answer["more"]:
            return found
        answer = api.get(answer["next"])


def test_an_empty_log_says_where_to_come_back_to(api: Api, claim: Claim) -> None:
    empty = api.get("changes/")
    assert (empty["results"], empty["more"]) == ([], False)
    later = factories.published_claim()
    seal()
    numbers = [act["number"] for act in api.get(empty["next"])["results"]]
    assert numbers == list(range(1, later.entries.count() + 1))


def test_the_log_is_walked_in_pages_and_nothing_is_left_out(api: Api) -> None:
    claims = [factories.published_claim() for _ in range(3)]
    everything = walk(api)
    assert [act["log_index"] for act in everything] == list(range(HistoryEntry.objects.count()))
    for claim in claims:
        own = [act["number"] for act in everything if act["claim"]["id"] == claim.public_id]
        assert own == list(range(1, claim.entries.count() + 1))
    for limit in (1, 4):
        assert walk(api, limit=limit) == everything


def test_whoever_is_at_the_end_comes_back_and_gets_what_is_new(
    api: Api, published: Claim, editor: User
) -> None:
    seal()
    end = api.get("changes/")["next"]
    assert api.get(end)["results"] == []
    assert api.get(end)["next"] == end
    void_verdict(published, reason="A mistake.", by=editor)
    (act,) = walk(api, end)
    assert (act["act"], act["status"], act["reason"]) == (Act.VERDICT_VOIDED, None, "A mistake.")


def test_a_claim_appears_with_all_its_acts_once_it_is_public(api: Api, claim: Claim) -> None:
    end = api.get("changes/")["next"]
    factories.EvidenceFactory(claim=claim)
    assert walk(api, end) == []
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    acts = [(act["number"], act["act"], act["status"]) for act in walk(api, end)]
    assert acts == [
        (1, Act.CLAIM_RECORDED, None),
        (2, Act.EVIDENCE_ADDED, None),
        (3, Act.VERDICT_GIVEN, "unconfirmed"),
    ]


def test_each_act_says_what_the_history_of_its_claim_says(api: Api, published: Claim) -> None:
    factories.EvidenceFactory(claim=published)
    acts = walk(api)
    lines = api.get(f"claims/{published.public_id}/history/")["results"]
    for act, line in zip(acts, lines, strict=True):
        shared = act.keys() & line.keys() - {"status"}
        assert {name: act[name] for name in shared} == {name: line[name] for name in shared}
        assert {"leaf", "leaf_hash", "log_index", "number", "recorded_at", "by"} <= shared


def test_every_act_says_the_status_its_claim_has_after_it(api: Api, published: Claim) -> None:
    factories.EvidenceFactory(claim=published)
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    factories.EvidenceFactory(claim=published)
    whole = [act["status"] for act in walk(api)]
    assert whole[-1] == whole[-2] == "disputed"
    assert whole.count("confirmed") >= 2
    assert [act["status"] for act in walk(api, limit=1)] == whole


def test_a_follower_can_check_each_leaf(api: Api, published: Claim) -> None:
    previous = bytes(32)
    for act in walk(api):
        assert hashlib.sha256(b"\x00" + act["leaf"].encode()).hexdigest() == act["leaf_hash"]
        said = json.loads(act["leaf"])
        assert (said["claim"], said["seq"]) == (published.public_id, act["number"])
        assert base64.urlsafe_b64decode(said["prev"] + "=") == previous
        previous = bytes.fromhex(act["leaf_hash"])


def test_what_was_erased_is_gone_from_acts_long_told(
    api: Api, published: Claim, editor: User, second_editor: User
) -> None:
    before = walk(api)
    piece = published.evidence.latest("pk").entry
    for entry, field in ((published.entries.get(number=1), "by_name"), (piece, "evidence.title")):
        request = propose_redaction(entry, fields=[field], reason=RedactionReason.SAFETY, by=editor)
        redact_text(request, by=second_editor)
    after = walk(api)
    assert before[0]["by"]
    assert after[0]["by"] is None
    assert after[0]["redacted"]["by_name"]["reason"] == "safety"
    assert after[piece.number - 1]["redacted"].keys() == {"evidence.title"}
    assert [act["leaf"] for act in after][: len(before)] == [act["leaf"] for act in before]
    tombstones = after[len(before) :]
    assert [(act["act"], act["about"], act["reason_code"]) for act in tombstones] == [
        (Act.TEXT_REDACTED, 1, "safety"),
        (Act.TEXT_REDACTED, piece.number, "safety"),
    ]


def test_the_other_claim_of_a_merger_is_named_while_it_is_public(
    api: Api, published: Claim, editor: User
) -> None:
    survivor = factories.published_claim()
    merge_claims(published, into=survivor, reason="The same.", by=editor)
    merge_claims(factories.ClaimFactory(), into=survivor, reason="The same.", by=editor)
    others = [act["other_claim"] for act in walk(api) if act["other_claim"]]
    assert set(others) <= {survivor.public_id, published.public_id}
    assert survivor.public_id in others


def test_addresses_are_absolute_and_lead_somewhere(api: Api, published: Claim) -> None:
    act = walk(api)[0]
    assert api.get(act["claim"]["url"])["id"] == published.public_id
    assert api.get(act["claim"]["history_url"])["results"]
    assert api.fetch(act["claim"]["html_url"]).status_code in (200, 301, 302)
    assert act["claim"]["wording"] == published.wording


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"since": "made-up"}, "is not a cursor"),
        ({"since": ""}, "is empty"),
        ({"limit": "0"}, "from 1 to 500"),
        ({"limit": "501"}, "from 1 to 500"),
        ({"wait": "31"}, "from 0 to 30"),
        ({"wait": "soon"}, "from 0 to 30"),
        ({"cursor": "x"}, "is not a parameter"),
    ],
)
def test_what_cannot_be_used_is_named(api: Api, given: dict[str, str], reason: str) -> None:
    (error,) = api.get("changes/", 400, **given)["errors"]
    assert error["parameter"] in given
    assert reason in error["detail"]


def test_a_cursor_of_another_list_is_refused(api: Api) -> None:
    for _ in range(2):
        factories.published_claim()
    cursor = api.get("claims/", limit=1)["next"].split("cursor=")[1]
    assert api.get("changes/", 400, since=cursor)["errors"][0]["parameter"] == "since"


def test_a_log_that_lost_its_end_is_not_followed_as_if_nothing_were(
    api: Api, published: Claim
) -> None:
    seal()
    end = api.get("changes/")["next"]
    with rolled_back():
        drop_every_guard()
        last = LogLeaf.objects.in_order().last()
        assert last is not None
        LogLeaf.objects.filter(pk=last.pk).delete()
        assert "earlier state" in api.get(end, 410)["detail"]
        other = factories.ClaimFactory().entries.get()
        LogLeaf.objects.create(index=last.index, entry=other)
        assert "earlier state" in api.get(end, 410)["detail"]


def test_unchanged_pages_are_not_sent_twice(api: Api, published: Claim) -> None:
    seal()
    first = api.fetch("changes/")
    again = api.fetch("changes/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert first["Cache-Control"] == "public, max-age=15"
    assert api.fetch("changes/", wait=0)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("rows", [1, 20])
def test_a_page_takes_two_queries_and_another_where_claims_go_on(
    api: Api, queries: Queries, editor: User, rows: int
) -> None:
    claims = [factories.published_claim() for _ in range(rows)]
    withdraw_evidence(claims[0].evidence.all()[0], reason="Retracted.", by=editor)
    seal()
    limit = LogLeaf.objects.size() - 1
    # 1: the acts; 2: what was erased of them; 3: which status acts before these left behind
    with queries(2):
        first = api.get("changes/", limit=limit)
    with queries(3):
        second = api.get(first["next"])["results"]
    assert {one["status"] for one in first["results"] if one["number"] == 1} == {None}
    assert [(one["act"], one["status"]) for one in second] == [("evidence_withdrawn", "confirmed")]


def test_the_log_says_where_it_ends(api: Api, queries: Queries, claim: Claim) -> None:
    empty = api.get("log/")
    assert (empty["size"], empty["last"]) == (0, None)
    published = factories.published_claim()
    published.refresh_from_db()
    seal()
    with queries(2):
        log = api.get("log/")
    assert log["size"] == published.head_number
    assert log["last"]["leaf_hash"] == bytes(published.head_hash).hex()
    assert api.get(log["changes_url"])["results"] == []
    assert len(walk(api, empty["changes_url"])) == log["size"]


def test_the_log_says_what_the_register_is_rebuilt_from_as_soon_as_that_has_begun(
    api: Api, queries: Queries, db: None
) -> None:
    as_of = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    restoration = bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=as_of)
    told = {"manifest_sha256": "a" * 64, "as_of": "2026-01-02T03:04:05.000000Z", "ended_at": None}
    with queries(2):
        assert api.get("log/")["rebuilt"] == [told]
    bulk.end(restoration)
    assert restoration.ended_at is not None
    ended_at = canonical.moment_text(restoration.ended_at)
    assert api.get("log/")["rebuilt"] == [{**told, "ended_at": ended_at}]
