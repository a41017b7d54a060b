"""The examples of the documentation, run as somebody would who copies them from the page from top to bottom.

Blocks marked `sh`, `python` and `js` are run, those of one language in one session; others are to be read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.conftest import Served
from tests.scratch import ROOT

PAGES = ["docs/api.md"]
BLOCK = re.compile(r"^```(sh|python|js)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WRITTEN_FOR = "localhost:8000"
WITH_PYTHON = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
RUNNERS = {
    "sh": ([shutil.which("bash") or "", "-euo", "pipefail"], ".sh"),
    "python": ([sys.executable, "-W", "error"], ".py"),
    "js": ([shutil.which("node") or ""], ".mjs"),
}
# What the example of `match/` has to find, as each language shows it.
REPEATED = "The kilogram is defined by a fixed value of the Planck constant, the Bureau states."
FOUND = {
    "sh": f'"passage":{{"exact":"{REPEATED}"',
    "python": f"{REPEATED} ~ ",
    "js": f"{REPEATED} ~ ",
}


def sessions() -> Iterator[tuple[str, str]]:
    """Yield each page with each language that it has examples in."""
    for page in PAGES:
        found = {language for language, _ in BLOCK.findall((ROOT / page).read_text())}
        yield from ((page, language) for language in sorted(found))


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "language"), list(sessions()))
def test_examples(page: str, language: str, served: Served, tmp_path: Path) -> None:
    command, suffix = RUNNERS[language]
    if not command[0]:
        pytest.skip(f"nothing here runs {language}")
    blocks = [text for name, text in BLOCK.findall((ROOT / page).read_text()) if name == language]
    script = tmp_path / f"examples{suffix}"
    host = served.url.removeprefix("http://")
    script.write_text("\n".join(blocks).replace(WRITTEN_FOR, host))
    done = subprocess.run(
        [*command, str(script)],
        cwd=tmp_path,
        env={**served.register.environment, "KEY": served.key, "PATH": WITH_PYTHON},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert FOUND[language] in done.stdout
