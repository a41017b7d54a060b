"""AVeriTeC's rows become claims, as far as its words allow, and every repair is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.interop import averitec
from claims.interop.averitec import gather
from claims.vocabulary import EvidenceKind, Stance
from claims.vocabulary import VerificationStatus as Status
from tests.interop.rows import REPAIRED, SKIPPED, answer, asked, row


def one(given: Any) -> averitec.Gathered:
    """Return the one claim of one row."""
    claims, skipped = gather([given])
    assert skipped == []
    return claims[0]


def test_a_row_becomes_a_claim_with_its_evidence_and_judgement() -> None:
    claim = one(row())
    assert (claim.wording, claim.speaker) == ("The old bridge was closed in 2019.", "Ana Moro")
    assert claim.said_on == date(2020, 3, 5)
    (piece,), (judgement,) = claim.pieces, claim.judgements
    assert (piece.url, piece.domain) == ("https://www.survey.example/report", "survey.example")
    assert piece.archived_url.startswith("https://web.archive.org/")
    assert piece.excerpt == "Yes"
    assert piece.remark == "Question: Was the bridge closed?\n\nThe survey says so."
    assert (judgement.status, judgement.rests_on) == (Status.CONFIRMED, (0,))
    assert judgement.rationale == "A survey confirms the closure."
    assert claim.repairs == []


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Supported", Status.CONFIRMED),
        ("Refuted", Status.DISPUTED),
        ("Not Enough Evidence", Status.UNCONFIRMED),
        ("Conflicting Evidence/Cherrypicking", Status.DISPUTED),
    ],
)
def test_every_label_has_a_status(label: str, status: Status) -> None:
    assert one(row(label=label)).judgements[0].status == status


@pytest.mark.parametrize(
    ("label", "kind", "said", "alone", "stance"),
    [
        ("Supported", "Boolean", "Yes", True, Stance.SUPPORTS),
        ("Supported", "Boolean", "yes.", False, Stance.SUPPORTS),
        ("Supported", "Boolean", "No", True, Stance.CONTEXT),
        ("Refuted", "Boolean", "No", False, Stance.REFUTES),
        ("Refuted", "Boolean", "Yes", True, Stance.CONTEXT),
        ("Refuted", "Extractive", "It was open.", True, Stance.REFUTES),
        ("Refuted", "Extractive", "It was open.", False, Stance.CONTEXT),
        ("Supported", "Abstractive", "It was shut.", True, Stance.SUPPORTS),
        ("Supported", "Unanswerable", "Nobody knows.", True, Stance.CONTEXT),
        ("Not Enough Evidence", "Boolean", "Yes", True, Stance.CONTEXT),
        ("Conflicting Evidence/Cherrypicking", "Boolean", "No", True, Stance.CONTEXT),
    ],
)
def test_a_stance_is_derived_only_where_label_and_answer_leave_no_doubt(
    *, label: str, kind: str, said: str, alone: bool, stance: Stance
) -> None:
    answers = [answer(answer=said, answer_type=kind)] * (1 if alone else 2)
    assert one(row(label=label, questions=asked(*answers))).pieces[0].stance == stance


def test_a_medium_has_a_kind_and_an_unknown_one_is_other() -> None:
    for medium, kind in [
        ("PDF", EvidenceKind.DOCUMENT),
        ("Web table", EvidenceKind.DATA),
        ("Video", EvidenceKind.IMAGE_VIDEO),
        ("Web text", EvidenceKind.OTHER),
        (None, EvidenceKind.OTHER),
        (["PDF"], EvidenceKind.OTHER),
    ]:
        assert one(row(questions=asked(answer(source_medium=medium)))).pieces[0].kind == kind


def test_what_is_missing_is_left_out_and_nothing_is_made_up() -> None:
    bare = one({"claim": "The bridge fell.", "label": "Refuted", "speaker": None})
    assert (bare.speaker, bare.said_on, bare.pieces) == ("", None, [])
    assert (bare.judgements[0].rationale, bare.judgements[0].rests_on) == ("", ())
    assert bare.repairs == []


def test_an_answer_without_a_source_says_so() -> None:
    piece = one(row(questions=asked(answer(source_url="", cached_source_url=None)))).pieces[0]
    assert (piece.url, piece.source_text) == ("", "No source was found.")


def test_days_and_months_may_have_one_digit() -> None:
    assert averitec.said_on("5-3-2020") == (date(2020, 3, 5), "")
    assert averitec.said_on("05-03-2020") == (date(2020, 3, 5), "")


@pytest.mark.parametrize("name", SKIPPED)
def test_a_row_that_cannot_be_used_is_named_with_the_reason(name: str) -> None:
    given, reason = SKIPPED[name]
    claims, skipped = gather([row("The first."), given])
    assert len(claims) == 1
    assert len(skipped) == 1
    assert skipped[0].startswith("row 1: skipped: ")
    assert reason in skipped[0]


@pytest.mark.parametrize("name", [one for one in REPAIRED if one[:9] != "a speaker"])
def test_a_row_that_is_repaired_is_named_with_the_reason(name: str) -> None:
    given, reason = REPAIRED[name]
    claims, skipped = gather([row("The first."), given])
    assert skipped == []
    assert len(claims[1].repairs) == 1
    assert claims[1].repairs[0].startswith("row 1: ")
    assert reason in claims[1].repairs[0]


def test_a_source_that_is_no_address_is_kept_as_text_and_never_as_a_link() -> None:
    for source in (
        "file:///C:/report.pdf",
        "javascript:alert(1)",
        "ftp://a.example/",
        "//a.example",
    ):
        piece = one(row(questions=asked(answer(source_url=source)))).pieces[0]
        assert (piece.url, piece.source_text) == ("", source)


def test_rows_that_say_the_same_are_one_claim_with_successive_judgements() -> None:
    again = row("the OLD bridge  was closed in 2019.", label="Refuted")
    (claim,), _ = gather([row(), again, row()])
    assert [judgement.known.split(": ")[1] for judgement in claim.judgements] == [
        "Supported.",
        "Refuted.",
        "Supported.",
    ]
    assert [judgement.rests_on for judgement in claim.judgements] == [(0,), (1,), (2,)]
    assert claim.rows == [0, 1, 2]
    assert "row 1: " in claim.repairs[0]
    assert "“Refuted” after “Supported”, both kept" in claim.repairs[0]


def test_a_repeated_row_with_the_same_label_is_said_too() -> None:
    (claim,), _ = gather([row(), row()])
    assert claim.repairs == ["row 1: the same claim as an earlier row: a further label"]


def test_a_key_depends_on_the_words_alone() -> None:
    keys = [one(row(words)).key for words in ("The bridge.", "the  BRIDGE.", "The bridge!")]
    assert keys[0] == keys[1] != keys[2]


def test_no_rows_are_no_claims() -> None:
    assert gather([]) == ([], [])
