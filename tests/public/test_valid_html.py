"""Every kind of public page is valid HTML by the Nu checker, where VNU_JAR names it (.ci/run fetches it)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.public.crawl import crawl

JAR = os.environ.get("VNU_JAR", "")
# What the checker does not know yet, or holds against what browsers agreed on.
UNKNOWN: tuple[str, ...] = ()


@pytest.mark.skipif(not JAR, reason="VNU_JAR names no copy of the Nu HTML checker")
@pytest.mark.django_db
@pytest.mark.parametrize("start", ["/", "/de/"])
def test_every_page_is_valid(client: Client, tmp_path: Path, start: str) -> None:
    call_command("load_seeds", verbosity=0)
    for number, page in enumerate(crawl(client, start).values()):
        (tmp_path / f"{number}.html").write_text(page)
    command = ["java", "-jar", JAR, "--format", "json", "--exit-zero-always", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    faults = [one for one in json.loads(said.stderr)["messages"] if one["type"] != "info"]
    told = [f"{one['message']}: {one.get('extract', '').strip()}" for one in faults]
    assert "\n".join(one for one in dict.fromkeys(told) if not one.startswith(UNKNOWN)) == ""
