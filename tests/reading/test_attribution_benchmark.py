"""The benchmark scores by the stated definitions, and says so when there is nothing to measure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "attribution.py"
TEXT = "Ann Smith said the dam is safe. The mayor, Leo Park, supports the plan.\n“It leaks,” he said.\n"
CONTENTS = (
    ("Ann Smith", "said", "the dam is safe"),
    ("Leo Park", "supports", "the plan"),
    ("he", "said", "“It leaks,”"),
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """One article with three marked-up statements, one of them without a word of saying."""
    lines, number = [], 0
    for source, cue, content in CONTENTS:
        numbers = []
        for kind, words in (("Source", source), ("Cue", cue), ("Content", content)):
            number += 1
            start = TEXT.index(
                words, TEXT.index("“") if words in ("he", "said") and source == "he" else 0
            )
            lines.append(f"T{number}\t{kind} {start} {start + len(words)}\t{words}")
            numbers.append(f"{kind}:T{number}")
        lines.append(f"E{number}\tAttribution:T{number - 1} " + " ".join(numbers))
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "dam.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "dam_a1b2.ann").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    command = [sys.executable, str(BENCHMARK), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_found_statement_and_its_speaker_are_counted(gold: Path) -> None:
    figures = json.loads(run("--data", str(gold), "--json"))
    assert (figures["articles"], figures["gold"]) == (1, 2)
    assert figures["f1"] == figures["speaker"] == figures["direct"] == 1.0
    assert figures["untouched_per_1k"] == 0.0


def test_the_two_shares_hold_every_article_once(gold: Path) -> None:
    shares = [
        run("--data", str(gold), "--share", share, "--json") for share in ("working", "unread")
    ]
    assert sorted("nothing was measured" in share for share in shares) == [False, True]


def test_the_table_names_the_peers(gold: Path) -> None:
    assert "GenderGapTracker" in run("--data", str(gold))


def test_without_data_nothing_is_measured(tmp_path: Path) -> None:
    assert "nothing was measured" in run("--data", str(tmp_path / "absent"))
