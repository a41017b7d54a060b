"""Writing with a key: through the verbs, once, by whoever may, and never what two people have to decide."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.desk_vocabulary import ReportChannel, Scope
from claims.models import (
    ApiWrite,
    Article,
    ArticleIntake,
    BackgroundTask,
    Claim,
    Evidence,
    ReaderReport,
    User,
)
from claims.tasks.housekeeping import prune_api_writes
from claims.vocabulary import Role
from claims.workflow import merge_claims
from tests import factories
from tests.api.conftest import Api, closed, template_of
from tests.workflow.observing import everything
from tests.workflow.scene_keys import issued

Send = Callable[..., Any]
EVIDENCE = {"stance": "refutes", "kind": "document", "url": "https://source.example/a"}


class Writer:
    """A program with a key that is good for everything a key can be good for."""

    def __init__(self, api: Api, owner: User) -> None:
        self.api, self.owner, self.count = api, owner, 0
        self.key = issued(owner, scopes=list(Scope), rate=3000)

    def post(self, path: str, body: Any, *, name: str | None = None, **headers: str) -> Any:
        """Send a body, under a name of its own unless one is given."""
        self.count += 1
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {
            "authorization": f"Bearer {self.key.text}",
            "idempotency-key": f"n{self.count}" if name is None else name,
            "content-type": "application/json",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        kind = sent.pop("content-type")
        given = {key: value for key, value in sent.items() if value}
        return self.api.client.post(f"/api/v1/{path}", data, content_type=kind, headers=given)

    def written(self, path: str, body: Any, code: int = 201, **headers: str) -> Any:
        """Send what is taken, hold the answer against the schema, and return it."""
        answer = self.post(path, body, **headers)
        assert answer.status_code == code, answer.content
        self.check(answer, path)
        return answer.json()

    def refused(self, path: str, body: Any, code: int, slug: str, **headers: str) -> Any:
        """Send what is not taken; nothing is written and the problem is as the schema says."""
        before = everything()
        answer = self.post(path, body, **headers)
        assert answer.status_code == code, answer.content
        after = everything()
        for kept in ("claims.ApiKey",):  # when the key was used
            before.pop(kept), after.pop(kept)
        assert after == before
        self.check(answer, path)
        problem = answer.json()
        assert problem["type"] == f"http://testserver/api/v1/problems/{slug}/"
        return problem

    def check(self, answer: Any, path: str) -> None:
        """Hold an answer against the schema of the operation."""
        from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

        operation = self.api.paths[template_of(answer.resolver_match.route)]["post"]
        content = operation["responses"][str(answer.status_code)]["content"]
        schema = {**content[answer["Content-Type"]]["schema"], **closed(self.api.components)}
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.json())

    def seen(self, claim: Claim) -> str:
        """Return the tag of a public claim, as a reader is given it."""
        tag: str = self.api.fetch(f"claims/{claim.public_id}/")["ETag"]
        return tag


@pytest.fixture
def writer(api: Api, contributor: User) -> Writer:
    """Somebody's program."""
    return Writer(api, contributor)


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
    assert writer.written(path, other, if_match="*")["claim"]["entry"] > 1


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
    }
    assert not {"propose_verdict", "approve_verdict", "import_verdict"} & set(Scope.values)


@pytest.mark.parametrize("name", ["a-name", '"a-name"'])
def test_the_same_again_is_answered_the_same_and_done_once(writer: Writer, name: str) -> None:
    body = {"wording": "The bridge is safe."}
    first = writer.post("claims/", body, name="a-name")
    again = writer.post("claims/", body, name=name)
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Location"] == first["Location"] == first.json()["url"]
    assert (first.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert Claim.objects.count() == 1


def test_it_is_answered_the_same_after_the_claim_moved_on(writer: Writer, published: Claim) -> None:
    path = f"claims/{published.public_id}/evidence/"
    tag = writer.seen(published)
    first = writer.post(path, EVIDENCE, name="x", if_match=tag)
    factories.EvidenceFactory(claim=published)
    again = writer.post(path, EVIDENCE, name="x", if_match=tag)
    assert (again.status_code, again.content) == (201, first.content)
    assert Evidence.objects.filter(url=EVIDENCE["url"]).count() == 1


def test_a_name_is_not_used_for_something_else(writer: Writer) -> None:
    writer.written("claims/", {"wording": "The bridge is safe."}, name="x")
    told = "idempotency-key-reused"
    writer.refused("claims/", {"wording": "Another."}, 422, told, name="x")
    writer.refused("articles/", {"wording": "The bridge is safe."}, 422, told, name="x")


def test_another_key_has_names_of_its_own(api: Api, writer: Writer, reviewer: User) -> None:
    writer.written("claims/", {"wording": "The bridge is safe."}, name="x")
    Writer(api, reviewer).written("claims/", {"wording": "Another."}, name="x")


def test_what_was_refused_leaves_the_name_free(writer: Writer) -> None:
    writer.refused("claims/", {"wording": ""}, 422, "values-not-usable", name="x")
    writer.written("claims/", {"wording": "Now it has words."}, name="x")


@pytest.mark.parametrize("name", ["", '""', '" "', '"open', "é", "a b", "a" * 256, '"a\\x"', "\t"])
def test_a_write_needs_a_name(writer: Writer, name: str) -> None:
    writer.refused("claims/", {"wording": "w"}, 400, "bad-idempotency-key", name=name)


def test_an_answer_is_kept_for_thirty_days(writer: Writer) -> None:
    first = writer.written("claims/", {"wording": "The bridge is safe."}, name="x")
    write = ApiWrite.objects.get()
    assert write.expires_at - write.at == timedelta(days=30)
    prune_api_writes.call()
    assert ApiWrite.objects.count() == 1
    ApiWrite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    writer.written("claims/", {"wording": "Another."}, name="x")
    assert Claim.objects.count() == 2
    assert ApiWrite.objects.get().public_id != first["id"]
    ApiWrite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    prune_api_writes.call()
    assert not ApiWrite.objects.exists()
