"""import_claims --report: a file that says what became of the rows, and none where nothing was looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.desk_vocabulary import ImportFormat
from claims.interop.formats import READERS, UnreadableFile
from tests.interop.checks import answer
from tests.interop.rows import row


def bring(form: str, *paths: Path, **options: Any) -> None:
    quiet = {"stdout": StringIO(), "stderr": StringIO()}
    call_command("import_claims", *paths, format=form, **options, **quiet)


@pytest.mark.parametrize("before", [None, "What was reported yesterday."])
@pytest.mark.parametrize("name", ["report.json", "report.csv", "report.txt"])
def test_a_file_that_is_refused_leaves_no_report_and_no_earlier_one_touched(
    tmp_path: Path, db: None, name: str, before: str | None
) -> None:
    refused, report = tmp_path / "train.json", tmp_path / name
    refused.write_bytes(b"{")
    if before is not None:
        report.write_text(before)
    with pytest.raises(CommandError, match="is not JSON"):
        bring("averitec", refused, report=report)
    assert (report.read_text() if report.exists() else None) == before


def test_a_report_replaces_the_one_before_it(tmp_path: Path, db: None) -> None:
    given, report = tmp_path / "train.json", tmp_path / "report.csv"
    given.write_text(json.dumps([row("")]))
    report.write_text("What was reported yesterday, at greater length.\n" * 99)
    bring("averitec", given, report=report)
    first, second = report.read_text().splitlines()
    assert first == "row,outcome,reason,claim,wording"
    assert second.startswith("train.json row 0,skipped,")


def test_an_import_that_comes_to_no_end_tells_what_it_did_until_then(
    tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.workflow.bringing_in.BATCH", 1)
    read = READERS[ImportFormat.GOOGLE]

    def breaking(sources: Any, options: Any) -> Iterator[Any]:
        yield from read(sources, options)
        raise UnreadableFile("2.json", "is not JSON")

    monkeypatch.setitem(READERS, ImportFormat.GOOGLE, breaking)
    given, report = tmp_path / "1.json", tmp_path / "report.json"
    given.write_text(json.dumps([answer()]))
    with pytest.raises(CommandError, match=r"2\.json is not JSON"):
        bring("google", given, report=report)
    told = json.loads(report.read_text())
    assert [one["outcome"] for one in told["rows"]] == ["taken"]
    assert (told["summary"]["taken"], told["summary"]["stopped"]) == (1, "2.json is not JSON")
