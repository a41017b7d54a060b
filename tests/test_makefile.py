"""The Makefile: what `make help` lists, and when the environment is made anew."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", "-C", str(folder), *arguments],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a space in its name, whose environment was made in it and is up to date."""
    folder = tmp_path / "a checkout"
    (folder / "requirements").mkdir(parents=True)
    (folder / ".venv/bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("base", "dev"):
        (folder / f"requirements/{name}.txt").touch()
        os.utime(folder / f"requirements/{name}.txt", (1, 1))
        (folder / f".venv/.{name}").touch()
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    (folder / ".venv/pyvenv.cfg").write_text(f"command = python -m venv {folder}/.venv\n")
    return folder


def is_kept(folder: Path) -> bool:
    """Return whether make would leave the environment as it is."""
    return make(folder, "--question", ".venv/.base", ".venv/.dev").returncode == 0


def test_help_lists_every_command() -> None:
    commands = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    listed = make(ROOT, "help").stdout.splitlines()[1:]
    assert [line.split()[0] for line in listed] == commands


def test_an_environment_that_is_up_to_date_is_kept(checkout: Path) -> None:
    assert is_kept(checkout)


def test_new_pins_are_installed(checkout: Path) -> None:
    (checkout / "requirements/dev.txt").touch()
    os.utime(checkout / ".venv/.dev", (2, 2))
    assert not is_kept(checkout)


def test_a_folder_that_was_moved_has_its_environment_made_anew(checkout: Path) -> None:
    assert not is_kept(checkout.rename(checkout.with_name("elsewhere")))


def test_an_environment_whose_python_is_gone_is_made_anew(checkout: Path) -> None:
    (checkout / ".venv/bin/python").unlink()
    (checkout / ".venv/bin/python").symlink_to("/nowhere/python")
    assert not is_kept(checkout)
