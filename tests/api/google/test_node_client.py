"""@googleapis/factchecktools, unmodified, where FACTCHECKTOOLS_NODE names its node_modules (.ci/run fetches it)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.google.conftest import Served

MODULES = os.environ.get("FACTCHECKTOOLS_NODE", "")
SCRIPT = Path(__file__).with_name("node_client.mjs")


@pytest.mark.skipif(not MODULES, reason="FACTCHECKTOOLS_NODE names no node_modules")
@pytest.mark.skipif(not shutil.which("node"), reason="there is no node")
def test_the_client_for_node_reads_and_is_refused(served: Served) -> None:
    command = ["node", str(SCRIPT), MODULES, f"{served.url}/"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["walked"] == [claim.wording for claim in served.claims]
    assert told["first"]["textualRating"] == "Confirmed"
    assert told["first"]["publisher"] == {"name": "factcheck", "site": "127.0.0.1"}
    assert told["nothing"] == {}
    assert told["page"] == f"pages/{served.claims[-1].public_id}"
    assert told["refused"] == {
        "search": "INVALID_ARGUMENT",
        "image": "UNIMPLEMENTED",
        "missing": "NOT_FOUND",
        "write": "PERMISSION_DENIED",
    }
