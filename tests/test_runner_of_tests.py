""".ci/test: its exit code says whether tests ran and passed, also where only some were chosen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "test"


@pytest.mark.parametrize(
    ("chosen", "pytest_ends_with", "code", "told"),
    [
        ([], 0, 0, "SQLite: passed"),
        ([], 1, 1, "SQLite: FAILED"),
        ([], 5, 1, "SQLite: FAILED"),
        (["-k", "history"], 0, 0, "SQLite: passed"),
        (["-k", "history"], 1, 1, "SQLite: FAILED"),
        (["-k", "histroy"], 5, 1, "SQLite: nothing to run among the tests chosen"),
    ],
)
def test_the_exit_code_is_true(
    tmp_path: Path, chosen: list[str], pytest_ends_with: int, code: int, told: str
) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(SCRIPT, tmp_path / ".ci")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    stand_in = tmp_path / ".venv/bin/python"
    stand_in.write_text(f'#!/bin/sh\ntest "$2" = pytest && exit {pytest_ends_with}\nexit 1\n')
    stand_in.chmod(0o755)
    done = subprocess.run(
        [tmp_path / ".ci/test", *chosen],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert done.returncode == code
    assert told in done.stdout
    assert ("No test was run." in done.stderr) == ("nothing to run" in told)


def test_a_second_engine_is_given_the_tests_that_touch_it_and_no_others() -> None:
    names = ("test_differences.py", "workflow/test_revoke_preview.py", "workflow/test_roles.py")
    files = [f"tests/{name}" for name in names]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "--database-alone", *files]
    listed = subprocess.run(
        command, cwd=SCRIPT.parents[1], capture_output=True, text=True, check=True
    ).stdout
    assert "test_revoke_preview.py::" in listed
    assert "test_differences.py::" not in listed
    assert "test_roles.py::" not in listed
