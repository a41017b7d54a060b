"""import_claims: a dataset comes in through the verbs, each claim once, and every row at fault is named."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from claims import documents
from claims.history.recorder import ClocksDisagreeError, WrittenTooLateError
from claims.management.accounts import IMPORTER, OPERATOR
from claims.management.people import CAST
from claims.models import Claim, Claimant, HistoryEntry, ImportRecord, User
from claims.workflow import imports
from claims.workflow.checking import check_register
from claims.workflow.imports import ComingInElsewhereError
from tests.interop.rows import REFUSED, REPAIRED, SKIPPED, answer, asked, row
from tests.workflow.observing import everything

AVERITEC = Path(__file__).parents[3] / "shared/data/averitec/train.json"


def bring(path: Path, **options: Any) -> tuple[str, list[str]]:
    """Run the command; return its closing line and what it said of rows."""
    out, err = StringIO(), StringIO()
    call_command(
        "import_claims",
        path,
        **{"format": "averitec", "as_own": True, **options},
        stdout=out,
        stderr=err,
    )
    return out.getvalue().strip(), err.getvalue().splitlines()


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return tmp_path / "train.json"


def written(path: Path, rows: Any) -> Path:
    path.write_text(json.dumps(rows))
    return path


# Good rows


def test_a_row_comes_in_as_an_imported_verdict_by_a_named_account(dataset: Path, db: None) -> None:
    said, lines = bring(written(dataset, [row()]))
    assert said.startswith(
        "1 claims added with 1 pieces of evidence, 0 rows merged, 0 known already, 0 refused, 0 skipped;"
    )
    assert lines == []
    document = documents.current(Claim.objects.get())
    assert document is not None
    assert document["verdict_imported"] is True
    assert document["verdict"]["origin"] == "AVeriTeC, training set"
    assert document["verdict"]["approved_by"] is None
    assert document["verdict"]["known"] == "The label of AVeriTeC: Supported."
    assert [line["act"] for line in document["history"]] == [
        "claim_recorded",
        "evidence_added",
        "verdict_imported",
    ]
    assert {line["by"] for line in document["history"]} == {"AVeriTeC import"}


def test_a_label_is_evidence_and_publishes_nothing_unless_it_is_said_to_be_ones_own(
    dataset: Path, db: None
) -> None:
    rows = [row(), row(label="Conflicting Evidence/Cherrypicking")]
    said, _ = bring(written(dataset, rows), as_own=False)
    assert said.startswith("1 claims added with 4 pieces of evidence, 0 rows merged")
    claim = Claim.objects.get()
    assert (claim.status, documents.current(claim)) == (None, None)
    checks = claim.evidence.filter(kind="fact_check").order_by("entry__number")
    assert [(one.rating, one.rated_as, one.stance) for one in checks] == [
        ("Supported", "true", "supports"),
        ("Conflicting Evidence/Cherrypicking", "mixed", "context"),
    ]
    assert {one.publisher and one.publisher.name for one in checks} == {"AVeriTeC"}
    assert checks[0].excerpt == row()["justification"]
    assert bring(written(dataset, rows), as_own=False)[0].startswith("0 claims added")


def test_the_account_of_imports_cannot_sign_in_or_give_a_verdict(dataset: Path, db: None) -> None:
    bring(written(dataset, [row()]))
    account = User.objects.get(username="averitec-import")
    assert not account.has_usable_password()
    assert not account.is_staff
    assert not account.has_perm("claims.approve_verdict")


def test_a_row_without_a_speaker_is_a_claim_without_a_claimant(dataset: Path, db: None) -> None:
    bring(written(dataset, [row(speaker=None)]))
    assert Claim.objects.get().claimant is None
    assert not Claimant.objects.exists()


def test_contradicting_labels_stay_visible_as_successive_verdicts(dataset: Path, db: None) -> None:
    _, lines = bring(written(dataset, [row(), row(label="Refuted")]))
    document = documents.current(Claim.objects.get())
    assert document is not None
    told = [line["status"] for line in document["history"] if "status" in line]
    assert told == ["confirmed", "disputed"]
    assert document["status"] == "disputed"
    assert lines == [
        "train.json row 1: repaired: the same claim as an earlier row: "
        "“Refuted” after “Supported”, both kept"
    ]


# Rows at fault


def test_every_row_at_fault_is_named_once_and_keeps_no_other_out(dataset: Path, db: None) -> None:
    bad = {**SKIPPED, **REPAIRED, **REFUSED}
    rows = [given for given, _ in bad.values()] + [row("The last one is good.")]
    said, lines = bring(written(dataset, rows))
    assert len(lines) == len(bad)
    for number, (name, (_, reason)) in enumerate(bad.items()):
        (line,) = [line for line in lines if line.startswith(f"train.json row {number}: ")]
        assert reason in line, name
    assert Claim.objects.count() == len(REPAIRED) + 1
    assert f"{len(REPAIRED) + 1} claims added" in said
    assert f"1 refused, {len(SKIPPED)} skipped; {len(REPAIRED)} repairs" in said
    assert list(check_register()) == []


def test_the_report_can_go_to_a_file(dataset: Path, tmp_path: Path, db: None) -> None:
    report = tmp_path / "report.txt"
    _, lines = bring(written(dataset, [row(""), row()]), report=report)
    assert report.read_text() == "train.json row 0: skipped: the claim is empty\n"
    assert lines == [f"1 lines about rows in {report}"]


def test_a_report_that_cannot_be_written_is_refused_before_anything_is(
    dataset: Path, tmp_path: Path, db: None
) -> None:
    with pytest.raises(CommandError, match="Cannot write"):
        bring(written(dataset, [row()]), report=tmp_path / "nowhere" / "report.txt")
    assert not Claim.objects.exists()


def test_a_host_that_is_no_domain_name_has_no_publisher(dataset: Path, db: None) -> None:
    odd = answer(source_url="https://-odd-.example./x", cached_source_url=None)
    bring(written(dataset, [row(questions=asked(odd))]))
    assert Claim.objects.count() == 1


FILES = {
    "no JSON": (b"{", "is not JSON"),
    "empty": (b"", "is not JSON"),
    "an object": (b'{"claim": "x"}', "must hold a JSON array"),
    "bytes": (b"\xff\xfe\x00", "is not JSON"),
    "deep": (b"[" * 200_000, "is not JSON"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_dataset_is_said_in_plain_words(
    dataset: Path, db: None, name: str
) -> None:
    data, reason = FILES[name]
    dataset.write_bytes(data)
    with pytest.raises(CommandError, match=reason):
        bring(dataset)


def test_a_file_that_is_not_there_is_said_in_plain_words(dataset: Path, db: None) -> None:
    with pytest.raises(CommandError, match="No such file"):
        bring(dataset)


def test_no_rows_bring_nothing_in(dataset: Path, db: None) -> None:
    assert bring(written(dataset, []))[0].startswith("0 claims added")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (WrittenTooLateError("Too slow."), "Too slow."),
        (ClocksDisagreeError("Clocks."), "Clocks."),
        (ComingInElsewhereError("Elsewhere."), "Elsewhere."),
    ],
)
def test_what_stops_a_whole_batch_is_one_line(
    dataset: Path, db: None, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    monkeypatch.setattr(imports, "finish_new", Mock(side_effect=error))
    with pytest.raises(CommandError) as caught:
        bring(written(dataset, [row()]))
    assert str(caught.value) == said


def test_another_refusal_of_the_database_is_not_taken_for_another_import(
    dataset: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = IntegrityError("claims_evidence: append-only")
    monkeypatch.setattr(imports, "finish_new", Mock(side_effect=error))
    with pytest.raises(IntegrityError, match="append-only"):
        bring(written(dataset, [row()]))


def test_a_byte_order_mark_is_no_obstacle(dataset: Path, db: None) -> None:
    dataset.write_text(json.dumps([row()]), encoding="utf-8-sig")
    bring(dataset)
    assert Claim.objects.count() == 1


# Again


def test_a_second_run_adds_nothing(dataset: Path, db: None) -> None:
    rows = [row(f"Bridge {number} was closed.") for number in range(5)] + [
        row("Bridge 1 was closed.")
    ]
    bring(written(dataset, rows))
    before = everything()
    said, _ = bring(dataset)
    assert said.startswith(
        "0 claims added with 0 pieces of evidence, 0 rows merged, 5 known already, 0 refused"
    )
    assert everything() == before


def test_a_dry_run_writes_nothing_and_reports_the_same_rows(dataset: Path, db: None) -> None:
    rows = [given for given, _ in {**SKIPPED, **REPAIRED}.values()]
    before = everything()
    said, lines = bring(written(dataset, rows), dry_run=True)
    assert everything() == before
    count = len(REPAIRED)
    assert said.startswith(f"dry run: {count} claims added with {count} pieces of evidence")
    # What only a verb can judge, such as a speaker's length, shows when it is called.
    assert len(lines) == len(rows) - 1


def test_a_hundred_claims_cost_a_bounded_number_of_statements(dataset: Path, db: None) -> None:
    bring(written(dataset, [row("The first.")]))
    rows = [row(f"Bridge {number} was closed.") for number in range(100)]
    with CaptureQueriesContext(connection) as queries:
        bring(written(dataset, rows))
    # The same for 1 claim and for 100 but for SQLite's INSERTs, which take fifty rows each: account, known keys,
    # permissions, claimant and publisher are looked up once; then come savepoints and the INSERTs of claims, entries,
    # wordings, evidence, verdicts, what they rest on, documents (with two looks at what stands around the claims), the
    # index, import records, the queue of the log; on SQLite also their places in it.
    assert len(queries) == {"sqlite": 46, "postgresql": 29}[connection.vendor]


@pytest.mark.skipif(not AVERITEC.exists(), reason="the dataset is not here")
def test_real_rows_come_in_and_stand_up_to_the_whole_check(dataset: Path, db: None) -> None:
    rows = json.loads(AVERITEC.read_text("utf-8"))[:200]
    said, _ = bring(written(dataset, rows))
    assert ", 0 refused" in said
    merged = re.search(r"(\d+) rows merged", said)
    assert merged is not None
    assert ImportRecord.objects.count() == Claim.objects.published().count() + int(merged[1])
    assert HistoryEntry.objects.filter(act="verdict_imported").count() >= Claim.objects.count()
    assert list(check_register()) == []


def test_the_importer_is_nobody_who_plays_in_the_demo() -> None:
    assert {IMPORTER, OPERATOR}.isdisjoint(CAST)
