"""The public document: what it shows, at which moment, on which of the two clocks, and what it never shows."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from claims import documents, workflow
from claims.documents import Document
from claims.history.replay import replay
from claims.models import Claim, ClaimDocument, User
from claims.vocabulary import Cause, ReviewReason, Role, Stance
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import VerdictDraft
from tests import factories

MICROSECOND = timedelta(microseconds=1)
BASE = "https://register.example"


def now_of(claim: Claim) -> Document:
    document = documents.current(claim)
    assert document is not None
    return document


def bring(claim: Claim, status: Status, day: date | None, by: User) -> datetime:
    """Import a verdict; return the moment it was recorded."""
    draft = VerdictDraft(status=status, rationale="r")
    verdict = workflow.import_verdict(claim, draft, effective_on=day, origin="Archive", by=by)
    return verdict.entry.recorded_at


def test_an_unpublished_claim_has_no_document(claim: Claim) -> None:
    assert documents.current(claim) is None
    assert documents.as_of(claim, datetime.now(UTC)) is None
    assert not ClaimDocument.objects.exists()


def test_the_document_says_what_the_claim_says(published: Claim) -> None:
    document = now_of(published)
    assert document["id"] == published.public_id
    assert document["wording"] == published.wording
    assert document["claimant"] is None
    assert (document["status"], document["status_label"]) == ("confirmed", "Confirmed")
    assert document["verdict"]["cause"] == Cause.FIRST_VERDICT
    assert document["verdict"]["rests_on"] == [2, 3]
    assert [piece["entry"] for piece in document["evidence"]] == [2, 3]
    assert [line["number"] for line in document["history"]] == [1, 2, 3, 4]
    assert document["history"][3]["status"] == "confirmed"
    assert "status" not in document["history"][0]
    assert document["head"] == {"number": 4, "leaf_hash": published.head_hash.hex()}


def test_the_document_names_claimant_and_place(contributor: User) -> None:
    speaker = factories.ClaimantFactory(name="Ada Berg", role="Mayor")
    article = factories.ArticleFactory(
        title="Bridge", text="“It is safe,” she said.", publisher_name="Gazette"
    )
    found = factories.appearance_draft(article, "It is safe", speaker=speaker, cue="said")
    document = now_of(factories.published_claim(claimant=speaker, appearance=found))
    assert (document["claimant"]["name"], document["claimant"]["role"]) == ("Ada Berg", "Mayor")
    (shown,) = document["appearances"]
    assert (shown["article"]["title"], shown["article"]["publisher"]) == ("Bridge", "Gazette")
    assert (shown["quote"]["exact"], shown["quote"]["start"], shown["quote"]["end"]) == (
        "It is safe",
        1,
        11,
    )
    assert (shown["speaker"]["name"], shown["cue"], shown["position"]) == (
        "Ada Berg",
        "said",
        "asserts",
    )
    assert article.text not in documents.encode(document)


def test_the_stored_document_is_the_one_the_history_gives(published: Claim) -> None:
    row = ClaimDocument.objects.get()
    body = documents.encode(documents.build(replay(published)))
    assert row.body == body
    assert row.sha256 == hashlib.sha256(body.encode()).hexdigest()
    assert row.head_number == published.head_number
    summary = json.loads(row.summary)
    assert {"id", "url", "wording", "status", "status_since"} <= summary.keys()
    assert summary == {key: json.loads(body)[key] for key in summary}


def test_as_of_shows_what_was_served_then(published: Claim, editor: User) -> None:
    first = now_of(published)
    moment = published.head_at
    assert moment is not None
    entry = workflow.void_verdict(published, reason="Forged.", by=editor)
    assert documents.as_of(published, moment) == first
    assert documents.as_of(published, entry.recorded_at - MICROSECOND) == first
    assert documents.as_of(published, entry.recorded_at) == now_of(published) != first


def test_as_of_a_moment_before_the_first_verdict_shows_nothing(published: Claim) -> None:
    verdict = published.verdicts.get().entry
    assert documents.as_of(published, verdict.recorded_at) is not None
    assert documents.as_of(published, verdict.recorded_at - MICROSECOND) is None


def test_status_since_moves_only_when_the_status_does(published: Claim) -> None:
    first = now_of(published)["status_since"]
    factories.give_verdict(published, Status.CONFIRMED)
    assert now_of(published)["status_since"] == first
    assert now_of(published)["verdict"]["cause"] == Cause.RECONFIRMATION
    factories.give_verdict(published, Status.DISPUTED)
    assert now_of(published)["status_since"] == now_of(published)["verdict"]["recorded_at"] > first


def test_the_two_clocks_are_not_mixed(claim: Claim, importer: User) -> None:
    old = bring(claim, Status.UNCONFIRMED, date(2019, 1, 1), importer)
    bring(claim, Status.DISPUTED, date(2021, 1, 1), importer)
    then = documents.as_of(claim, old)
    assert then is not None
    assert then["status"] == Status.UNCONFIRMED
    assert documents.as_of(claim, datetime(2020, 6, 1, tzinfo=UTC)) is None

    def in_the_world(day: date) -> str | None:
        document = documents.effective_as_of(claim, day)
        return str(document["status"]) if document else None

    assert in_the_world(date(2018, 12, 31)) is None
    assert in_the_world(date(2019, 1, 1)) == Status.UNCONFIRMED
    assert in_the_world(date(2020, 12, 31)) == Status.UNCONFIRMED
    assert in_the_world(date(2021, 1, 1)) == Status.DISPUTED


def test_a_verdict_learned_late_counts_from_its_day_as_far_as_known_then(
    claim: Claim, importer: User
) -> None:
    first = bring(claim, Status.DISPUTED, date(2021, 1, 1), importer)
    bring(claim, Status.CONFIRMED, date(2019, 1, 1), importer)
    day = date(2020, 1, 1)
    assert documents.effective_as_of(claim, day, known_at=first) is None
    learned = documents.effective_as_of(claim, day)
    assert learned is not None
    assert learned["status"] == Status.CONFIRMED
    assert now_of(claim)["status"] == Status.CONFIRMED


def test_a_verdict_of_this_register_takes_effect_on_the_day_it_is_recorded(
    published: Claim,
) -> None:
    today = datetime.now(UTC).date()
    assert documents.effective_as_of(published, today) == now_of(published)
    assert documents.effective_as_of(published, today - timedelta(days=2)) is None


def test_a_voided_verdict_leaves_a_gap_and_not_the_one_before_it(
    claim: Claim, importer: User, editor: User
) -> None:
    bring(claim, Status.UNCONFIRMED, date(2019, 1, 1), importer)
    known = bring(claim, Status.DISPUTED, date(2020, 1, 1), importer)
    workflow.void_verdict(claim, reason="Wrong claim.", by=editor)
    assert now_of(claim)["status"] is None
    assert documents.effective_as_of(claim, date(2021, 1, 1)) is None
    for day, moment, status in (
        (date(2019, 6, 1), None, Status.UNCONFIRMED),
        (date(2021, 1, 1), known, Status.DISPUTED),
    ):
        document = documents.effective_as_of(claim, day, known_at=moment)
        assert document is not None
        assert document["status"] == status


def test_a_verdict_says_that_evidence_beneath_it_was_withdrawn(
    published: Claim, editor: User
) -> None:
    def flags() -> set[bool]:
        shown = now_of(published), json.loads(ClaimDocument.objects.get(claim=published).summary)
        found = published in Claim.objects.on_withdrawn_evidence()
        return {found, *(one["verdict_on_withdrawn_evidence"] for one in shown)}

    workflow.withdraw_evidence(factories.EvidenceFactory(), reason="Of another claim.", by=editor)
    later = factories.EvidenceFactory(claim=published)
    workflow.withdraw_evidence(later, reason="It came after the verdict.", by=editor)
    assert flags() == {False}
    for piece in published.evidence.all()[:2]:
        workflow.withdraw_evidence(piece, reason="Retracted.", by=editor)
        assert flags() == {True}
    assert now_of(published)["status"] == "confirmed"
    workflow.void_verdict(published, reason="Nothing carries it.", by=editor)
    assert flags() == {False}
    factories.give_verdict(published)
    assert flags() == {False}


SECRET = "Xyzzy"


def test_internal_things_never_reach_the_document(claim: Claim) -> None:
    proposer, approver = (
        factories.person(
            Role.REVIEWER,
            username=f"{SECRET}{n}",
            email=f"{SECRET}{n}@desk.example",
            first_name=SECRET,
            last_name=SECRET,
            public_name=f"Desk {n}",
        )
        for n in range(2)
    )
    review = workflow.open_review(
        claim, reason=ReviewReason.READER_REPORT, note=SECRET, by=proposer
    )
    workflow.assign_review(review, to=proposer, by=approver)
    draft = VerdictDraft(status=Status.UNCONFIRMED, rationale=SECRET, would_settle="w")
    workflow.propose_verdict(review, draft, by=proposer)
    workflow.return_review(review, reason=SECRET, by=approver)
    draft = VerdictDraft(status=Status.UNCONFIRMED, rationale="Public.", would_settle="w")
    workflow.propose_verdict(review, draft, by=proposer)
    workflow.approve_verdict(review, by=approver, note=SECRET)
    document = now_of(claim)
    assert SECRET not in documents.encode(document)
    assert (document["verdict"]["proposed_by"], document["verdict"]["approved_by"]) == (
        "Desk 0",
        "Desk 1",
    )


def test_a_later_public_name_does_not_change_who_signed(published: Claim) -> None:
    before = now_of(published)
    User.objects.update(public_name="Somebody else")
    documents.store([replay(published)])
    assert now_of(published) == before


def test_the_document_is_the_same_however_it_is_reached(published: Claim, reviewer: User) -> None:
    piece = published.evidence.latest("pk")
    workflow.withdraw_evidence(piece, reason="Retracted.", by=reviewer)
    workflow.reword_claim(published, wording="Reworded.", reason="r", by=reviewer)
    factories.EvidenceFactory(claim=published, stance=Stance.REFUTES)
    assert now_of(published) == documents.build(replay(Claim.objects.get(pk=published.pk)))


def test_documents_hold_paths_that_an_address_is_put_before(published: Claim) -> None:
    document = now_of(published)
    absolute = documents.absolute(document, BASE)
    assert document["url"] == f"/api/v1/claims/{published.public_id}/"
    assert absolute["url"] == BASE + document["url"]
    assert absolute["html_url"].startswith(f"{BASE}/claims/{published.public_id}/")
    assert absolute["history_url"] == f"{BASE}/api/v1/claims/{published.public_id}/history/"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"url": "/a/"}, {"url": BASE + "/a/"}),
        ({"url": "https://source.example/"}, {"url": "https://source.example/"}),
        ({"url": None}, {"url": None}),
        ({"title": "/not/a/path"}, {"title": "/not/a/path"}),
        ([{"article": {"html_url": "/x/"}}], [{"article": {"html_url": BASE + "/x/"}}]),
        ("/text", "/text"),
    ],
)
def test_only_the_registers_own_paths_become_absolute(part: Any, expected: Any) -> None:
    assert documents.absolute(part, BASE) == expected


def test_the_text_of_a_document_is_compact_and_readable() -> None:
    assert documents.encode({"b": "é", "a": None}) == '{"b":"é","a":null}'
