"""/api/v1/claims/<id>/history/diff/: what differs between two entries, or two moments, of one claim."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, User
from claims.vocabulary import RedactionReason, Role, VerificationStatus
from claims.workflow import (
    merge_claims,
    propose_redaction,
    redact_text,
    reword_claim,
    withdraw_evidence,
)
from tests import factories
from tests.api.conftest import Api, Queries


def address(claim: Claim) -> str:
    return f"claims/{claim.public_id}/history/diff/"


def differ(api: Api, claim: Claim, first: object, last: object | None = None) -> dict[str, Any]:
    """Return what differs between two places."""
    given = {"from": first} | ({"to": last} if last is not None else {})
    found: dict[str, Any] = api.get(address(claim), **given)
    return found


def changed(found: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return each changed member with what it was and is."""
    return {one["pointer"]: (one["before"], one["after"]) for one in found["changed"]}


def test_everything_that_changed_is_named(api: Api, published: Claim, editor: User) -> None:
    first = published.head_number
    lost = published.evidence.earliest("pk")
    factories.EvidenceFactory(claim=published, title="A new source")
    withdraw_evidence(lost, reason="Retracted.", by=editor)
    reword_claim(
        published, wording=published.wording.replace("safe", "sound"), reason="Clearer.", by=editor
    )
    factories.give_verdict(published, VerificationStatus.DISPUTED, rationale="It shook.")
    found = differ(api, published, first)
    assert found["from"]["number"] == first
    assert (found["from"]["status"], found["to"]["status"]) == ("confirmed", "disputed")
    assert changed(found)["/status"] == ("confirmed", "disputed")
    assert changed(found)["/verdict/rationale"] == ("What was found.", "It shook.")
    assert changed(found)["/verdict/wording_version"] == (1, 2)
    wording = next(one for one in found["changed"] if one["pointer"] == "/wording")
    assert [(run["kind"], run["text"].strip()) for run in wording["runs"]][1:] == [
        ("gone", "safe"),
        ("come", "sound"),
        ("kept", "."),
    ]
    assert "A new source" in [part["title"] for part in found["evidence"]["added"]]
    assert [part["entry"] for part in found["evidence"]["withdrawn"]] == [lost.entry.number]
    assert lost.entry.number in found["rests_on"]["removed"]
    assert [act["number"] for act in found["acts"]] == list(
        range(first + 1, found["to"]["number"] + 1)
    )


def test_what_was_found_and_who_was_asked(api: Api, editor: User) -> None:
    published = factories.published_claim(claimant=factories.ClaimantFactory())
    published.refresh_from_db()
    first = published.head_number
    article = factories.ArticleFactory()
    draft = factories.appearance_draft(article, article.text[:20])
    workflow.add_appearance(published, draft, by=editor)
    asked = workflow.ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail")
    workflow.record_contact(published, asked, by=editor)
    found = differ(api, published, first)
    assert [part["article"]["id"] for part in found["appearances"]["added"]] == [article.public_id]
    assert [part["channel"] for part in found["contacts"]["added"]] == ["e-mail"]
    workflow.withdraw_appearance(published.appearances.get(), reason="Not there.", by=editor)
    later = differ(api, published, found["to"]["number"])
    assert len(later["appearances"]["withdrawn"]) == 1
    assert differ(api, published, first)["appearances"]["withdrawn"] == []


def test_an_entry_does_not_differ_from_itself(api: Api, published: Claim) -> None:
    found = differ(api, published, 2, 2)
    assert (found["changed"], found["acts"], found["evidence"]["added"]) == ([], [], [])
    assert found["from"] == found["to"]


def test_entries_from_before_the_first_verdict_can_be_compared(api: Api, published: Claim) -> None:
    found = differ(api, published, 1, published.head_number)
    assert changed(found)["/status"] == (None, "confirmed")
    assert len(found["evidence"]["added"]) == 2
    assert len(found["rests_on"]["added"]) == 2


def test_moments_and_days_do_as_well(api: Api, published: Claim) -> None:
    moment = published.entries.latest("number").recorded_at
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    by_number = differ(api, published, published.head_number - 2)
    assert differ(api, published, moment.isoformat())["from"]["number"] < by_number["to"]["number"]
    assert differ(api, published, 1, moment.date().isoformat())["to"] == by_number["to"]
    assert differ(api, published, moment.isoformat(), published.head_number)["to"]


def test_erased_words_are_on_neither_side(
    api: Api, published: Claim, editor: User, second_editor: User
) -> None:
    reword_claim(published, wording="Said otherwise.", reason="Clearer.", by=editor)
    number = published.head_number
    request = propose_redaction(
        published.entries.get(number=1),
        fields=["wording.text"],
        reason=RedactionReason.DATA_PROTECTION,
        by=editor,
    )
    redact_text(request, by=second_editor)
    found = differ(api, published, number - 1, number)
    assert changed(found)["/wording"] == (None, "Said otherwise.")
    assert [one["runs"] for one in found["changed"] if one["pointer"] == "/wording"] == [None]


def test_a_merger_is_a_difference(api: Api, published: Claim, editor: User) -> None:
    survivor = factories.published_claim()
    first = published.head_number
    merge_claims(published, into=survivor, reason="The same.", by=editor)
    assert changed(differ(api, published, first))["/merged_into/id"] == (None, survivor.public_id)


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ({}, 400, "is needed"),
        ({"to": 2}, 400, "is needed"),
        ({"from": "x"}, 400, "must be a moment"),
        ({"from": "0"}, 400, "number of an entry"),
        ({"from": 3, "to": 1}, 400, "must not come after"),
        ({"from": 1, "to": "2999-01-01"}, 400, "future"),
        ({"from": 1, "until": 2}, 400, "is not a parameter"),
        ({"from": 99}, 404, "no entry of that number"),
        ({"from": 1, "to": 99}, 404, "no entry of that number"),
        ({"from": "2001-01-01"}, 404, "Nothing was recorded"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    api: Api, published: Claim, given: dict[str, Any], code: int, told: str
) -> None:
    problem = api.get(address(published), code, **given)
    assert told in " ".join([problem["detail"], *(e["detail"] for e in problem.get("errors", ()))])


def test_an_unpublished_claim_is_as_unknown_as_none(api: Api, claim: Claim) -> None:
    for number in (1, 99):
        path = f"{address(claim)}?from={number}"
        hidden = api.fetch(path)
        none = api.fetch(path.replace(claim.public_id, "0" * 10))
        assert hidden.status_code == none.status_code == 404
        assert hidden.content.replace(claim.public_id.encode(), b"0" * 10) == none.content


@pytest.mark.parametrize("rows", [1, 20])
def test_a_comparison_takes_seven_queries(
    api: Api, queries: Queries, published: Claim, rows: int
) -> None:
    by = factories.person(Role.EDITOR)
    for _ in range(rows):
        factories.EvidenceFactory(claim=published, by=by)
    # 1: the claim; 2 to 7: its history
    with queries(7):
        differ(api, published, 1)


def test_it_may_be_kept_until_something_changes(api: Api, published: Claim) -> None:
    path = f"{address(published)}?from=1&to=2"
    first = api.fetch(path)
    again = api.fetch(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert first["Cache-Control"] == "public, max-age=15"
