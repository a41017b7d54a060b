"""Statements come in once, together with what says the same, and as evidence: never as a verdict of ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import documents, verify
from claims.desk_vocabulary import ImportFormat
from claims.history.recorder import Recorder, WrittenTooLateError
from claims.models import Claim, ImportRecord, User
from claims.vocabulary import Act, EvidenceKind, RatedAs, Role, Stance, VerificationStatus
from claims.workflow import (
    ClaimDraft,
    imports,
    merge_claims,
    record_claim,
    reword_claim,
    void_verdict,
)
from claims.workflow.acting import finish_new
from claims.workflow.bringing_in import ROWS, BringingIn
from claims.workflow.checking import check_register
from tests import factories
from tests.interop.checks import answer, read, rumour, snapshot
from tests.management.eventful import exported
from tests.workflow.importing import brought, rows_of, told
from tests.workflow.observing import everything


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_anothers_verdict_is_evidence_and_the_claim_waits_for_reviewers(importer: User) -> None:
    assert told(brought(rows_of(answer()), importer)) == ["row 0: taken"]
    claim = Claim.objects.get()
    (piece,) = claim.evidence.all()
    assert claim.published_at is None
    assert documents.current(claim) is None
    assert (piece.kind, piece.stance) == (EvidenceKind.FACT_CHECK, Stance.REFUTES)
    assert (piece.rating, piece.rated_as) == ("False", RatedAs.FALSE)
    assert piece.publisher is not None
    assert (piece.publisher.domain, piece.publisher.kind) == ("checkers.example", "fact_checker")
    assert [entry.act for entry in claim.entries.in_order()] == [
        Act.CLAIM_RECORDED,
        Act.EVIDENCE_ADDED,
    ]
    assert [str(one) for one in check_register()] == []


def test_an_own_verdict_is_an_imported_one_of_its_day(importer: User) -> None:
    brought(rows_of(answer(), as_own=True), importer)
    claim = Claim.objects.get()
    document = documents.current(claim)
    assert document is not None
    assert document["verdict_imported"] is True
    assert (document["status"], document["verdict"]["effective_on"]) == ("disputed", "2025-03-05")
    assert document["verdict"]["origin"] == "The Checkers"
    (piece,) = document["evidence"]
    assert (piece["rating"], piece["rated_as"]) == ("False", "false")
    assert document["verdict"]["rests_on"] == [piece["entry"]]
    assert verify.verify(exported(claim))
    assert documents.effective_as_of(claim, date(2025, 3, 4)) is None
    assert documents.effective_as_of(claim, date(2025, 3, 5)) is not None


def test_what_says_the_same_is_one_claim_within_a_run_and_over_several(importer: User) -> None:
    first = answer("The old bridge is safe.")
    same = answer(
        "the old BRIDGE is safe!", url="https://others.example/1", publisher={"name": "O"}
    )
    assert told(brought(rows_of(first, same), importer)) == ["row 0: taken", "row 1: merged"]
    third = answer("The old bridge is safe", url="https://thirds.example/1")
    assert told(brought(rows_of(third), importer)) == ["row 0: merged"]
    claim = Claim.objects.get()
    assert claim.evidence.count() == 3
    assert ImportRecord.objects.filter(claim=claim).count() == 3
    assert [str(one) for one in check_register()] == []


def test_the_same_words_by_another_name_stay_apart_and_are_said_to_be_alike(importer: User) -> None:
    brought(rows_of(answer()), importer)
    known = Claim.objects.get()
    other = {**answer(url="https://others.example/1"), "claimant": "Bo Lund"}
    lines = brought(rows_of(other), importer)
    assert told(lines) == ["row 0: taken", "row 0: similar"]
    assert lines[1].reason == f"100 % like claim {known.public_id}; kept apart"
    assert Claim.objects.count() == 2


def test_a_claim_of_the_desk_takes_up_what_is_brought_in(importer: User, editor: User) -> None:
    ada = factories.ClaimantFactory(name="Ada Moro", by=editor)
    claim = record_claim(ClaimDraft(wording="The old bridge is safe", claimant=ada), by=editor)
    (line,) = brought(rows_of(answer()), importer)
    assert line.reason == f"into claim {claim.public_id}"
    assert claim.evidence.get().rating == "False"


def test_a_second_run_adds_nothing_and_a_changed_rating_is_added(importer: User) -> None:
    rows = rows_of(answer(), answer("The new bridge is late."))
    brought(rows, importer)
    before = everything()
    assert told(brought(rows, importer)) == ["row 0: known", "row 1: known"]
    assert everything() == before
    assert told(brought(rows_of(answer(textualRating="Half true")), importer)) == ["row 0: merged"]
    claim = Claim.objects.get(wording="The old bridge is safe.")
    rated = claim.evidence.order_by("pk").values_list("rating", "rated_as")
    assert list(rated) == [("False", RatedAs.FALSE), ("Half true", RatedAs.MIXED)]


@pytest.mark.parametrize("as_own", [False, True])
def test_a_rumours_verdicts_become_its_history_in_their_true_order(
    importer: User, *, as_own: bool
) -> None:
    early = snapshot(rumour(7, 2, "1580454402875"), rumour(8, 0, "1580454402875"))
    late = snapshot(rumour(7, 1, "2020-02-20 10:00:00"), rumour(8, 0, "2020-02-20 10:00:00"))
    brought(read(ImportFormat.DXY, late, early, as_own=as_own), importer)
    claim = Claim.objects.get(wording__contains="7")
    ratings = claim.evidence.order_by("pk").values_list("rating", flat=True)
    assert list(ratings) == ["rumorType 2", "rumorType 1"]
    if as_own:
        entries = claim.entries.in_order().filter(act=Act.VERDICT_IMPORTED)
        assert [(one.verdict.status, one.effective_on) for one in entries] == [
            (VerificationStatus.UNCONFIRMED, date(2020, 1, 31)),
            (VerificationStatus.CONFIRMED, date(2020, 2, 20)),
        ]
    third = snapshot(rumour(7, 1, "2020-02-21 10:00:00"), rumour(8, 2, "2020-02-21 10:00:00"))
    lines = brought(read(ImportFormat.DXY, third, as_own=as_own), importer)
    assert [(line.outcome.value, line.reason[:13]) for line in lines] == [
        ("known", "nothing has c"),
        ("merged", "into claim " + Claim.objects.get(wording__contains="8").public_id[:2]),
    ]
    assert [str(one) for one in check_register()] == []


def test_what_was_reworded_or_merged_here_is_found_again_by_its_key(
    importer: User, editor: User
) -> None:
    brought(rows_of(answer()), importer)
    claim = Claim.objects.get()
    reword_claim(claim, wording="The bridge of 1901 is safe.", reason="Clearer.", by=editor)
    assert told(brought(rows_of(answer()), importer)) == ["row 0: known"]
    survivor = factories.ClaimFactory(by=editor)
    merge_claims(claim, into=survivor, reason="The same.", by=editor)
    assert told(brought(rows_of(answer()), importer)) == ["row 0: known"]


def test_an_own_verdict_gives_way_to_one_that_was_given_here(importer: User) -> None:
    claim = factories.published_claim(wording="The old bridge is safe.", claimant=None)
    before = claim.evidence.count()
    own = {**answer(), "claimant": None}
    (line,) = brought(rows_of(own, as_own=True), importer)
    assert line.outcome.value == "refused"
    assert claim.evidence.count() == before


def test_an_own_verdict_goes_round_nobody_who_has_yet_to_decide(importer: User) -> None:
    claim = factories.ClaimFactory(wording="The old bridge is safe.", claimant=None)
    before = claim.head_number
    own = {**answer(), "claimant": None}
    (line,) = brought(rows_of(own, as_own=True), importer)
    assert (line.outcome.value, "two people decide" in line.reason) == ("refused", True)
    claim.refresh_from_db()
    assert (claim.head_number, claim.published_at) == (before, None)
    assert told(brought(rows_of(own), importer)) == ["row 0: merged"]


def test_an_own_verdict_does_not_come_after_one_that_was_voided(
    importer: User, editor: User
) -> None:
    claim = factories.published_claim(wording="The old bridge is safe.", claimant=None)
    void_verdict(claim, reason="A mistake.", by=editor)
    own = {**answer(), "claimant": None}
    (line,) = brought(rows_of(own, as_own=True), importer)
    claim.refresh_from_db()
    assert (line.outcome.value, claim.status) == ("refused", None)


def test_an_own_verdict_follows_one_that_was_imported(importer: User) -> None:
    brought(rows_of(answer(), as_own=True), importer)
    later = answer(textualRating="True", reviewDate="2024-01-01")
    assert told(brought(rows_of(later, as_own=True), importer)) == ["row 0: merged"]
    assert Claim.objects.get().status == VerificationStatus.CONFIRMED


def test_a_dry_run_tells_the_same_and_writes_nothing(importer: User) -> None:
    rows = rows_of(answer(), answer("the old bridge is safe"), answer("", textualRating="x"))
    rows += rows_of(answer("Third.", textualRating="Three Herons"))
    before = everything()
    dry = brought(rows, importer, dry_run=True)
    assert everything() == before
    assert told(dry) == told(brought(rows, importer))
    assert "row 2: skipped" in told(dry)


def test_who_may_not_import_brings_nothing_in(contributor: User) -> None:
    with pytest.raises(PermissionDenied):
        brought(rows_of(answer()), contributor)
    assert not Claim.objects.exists()


def test_a_batch_costs_no_more_statements_for_forty_rows_than_for_twenty(importer: User) -> None:
    """From many rows of a table on, one more: the keys of entries are reserved. SQLite is given fifty rows at once."""
    brought(rows_of(answer("Bridge 0 was closed.")), importer)
    counts = []
    for size in (1, 9, 20, 40):
        rows = rows_of(*(answer(f"Bridge {size} {n} was closed.") for n in range(size)))
        with CaptureQueriesContext(connection) as queries:
            brought(rows, importer)
        counts.append(len(queries))
    wanted = {"sqlite": [19, 19, 20, 21], "postgresql": [20, 20, 21, 21]}
    assert counts == wanted[connection.vendor]


def test_a_database_too_busy_for_a_batch_is_given_halves_of_it(
    importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:

    def busy(recorders: Sequence[Recorder]) -> None:
        finish_new(recorders)
        if len(recorders) > 2:
            raise WrittenTooLateError("Too slow.")

    monkeypatch.setattr(imports, "finish_new", busy)
    names = [{**answer(f"Bridge {n} was closed."), "claimant": f"Speaker {n}"} for n in range(9)]
    again = {**answer("bridge 8 was closed", textualRating="Wrong"), "claimant": "Speaker 8"}
    run = BringingIn(by=importer)
    lines = [line for lines in run.run(rows_of(*names, again)) for line in lines]
    outcomes = [line.outcome for line in lines if line.outcome in ROWS]
    assert outcomes == ["taken"] * 9 + ["merged"]
    assert (Claim.objects.count(), run.evidence) == (9, 10)
    assert [str(one) for one in check_register()] == []
