"""The verifier as a program: alone, with exit codes that can be relied on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verify.forging import (
    HOSTILE,
    Bundle,
)

pytestmark = pytest.mark.django_db  # else pytest-django makes no database for the bundles
ROOT = Path(__file__).parents[2]


def run(
    *arguments: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "", **environment},
        check=False,
        timeout=60,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def test_it_runs_alone_without_django_or_anything_of_the_register(
    texts: dict[str, str], tmp_path: Path
) -> None:
    """Only a copy of the folder, rfc8785 and the standard library: everything else cannot be imported."""
    unneeded = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "claims/verify", tmp_path / "copied", ignore=unneeded)
    (tmp_path / "bundle.json").write_text(texts["eventful"])
    program = (
        "import sys, importlib.abc, runpy\n"
        "class Nothing(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        top = name.partition('.')[0]\n"
        "        if top not in sys.stdlib_module_names | {'rfc8785', 'copied'}:\n"
        "            raise ImportError(f'{name} is not there')\n"
        "sys.meta_path.insert(0, Nothing())\n"
        f"sys.argv = ['verify', {str(tmp_path / 'bundle.json')!r}]\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "runpy.run_module('copied', run_name='__main__', alter_sys=True)\n"
    )
    done = run("-I", "-c", program)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("VERIFIED\n")


def test_as_a_module_it_reads_a_file_or_standard_input(
    texts: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "bundle.json").write_text(texts["merged"])
    done = run("-m", "claims.verify", str(tmp_path / "bundle.json"))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "VERIFIED")
    assert run("-m", "claims.verify", "-", given=texts["merged"].encode()).stdout == done.stdout


def test_a_refusal_is_exit_code_one_and_one_line(bundle: Bundle) -> None:
    bundle["document"]["wording"] = "Мост \ud800 \x1b[2J"
    done = run("-m", "claims.verify", "-", given=json.dumps(bundle).encode(), PYTHONUTF8="0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("REFUSED: document.wording shows ")
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_ends_without_a_traceback(name: str) -> None:
    done = run("-m", "claims.verify", "-", given=HOSTILE[name].encode())
    assert done.returncode == 1
    assert done.stderr.startswith("REFUSED: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["/nowhere/bundle.json"], ["/"]])
def test_what_cannot_be_read_is_exit_code_two(arguments: list[str]) -> None:
    done = run("-m", "claims.verify", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_bytes_that_are_no_text_are_exit_code_two() -> None:
    done = run("-m", "claims.verify", "-", given=b"\xff\xfe{}")
    assert done.returncode == 2
    assert "cannot read" in done.stderr
