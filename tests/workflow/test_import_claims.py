"""import_claims: rows of an outside source, each whole or not at all, and each only once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db.transaction import atomic
from django.utils import timezone

from claims.history.recorder import Recorder
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
    imports,
)
from claims.workflow.acting import finish_new
from claims.workflow.checking import check_register
from tests import factories
from tests.workflow.observing import everything, refused, stale_columns

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


def test_no_claim_waits_for_the_whole_batch_to_be_stamped(
    importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[datetime, int, datetime]] = []

    def watched(recorders: Sequence[Recorder]) -> None:
        entries = [entry for one in recorders for entry in one.pending.entries]
        finish_new(recorders)
        if entries:
            written.append((entries[0].recorded_at, len(entries), timezone.now()))

    monkeypatch.setattr(imports, "finish_new", watched)
    monkeypatch.setattr(imports, "ENTRIES_AT_ONCE", 10)
    result = bring(*(row(f"row {n}") for n in range(7)), row("row 0"), by=importer)
    assert [number for _, number, _ in written] == [10, 10, 10, 5]
    for (_, _, done), (stamped, _, _) in pairwise(written):
        assert stamped > done
    assert len(result.added) == Claim.objects.count() == ImportRecord.objects.count() == 7
    assert list(check_register()) == []


def test_a_batch_that_fails_late_brings_nothing_in(
    importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "ENTRIES_AT_ONCE", 5)
    broken = row("row 3", verdicts=[ImportedVerdict(draft=VERDICTS[0].draft, rests_on=[9])])
    with refused("index out of range", error=IndexError):
        bring(row("row 1"), row("row 2"), broken, by=importer)


def test_rows_that_come_in_elsewhere_meanwhile_are_said_to(
    importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(recorders: Sequence[Recorder]) -> None:
        finish_new(recorders)
        ImportRecord.objects.create(source="archive", key="row 1")

    monkeypatch.setattr(imports, "finish_new", late)
    with refused("coming in elsewhere", error=imports.ComingInElsewhereError), atomic():
        bring(row(), by=importer)


def test_a_key_too_long_for_its_column_is_refused(importer: User) -> None:
    result = bring(row("x" * 201), row(), by=importer)
    assert list(result.refused["x" * 201].message_dict) == ["key"]
    assert list(result.added) == ["row 1"]


def test_a_rerun_leaves_a_claim_alone_on_which_two_people_have_ruled_since(importer: User) -> None:
    claim = bring(row(), by=importer).added["row 1"]
    factories.give_verdict(claim, Status.CONFIRMED)
    before = claim.entries.count()
    result = bring(row(), row("row 2", claim=ClaimDraft(wording="Another.")), by=importer)
    assert (result.known, set(result.added), result.refused) == ({"row 1"}, {"row 2"}, {})
    assert claim.entries.count() == before
    claim.refresh_from_db()
    assert claim.status == Status.CONFIRMED
