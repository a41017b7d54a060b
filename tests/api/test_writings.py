"""/api/v1/writings/: what a key wrote, for that key alone, and how each thing stands now."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.desk_vocabulary import Scope
from claims.models import ArticleIntake, Claim, User
from tests import factories
from tests.api.conftest import Api, Queries
from tests.api.writer import EVIDENCE, Writer
from tests.workflow.scene_keys import issued


def read(writer: Writer, path: str = "writings/", code: int = 200, text: str = "") -> Any:
    """Return what a key is shown, held against the schema."""
    sent = {"authorization": f"Bearer {text or writer.key.text}"}
    answer = writer.api.fetch(path, headers=sent)
    assert answer.status_code == code, answer.content
    writer.api.check(answer)
    if code == 200:
        assert answer["Cache-Control"] == "private, no-cache"
        assert "Authorization" in answer["Vary"]
    return answer.json()


def test_a_claim_is_followed_until_readers_see_it(writer: Writer, editor: User) -> None:
    made = writer.written("claims/", {"wording": "The bridge is safe."})
    assert read(writer, made["url"])["now"]["state"] == "unpublished"
    claim = Claim.objects.get()
    factories.give_verdict(claim)
    shown = read(writer, made["url"])
    assert {**shown, "now": None} == {**made, "now": None}
    assert shown["now"]["state"] == "published"
    path = f"claims/{claim.public_id}/evidence/"
    writer.written(path, EVIDENCE, if_match=shown["now"]["if_match"])
    workflow.merge_claims(
        Claim.objects.get(), into=factories.published_claim(), reason="r", by=editor
    )
    assert read(writer, made["url"])["now"]["state"] == "merged"


def test_what_was_thrown_away_says_so(writer: Writer) -> None:
    made = writer.written("claims/", {"wording": "The bridge is safe."})
    workflow.discard_claim(Claim.objects.get(), by=writer.owner)
    assert read(writer, made["url"])["now"]["state"] == "discarded"


def test_an_address_is_followed_until_it_is_an_article(writer: Writer) -> None:
    made = writer.written("articles/", {"url": "https://news.example/a"}, 202)
    assert read(writer, made["url"])["now"] == {"state": "waiting", "article": None}
    intake = ArticleIntake.objects.get()
    workflow.fill_intake(
        intake, "A title\n\nSome text of an article.\n\nAnd more.", by=writer.owner
    )
    workflow.correct_intake(
        intake,
        workflow.IntakeCorrection(title="T", text=intake.text, date_unknown=True),
        by=writer.owner,
    )
    article = workflow.record_intake(intake, by=writer.owner).article
    assert read(writer, made["url"])["now"] == {"state": "recorded", "article": article.public_id}


@pytest.mark.parametrize("number", [1, 20])
def test_the_last_comes_first_in_two_queries(writer: Writer, queries: Queries, number: int) -> None:
    made = [writer.written("claims/", {"wording": f"Claim {n}."})["id"] for n in range(number)]
    with queries(2):  # the key; the page
        page = read(writer)
    assert [one["id"] for one in page["results"]] == made[::-1]


def test_a_page_leads_to_the_next(writer: Writer) -> None:
    made = [writer.written("claims/", {"wording": f"Claim {n}."})["id"] for n in range(3)]
    first = read(writer, "writings/?limit=2")
    second = read(writer, first["next"])
    assert [one["id"] for one in (*first["results"], *second["results"])] == made[::-1]


def test_nobody_else_is_shown_it(api: Api, writer: Writer, contributor: User) -> None:
    made = writer.written("claims/", {"wording": "The bridge is safe."})
    other = issued(contributor, name="Another").text
    assert read(writer, text=other)["results"] == []
    read(writer, made["url"], 404, text=other)
    for query in ("", "?cursor=0", "?colour=red"):
        assert api.get(f"writings/{query}", 401)["type"].endswith("/problems/key-needed/")
    blind = issued(contributor, scopes=[Scope.RECORD_CLAIM]).text
    read(writer, "writings/", 403, text=blind)
