"""Claims as rows of AVeriTeC: the label by stances, read back by our own reader of the dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims import workflow
from claims.interop.averitec import gather
from claims.interop.averitec_export import label_of, row_of
from claims.models import Claim, User
from claims.vocabulary import EvidenceKind, Precision, Stance, VerificationStatus
from tests import factories
from tests.public.pages import document

pytestmark = pytest.mark.django_db
BASE = "https://register.example"


def row(claim: Claim) -> dict[str, Any]:
    found = row_of(document(claim), base=BASE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "stances", "label"),
    [
        (VerificationStatus.CONFIRMED, [], "Supported"),
        (VerificationStatus.UNCONFIRMED, [Stance.SUPPORTS], "Not Enough Evidence"),
        (VerificationStatus.DISPUTED, [], "Refuted"),
        (VerificationStatus.DISPUTED, [Stance.CONTEXT], "Refuted"),
        (VerificationStatus.DISPUTED, [Stance.SUPPORTS], "Conflicting Evidence/Cherrypicking"),
    ],
)
def test_the_label_is_derived_from_stances(
    status: VerificationStatus, stances: list[Stance], label: str
) -> None:
    claim = factories.ClaimFactory()
    for stance in stances:
        factories.EvidenceFactory(claim=claim, stance=stance)
    factories.give_verdict(claim, status)
    assert label_of(document(claim)) == label


def test_evidence_that_came_after_the_verdict_does_not_change_its_label() -> None:
    claim = factories.published_claim(VerificationStatus.DISPUTED)
    factories.EvidenceFactory(claim=claim, stance=Stance.SUPPORTS)
    assert row(claim)["label"] == "Refuted"


def test_a_row_has_what_the_dataset_has() -> None:
    speaker = factories.ClaimantFactory(name="Mayor Ada")
    claim = factories.ClaimFactory(
        wording="It is safe.", claimant=speaker, said_on=date(2024, 11, 5)
    )
    factories.EvidenceFactory(
        claim=claim,
        stance=Stance.REFUTES,
        kind=EvidenceKind.DATA,
        url="https://source.example/table",
        archived_url="https://archive.example/table",
        title="A table",
        publisher_name="The Office",
        excerpt="It is not.",
    )
    factories.give_verdict(claim, VerificationStatus.DISPUTED, rationale="The table says so.")
    found = row(claim)
    assert found["claim"] == "It is safe."
    assert found["claim_date"] == "5-11-2024"
    assert found["speaker"] == "Mayor Ada"
    assert found["justification"] == "The table says so."
    assert found["questions"][0] == {
        "question": "What does The Office say of the claim?",
        "answers": [
            {
                "answer": "It is not.",
                "answer_type": "Extractive",
                "source_url": "https://source.example/table",
                "cached_source_url": "https://archive.example/table",
                "source_medium": "Web table",
            }
        ],
    }


def test_a_day_that_is_not_known_is_not_told() -> None:
    claim = factories.published_claim(said_on=date(2024, 11, 1), said_on_precision=Precision.MONTH)
    assert row(claim)["claim_date"] is None


@pytest.mark.parametrize("status", VerificationStatus)
def test_our_reader_takes_every_row_and_finds_the_same_status(status: VerificationStatus) -> None:
    claim = factories.published_claim(status)
    (taken,), skipped = gather([row(claim)])
    assert skipped == []
    assert taken.wording == claim.wording
    assert taken.judgements[0].status == status


def test_a_question_that_came_with_an_answer_goes_with_it() -> None:
    claim = factories.ClaimFactory()
    factories.EvidenceFactory(claim=claim, note="Question: Is it safe?\n\nSo says the mayor.")
    factories.give_verdict(claim)
    question = row(claim)["questions"][0]
    assert question["question"] == "Is it safe?"
    assert question["answers"][0]["answer"] == "So says the mayor."


def test_without_a_verdict_there_is_no_row(published: Claim, editor: User) -> None:
    workflow.void_verdict(published, reason="We misread it.", by=editor)
    assert row_of(document(published), base=BASE) is None
