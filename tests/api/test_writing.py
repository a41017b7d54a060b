"""Writing with a key: through the verbs, once, by whoever may, and never what two people have to decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group

from claims.desk_vocabulary import ReportChannel, Scope
from claims.models import (
    Article,
    ArticleIntake,
    BackgroundTask,
    Claim,
    ReaderReport,
    User,
)
from claims.vocabulary import Role
from claims.workflow import merge_claims
from tests import factories
from tests.api.conftest import Api
from tests.api.writer import EVIDENCE, Writer
from tests.workflow.observing import everything
from tests.workflow.scene_keys import issued


def pointers(problem: Any) -> set[str]:
    return {error["pointer"] for error in problem["errors"]}


def test_a_claim_is_recorded_and_stays_unseen(writer: Writer) -> None:
    answer = writer.written(
        "claims/",
        {
            "wording": "The bridge is safe.",
            "claimant": {"name": "Ada Berg", "kind": "person"},
            "said_on": "2024-11-01",
            "said_on_precision": "month",
        },
    )
    claim = Claim.objects.get()
    assert (claim.wording, str(claim.claimant)) == ("The bridge is safe.", "Ada Berg")
    assert claim.entries.get().by == writer.owner
    assert answer["claim"]["id"] == claim.public_id
    assert (answer["claim"]["state"], answer["claim"]["entry"]) == ("unpublished", 1)
    assert writer.api.fetch(f"claims/{claim.public_id}/").status_code == 404


def test_from_article_to_evidence(writer: Writer) -> None:
    """What a program does that reads the news: the version to name comes with every answer."""
    text = "The mayor said the bridge is safe. Work goes on."
    article = writer.written("articles/", {"title": "T", "text": text, "authors": ["A. B."]})
    first = writer.written(
        "claims/",
        {
            "wording": "The bridge is safe.",
            "appearance": {"article": article["article"]["id"], "exact": "the bridge is safe"},
        },
    )["claim"]
    path = f"claims/{first['id']}"
    place = {"article": article["article"]["id"], "exact": "Work goes on", "position": "repeats"}
    second = writer.written(f"{path}/appearances/", place, if_match=first["if_match"])["claim"]
    third = writer.written(f"{path}/evidence/", EVIDENCE, if_match=second["if_match"])["claim"]
    assert [part["entry"] for part in (first, second, third)] == [1, 2, 3]
    claim = Claim.objects.get()
    assert [entry.by for entry in claim.entries.all()] == [writer.owner] * 3
    assert third["if_match"].strip('"') == bytes(claim.head_hash).hex()[:32]


def test_a_public_claim_is_added_to_by_the_tag_that_readers_get(
    writer: Writer, published: Claim
) -> None:
    path = f"claims/{published.public_id}/evidence/"
    tag = writer.seen(published)
    packed = f'{tag[:-1]}-gzip"'
    assert writer.written(path, EVIDENCE, if_match=packed)["claim"]["state"] == "published"
    other = {**EVIDENCE, "url": "https://source.example/b"}
    writer.refused(path, other, 412, "precondition-failed", if_match=tag)
    writer.refused(path, other, 428, "version-needed")
    writer.refused(path, other, 412, "precondition-failed", if_match="nonsense")
    sparse = writer.api.fetch(f"claims/{published.public_id}/?fields=id,status&expand=topics")[
        "ETag"
    ]
    assert writer.written(path, other, if_match=sparse)["claim"]["entry"] > 1
    third = {**EVIDENCE, "url": "https://source.example/c"}
    assert writer.written(path, third, if_match="*")["claim"]["entry"] > 1


def test_what_somebody_else_has_not_published_is_nothing(writer: Writer, reviewer: User) -> None:
    theirs = factories.ClaimFactory(by=reviewer)
    for public_id in (theirs.public_id, "0" * 10):
        path = f"claims/{public_id}/evidence/"
        problem = writer.refused(path, EVIDENCE, 404, "not-found", if_match="*")
        assert problem["detail"] == "Nothing public has this address."


def test_an_article_is_recognised(writer: Writer) -> None:
    body = {
        "title": "T",
        "text": "Some text.",
        "publisher": "Gazette",
        "url": "https://g.example/a",
    }
    first = writer.written("articles/", body)
    again = writer.written("articles/", {**body, "title": "Another"}, 200)
    assert again["article"] == first["article"]
    article = Article.objects.get()
    assert (article.recorded_by, str(article.publisher)) == (writer.owner, "Gazette")


def test_an_address_waits_for_the_desk(writer: Writer) -> None:
    answer = writer.written("articles/", {"url": "https://news.example/a"}, 202)
    intake = ArticleIntake.objects.get()
    assert (intake.url, intake.by, answer["intake"]) == (
        "https://news.example/a",
        writer.owner,
        {"state": "waiting"},
    )
    assert BackgroundTask.objects.filter(task_path__endswith="fetch_article").count() == 1


def test_a_report_has_a_receipt_and_the_database_does_not(writer: Writer, published: Claim) -> None:
    body = {"kind": "error", "claim": published.public_id, "text": "It is wrong."}
    answer = writer.written("reports/", body, name="once")
    report = ReaderReport.objects.get()
    assert (report.channel, report.taken_down_by) == (ReportChannel.API, None)
    receipt = answer["report"]["receipt_url"]
    assert writer.api.client.get(receipt).status_code == 200
    assert receipt.split("/")[-2] not in str(everything())
    assert writer.written("reports/", body, name="once")["report"]["receipt_url"] == receipt
    assert ReaderReport.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "body", "at"),
    [
        ("claims/", {}, {"/wording"}),
        ("claims/", {"wording": ""}, {"/wording"}),
        ("claims/", {"wording": 7, "kind": [], "said_on": {}}, {"/wording", "/kind", "/said_on"}),
        ("claims/", {"wording": "w" * 1001}, {"/wording"}),
        ("claims/", {"wording": "w", "language": "klingon!"}, {"/language"}),
        ("claims/", {"wording": "w", "said_on": "2024-02-30"}, {"/said_on"}),
        ("claims/", {"wording": "w", "said_on": "20240201"}, {"/said_on"}),
        ("claims/", {"wording": "w", "said_on": "2999-01-01"}, {"/said_on"}),
        ("claims/", {"wording": "w", "status": "confirmed"}, {"/status"}),
        ("claims/", {"wording": "w", "a/b~": 1}, {"/a~1b~0"}),
        ("claims/", {"wording": "w", "claimant": "Ada"}, {"/claimant"}),
        ("claims/", {"wording": "w", "claimant": {}}, {"/claimant/id"}),
        ("claims/", {"wording": "w", "claimant": {"name": "A"}}, {"/claimant/kind"}),
        ("claims/", {"wording": "w", "claimant": {"id": "0"}}, {"/claimant/id"}),
        (
            "claims/",
            {"wording": "w", "claimant": {"name": "\u200b", "kind": "person"}},
            {"/claimant/name"},
        ),
        (
            "claims/",
            {"wording": "w", "appearance": {}},
            {"/appearance/article", "/appearance/exact"},
        ),
        ("articles/", {}, {"/url"}),
        ("articles/", {"url": "javascript:alert(1)"}, {"/url"}),
        ("articles/", {"url": "https://a.example", "title": "T"}, {"/title"}),
        ("articles/", {"text": "t"}, {"/title"}),
        ("articles/", {"text": " ", "title": "T"}, {"/text"}),
        ("articles/", {"text": "t", "title": "T", "authors": ["a", 1]}, {"/authors"}),
        ("reports/", {"kind": "error", "text": "t"}, {"/claim"}),
        ("reports/", {"kind": "claim", "text": "t", "claim": "0"}, {"/claim"}),
        ("reports/", {"kind": "claim", "text": "t", "sender_email": "x"}, {"/sender_email"}),
    ],
)
def test_what_cannot_be_taken_is_pointed_to(
    writer: Writer, path: str, body: Any, at: set[str]
) -> None:
    assert pointers(writer.refused(path, body, 422, "values-not-usable")) == at


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, {"/stance", "/kind"}),
        ({**EVIDENCE, "url": "data:text/html,x"}, {"/url"}),
        ({**EVIDENCE, "url": ""}, {"/url"}),
        ({**EVIDENCE, "primary": "yes"}, {"/primary"}),
        ({**EVIDENCE, "same_origin_as": 1}, {"/same_origin_as"}),
        ({**EVIDENCE, "same_origin_as": 2**70}, {"/same_origin_as"}),
        ({**EVIDENCE, "remark": "r" * 20_001}, {"/remark"}),
        ({**EVIDENCE, "note": "r"}, {"/note"}),
    ],
)
def test_so_is_evidence(writer: Writer, published: Claim, body: Any, at: set[str]) -> None:
    path = f"claims/{published.public_id}/evidence/"
    problem = writer.refused(path, body, 422, "values-not-usable", if_match="*")
    assert pointers(problem) == at


def test_a_rule_in_the_way_is_a_conflict(writer: Writer, published: Claim, editor: User) -> None:
    path = f"claims/{published.public_id}/evidence/"
    writer.written(path, EVIDENCE, if_match="*")
    problem = writer.refused(path, EVIDENCE, 409, "against-the-rules", if_match="*")
    assert "on the claim already" in problem["detail"]
    merge_claims(published, into=factories.published_claim(), reason="The same.", by=editor)
    other = {**EVIDENCE, "url": "https://source.example/b"}
    writer.refused(path, other, 409, "against-the-rules", if_match="*")


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope != Scope.READ])
def test_each_write_takes_its_scope(
    api: Api, contributor: User, claim: Claim, scope: Scope
) -> None:
    paths = {
        Scope.RECORD_ARTICLE: "articles/",
        Scope.RECORD_CLAIM: "claims/",
        Scope.ADD_APPEARANCE: f"claims/{claim.public_id}/appearances/",
        Scope.ADD_EVIDENCE: f"claims/{claim.public_id}/evidence/",
        Scope.FILE_REPORT: "reports/",
    }
    writer = Writer(api, contributor)
    writer.key = issued(contributor, scopes=[one for one in Scope if one != scope])
    writer.refused(paths[scope], {}, 403, "scope-missing", if_match="*")
    writer.key = issued(contributor, scopes=[scope])
    answer = writer.post(paths[scope], {}, if_match="*")
    assert answer.status_code == 422
    anonymous = api.client.post(f"/api/v1/{paths[scope]}", b"{}", content_type="application/json")
    assert anonymous.status_code == 401
    assert anonymous["WWW-Authenticate"] == 'Bearer realm="factcheck"'


def test_nobody_writes_what_they_may_not_any_more(writer: Writer) -> None:
    writer.owner.groups.set([Group.objects.get(name=Role.IMPORTER)])
    problem = writer.refused("reports/", {"kind": "claim", "text": "t"}, 403, "not-permitted")
    assert "Can take down reports from outside" in problem["detail"]
    writer.written("claims/", {"wording": "An importer may."})
    writer.owner.groups.clear()
    writer.refused("claims/", {"wording": "Nobody may not."}, 403, "not-permitted")
    User.objects.filter(pk=writer.owner.pk).update(is_active=False)
    writer.refused("claims/", {"wording": "w"}, 401, "key-not-valid")


def test_no_key_gives_a_verdict(api: Api) -> None:
    writes = {path for path, methods in api.paths.items() if set(methods) - {"get"}}
    assert writes == {
        "/api/v1/articles/",
        "/api/v1/claims/",
        "/api/v1/claims/{public_id}/appearances/",
        "/api/v1/claims/{public_id}/evidence/",
        "/api/v1/reports/",
        "/api/v1/match/",  # which asks, and writes nothing
    }
    assert not {"propose_verdict", "approve_verdict", "import_verdict"} & set(Scope.values)
