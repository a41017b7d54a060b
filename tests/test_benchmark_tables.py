"""Benchmarks show three numbers of connections side by side, judge default settings, and remake only what is old."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
LINE = """
import json, sys
from _lines import Line, as_data, compact
from _workloads import Targets
lines = [
    Line(engine="sqlite", key="W1", name="claim", connections=at, ours=100.0 * at, anew=30.0 * at, plain=10.0,
         limit=1000.0, p99=1.0, plain_p99=10.0)
    for at in (1, 8, 64)
] + [Line(engine="sqlite", key="W7", name="rebuilt", connections=1, ours=30.0, plain=10.0)]
missed = [list(line.missed(Targets(50, 0.5))) for line in lines]
print(json.dumps([compact(lines), as_data(lines), missed]))
"""
KEPT = """
import dataclasses, json, pathlib, sys
import _kept
made = []
_kept.PARTS = {name: lambda *_, name=name: made.append(name) or True for name in _kept.PARTS}
asked = _kept.Asked("sqlite", 500, 500, "", pathlib.Path(sys.argv[1]), plain=True)
_kept.kept(asked)
marker = asked.folder / "made.json"
marker.write_text(json.dumps({**json.loads(marker.read_text()), **json.loads(sys.argv[2])}))
made.clear()
_kept.kept(asked)
print(json.dumps(made))
"""
PICTURED = """
import sys, pathlib
from _tables import between
from growth import pictured
page, figure = map(pathlib.Path, sys.argv[1:])
between(page, "growth-figure", pictured(figure, page))
print(page.read_text())
"""


def told(program: str, *given: str) -> str:
    """Return what a program says that runs as benchmarks do."""
    command = [sys.executable, "-c", program, *given]
    done = subprocess.run(command, cwd=BENCHMARKS, check=True, capture_output=True, text=True)
    return done.stdout


def test_a_table_has_a_row_for_each_kind_of_work() -> None:
    """Connections stand side by side, and what has one client or no figure is shown once."""
    (head, rows), _, _ = json.loads(told(LINE))
    shown = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["work"], one["conn"]) for one in shown] == [
        ("W1 claim", "1 / 8 / 64"),
        ("W7 rebuilt", "1"),
    ]
    assert shown[0]["ours/s"] == "100 / 800 / 6,400"
    assert shown[0]["anew x"] == "3.0 / 24.0 / 192.0"
    assert (shown[1]["x plain"], shown[1]["anew/s"], shown[1]["of limit"]) == ("3.0", "-", "-")


def test_default_settings_are_judged() -> None:
    """What is reached without kept answers is told, but no target is for it."""
    _, data, missed = json.loads(told(LINE))
    assert (data[1]["times"], data[1]["anew_times"]) == (80, 24)
    assert missed[0] == ["sqlite W1 10.0x of 50x", "sqlite W1 0.10 of 0.5 of the limit"]
    assert missed[1] == []


@pytest.mark.parametrize(
    ("found", "remade"),
    [
        ({}, []),
        ({"plain_version": 0}, ["plain"]),
        ({"version": 0}, ["rebuilt", "grown", "documents", "plain"]),
    ],
)
def test_only_what_is_old_is_made_again(
    tmp_path: Path, found: dict[str, int], remade: list[str]
) -> None:
    """A new plain register leaves ours as it is."""
    assert json.loads(told(KEPT, str(tmp_path), json.dumps(found))) == remade


def test_a_page_shows_the_figure_that_was_drawn(tmp_path: Path) -> None:
    """The image is named from where the page lies, between its markers."""
    page, figure = tmp_path / "docs" / "scaling.md", tmp_path / "docs" / "images" / "growth.svg"
    figure.parent.mkdir(parents=True)
    page.write_text("<!-- growth-figure -->\n<!-- /growth-figure -->\n")
    lines = told(PICTURED, str(page), str(figure)).splitlines()
    assert lines[1].startswith("![Requests a second")
    assert lines[1].endswith("](images/growth.svg)")
