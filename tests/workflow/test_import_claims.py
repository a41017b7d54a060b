"""import_claims: rows of an outside source, each whole or not at all, and each only once."""

from __future__ import annotations

from datetime import date
from typing import Any

from claims.models import Claim, ImportRecord, User
from claims.vocabulary import Act, EvidenceKind, Stance
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import (
    ClaimDraft,
    EvidenceDraft,
    ImportedClaim,
    ImportedVerdict,
    ImportResult,
    VerdictDraft,
    import_claims,
)
from claims.workflow.checking import check_register
from tests.workflow.observing import everything, stale_columns

EVIDENCE = [
    EvidenceDraft(stance=Stance.REFUTES, kind=EvidenceKind.DOCUMENT, url=f"https://s{n}.example/")
    for n in range(2)
]
VERDICTS = [
    ImportedVerdict(draft=VerdictDraft(status=status, rationale="r"), effective_on=day)
    for status, day in [
        (Status.UNCONFIRMED, date(2018, 1, 1)),
        (Status.DISPUTED, date(2019, 1, 1)),
    ]
]


def row(key: str = "row 1", **fields: Any) -> ImportedClaim:
    whole = {"claim": ClaimDraft(wording="The bridge fell."), "evidence": EVIDENCE}
    return ImportedClaim(key=key, **{**whole, "verdicts": VERDICTS, **fields})


def bring(*rows: ImportedClaim, by: User, source: str = "archive") -> ImportResult:
    return import_claims(rows, source=source, origin="The archive's desk", by=by)


def test_a_claim_comes_in_whole(importer: User) -> None:
    claim = bring(row(), by=importer).added["row 1"]
    acts = claim.entries.in_order().values_list("number", "act", "effective_on")
    assert list(acts) == [
        (1, Act.CLAIM_RECORDED, None),
        (2, Act.EVIDENCE_ADDED, None),
        (3, Act.EVIDENCE_ADDED, None),
        (4, Act.VERDICT_IMPORTED, date(2018, 1, 1)),
        (5, Act.VERDICT_IMPORTED, date(2019, 1, 1)),
    ]
    assert claim.status == Status.DISPUTED
    assert stale_columns(claim) == []
    assert ImportRecord.objects.get().claim == claim


def test_a_batch_stands_up_to_the_whole_check(importer: User) -> None:
    bring(*(row(f"row {n}") for n in range(5)), by=importer)
    assert Claim.objects.count() == 5
    assert list(check_register()) == []


def test_contradicting_labels_are_successive_verdicts(importer: User) -> None:
    claim = bring(row(), by=importer).added["row 1"]
    statuses = claim.verdicts.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.UNCONFIRMED, Status.DISPUTED]


def test_a_verdict_rests_on_all_the_evidence_or_on_what_is_named(importer: User) -> None:
    named = ImportedVerdict(draft=VERDICTS[0].draft, rests_on=[1])
    claim = bring(row(verdicts=[VERDICTS[0], named]), by=importer).added["row 1"]
    whole, part = claim.verdicts.order_by("pk")
    assert whole.rests_on.count() == 2
    assert [link.evidence.entry.number for link in part.rests_on.all()] == [3]


def test_the_same_row_adds_nothing_the_second_time(importer: User) -> None:
    bring(row(), by=importer)
    before = everything()
    result = bring(row(), by=importer)
    assert (result.added, result.known) == ({}, {"row 1"})
    assert everything() == before


def test_the_same_key_twice_in_a_batch_is_one_claim(importer: User) -> None:
    assert list(bring(row(), row(), by=importer).added) == ["row 1"]
    assert Claim.objects.count() == 1


def test_another_row_and_another_source_are_other_claims(importer: User) -> None:
    bring(row(), row("row 2"), by=importer)
    bring(row(), by=importer, source="other")
    assert Claim.objects.count() == 3


def test_a_row_that_breaks_a_rule_is_refused_whole_and_alone(importer: User) -> None:
    bad = EvidenceDraft(stance=Stance.REFUTES, kind=EvidenceKind.DOCUMENT, url="ftp://s.example/")
    result = bring(row(), row("row 2", evidence=[*EVIDENCE, bad]), by=importer)
    assert list(result.added) == ["row 1"]
    assert result.refused["row 2"].message_dict == {
        "url": ["This is not a web address (http or https)."]
    }
    assert Claim.objects.count() == ImportRecord.objects.count() == 1


def test_a_row_that_was_refused_can_come_in_once_mended(importer: User) -> None:
    assert "row 1" in bring(row(claim=ClaimDraft(wording="")), by=importer).refused
    assert "row 1" in bring(row(), by=importer).added


def test_an_import_by_nobody_in_particular_is_refused(importer: User) -> None:
    result = import_claims([row()], source="archive", origin=" ", by=importer)
    assert list(result.refused["row 1"].message_dict) == ["origin"]
    assert not Claim.objects.exists()


def test_a_key_too_long_for_its_column_is_refused(importer: User) -> None:
    result = bring(row("x" * 201), row(), by=importer)
    assert list(result.refused["x" * 201].message_dict) == ["key"]
    assert list(result.added) == ["row 1"]
