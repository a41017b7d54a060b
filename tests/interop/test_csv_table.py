"""Tables as CSV: what RFC 4180 says, and nothing that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io

import pytest

from claims.interop.csv_table import csv_lines, harmless


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＠x"]
)
def test_no_cell_begins_to_calculate(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["plain", "a=b", "3", "“=1”", ""])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_nothing_is_an_empty_cell() -> None:
    assert harmless(None) == ""


def test_what_is_written_is_what_a_reader_reads() -> None:
    rows = [('say "hi", twice', "two\nlines"), (3, None)]
    text = "".join(csv_lines(("a", "b"), iter(rows)))
    assert text.startswith("a,b\r\n")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["a", "b"], ['say "hi", twice', "two\nlines"], ["3", ""]]
